package transconv.ops;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Where a slope jumps no difference tells which one is meant: the choices that the ops document, by literal values. */
class KinkGradientTest {

    private static final INDArray EQUAL = array(2, 2, 1);

    @TestFactory
    Stream<DynamicTest> takesTheDocumentedSide() {
        return Stream.of(
                test(
                        "maximum of equals: the first",
                        new Binary(BinaryFunction.MAXIMUM),
                        0,
                        array(10, 20, 0),
                        EQUAL,
                        array(2, 1, 5)),
                test(
                        "and not the second",
                        new Binary(BinaryFunction.MAXIMUM),
                        1,
                        array(0, 0, 30),
                        EQUAL,
                        array(2, 1, 5)),
                test(
                        "minimum of equals: the first",
                        new Binary(BinaryFunction.MINIMUM),
                        0,
                        array(10, 0, 30),
                        EQUAL,
                        array(2, 1, 5)),
                test(
                        "and not the second",
                        new Binary(BinaryFunction.MINIMUM),
                        1,
                        array(0, 20, 0),
                        EQUAL,
                        array(2, 1, 5)),
                test("largest values share", new Max(List.of(0)), 0, array(5, 5, 0), EQUAL),
                test("bounds lie within", new Clip(1, 2), 0, array(10, 20, 30, 0, 0), array(1, 2, 1.5, 0.9, 2.1)),
                test("absolute value of 0", new Unary(UnaryFunction.ABS), 0, array(-10, 0, 30), array(-1, 0, 1)),
                test("sparsemax at its border", new Sparsemax(), 0, array(0, 0), array(1, 0)));
    }

    /** The seed is 10, 20, 30, ... */
    private static DynamicTest test(String name, Op op, int by, INDArray expected, INDArray... inputs) {
        return DynamicTest.dynamicTest(op + ", " + name, () -> {
            long length = Computation.run("reference", op, inputs).length();
            INDArray seed = array(
                    LongStream.rangeClosed(1, length).mapToDouble(i -> 10 * i).toArray());
            INDArray gradient = Computation.gradients("reference", op, seed, new int[] {by}, inputs)
                    .get(0);
            assertArrayEquals(expected.data().asDouble(), gradient.data().asDouble());
        });
    }

    private static INDArray array(double... values) {
        return Nd4j.createFromArray(values);
    }
}
