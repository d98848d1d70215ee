package transconv.ops;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The functions of one and two numbers on the reference engine, by literal values, NaN and infinity among them. */
class FunctionValuesTest {

    private static final double NAN = Double.NaN;
    private static final double INFINITE = Double.POSITIVE_INFINITY;
    private static final double TOLERANCE = 1e-15;

    private static Stream<Arguments> unaries() {
        return Stream.of(
                unary(UnaryFunction.ABS, new double[] {-2, 0, 3, NAN}, 2, 0, 3, NAN),
                unary(UnaryFunction.SIGN, new double[] {-2, 0, 3, NAN}, -1, 0, 1, NAN),
                unary(UnaryFunction.EXP, new double[] {0, 1, -INFINITE}, 1, 2.718281828459045, 0),
                unary(UnaryFunction.EXPM1, new double[] {0, 1e-10, -INFINITE}, 0, 1.00000000005e-10, -1),
                unary(UnaryFunction.LOG, new double[] {1, 2, 0, -1}, 0, 0.6931471805599453, -INFINITE, NAN),
                unary(UnaryFunction.LOG1P, new double[] {0, 1e-10, 1}, 0, 9.9999999995e-11, 0.6931471805599453),
                unary(UnaryFunction.SQRT, new double[] {0, 2, 9, -1}, 0, 1.4142135623730951, 3, NAN),
                unary(UnaryFunction.SQUARE, new double[] {-3, 0.5, NAN}, 9, 0.25, NAN),
                unary(UnaryFunction.RECIPROCAL, new double[] {-4, 0.5, INFINITE}, -0.25, 2, 0),
                unary(
                        UnaryFunction.SOFTPLUS,
                        new double[] {0, 1000, -1000, -40, NAN},
                        0.6931471805599453,
                        1000,
                        0,
                        4.248354255291589e-18,
                        NAN),
                unary(
                        UnaryFunction.ERF,
                        new double[] {0, 1 / 3.0, -0.5, 1, 1.999999, 2, 2.000001, -3, 5.9, INFINITE, NAN},
                        0,
                        0.362648111766062915,
                        -0.52049987781304653768,
                        0.84270079294971486934,
                        0.995322244351926048,
                        0.99532226501895273416,
                        0.995322285685896757,
                        -0.999977909503001415,
                        0.999999999999999928,
                        1,
                        NAN));
    }

    private static Arguments unary(UnaryFunction function, double[] x, double... expected) {
        return Arguments.of(function, x, expected);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unaries")
    void ofOneNumber(UnaryFunction function, double[] x, double[] expected) {
        assertArrayEquals(expected, run(new Unary(function), x), TOLERANCE);
    }

    /** Within a tolerance for values about 1 they might be zeros. */
    @Test
    void areExactNearZero() {
        assertNear(1.00000000005e-10, run(new Unary(UnaryFunction.EXPM1), new double[] {1e-10}));
        assertNear(9.9999999995e-11, run(new Unary(UnaryFunction.LOG1P), new double[] {1e-10}));
        assertNear(4.248354255291589e-18, run(new Unary(UnaryFunction.SOFTPLUS), new double[] {-40}));
        assertNear(1.1283791670955126e-8, run(new Unary(UnaryFunction.ERF), new double[] {1e-8}));
    }

    private static void assertNear(double expected, double[] actual) {
        assertEquals(1, actual[0] / expected, TOLERANCE);
    }

    private static Stream<Arguments> binaries() {
        double[] a = {1, 3, 2, NAN, 2};
        double[] b = {2, -2, 2, 1, NAN};
        return Stream.of(
                binary(BinaryFunction.ADD, a, b, 3, 1, 4, NAN, NAN),
                binary(BinaryFunction.SUBTRACT, a, b, -1, 5, 0, NAN, NAN),
                binary(BinaryFunction.MULTIPLY, a, b, 2, -6, 4, NAN, NAN),
                binary(BinaryFunction.DIVIDE, a, b, 0.5, -1.5, 1, NAN, NAN),
                binary(BinaryFunction.MAXIMUM, a, b, 2, 3, 2, NAN, NAN),
                binary(BinaryFunction.MINIMUM, a, b, 1, -2, 2, NAN, NAN),
                binary(BinaryFunction.POWER, a, b, 1, 1 / 9.0, 4, NAN, NAN),
                binary(BinaryFunction.GREATER, a, b, 0, 1, 0, 0, 0),
                binary(BinaryFunction.GREATER_EQUAL, a, b, 0, 1, 1, 0, 0),
                binary(BinaryFunction.EQUAL, a, b, 0, 0, 1, 0, 0));
    }

    private static Arguments binary(BinaryFunction function, double[] a, double[] b, double... expected) {
        return Arguments.of(function, a, b, expected);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("binaries")
    void ofTwoNumbers(BinaryFunction function, double[] a, double[] b, double[] expected) {
        assertArrayEquals(expected, run(new Binary(function), a, b), TOLERANCE);
    }

    @Test
    void noFunctionIsLeftOut() {
        assertEquals(EnumSet.allOf(UnaryFunction.class), named(unaries()));
        assertEquals(EnumSet.allOf(BinaryFunction.class), named(binaries()));
    }

    private static Set<Object> named(Stream<Arguments> cases) {
        return cases.map(it -> it.get()[0]).collect(Collectors.toSet());
    }

    private static double[] run(Op op, double[]... inputs) {
        return Computation.run(
                        "reference",
                        op,
                        Stream.of(inputs).map(Nd4j::createFromArray).toArray(INDArray[]::new))
                .data()
                .asDouble();
    }
}
