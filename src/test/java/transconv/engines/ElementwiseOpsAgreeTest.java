package transconv.engines;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.TreeMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import transconv.EnginesUnderTest;
import transconv.ops.Affine;
import transconv.ops.Binary;
import transconv.ops.BinaryFunction;
import transconv.ops.Clip;
import transconv.ops.Computation;
import transconv.ops.Computation.Formula;
import transconv.ops.Max;
import transconv.ops.MaxPool;
import transconv.ops.Op;
import transconv.ops.Ops;
import transconv.ops.Sparsemax;
import transconv.ops.Sum;
import transconv.ops.Unary;
import transconv.ops.UnaryFunction;
import transconv.shape.Axis;

/**
 * Functions of each value on the engines that compute in floats against the reference engine: each value by itself to
 * 1e-6 of its size, from the smallest to the largest, NaN and infinities included, also where an op writes over one of
 * its inputs.
 */
class ElementwiseOpsAgreeTest {

    private static final float[] SPECIAL = {
        0, -0f, Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 1, -1, 0.5f, -0.5f, 2, -2
    };

    private static final Map<String, Double> WORST = new TreeMap<>();

    @AfterAll
    static void printWorst() {
        StringBuilder text = new StringBuilder("elementwise ops, worst relative deviations of single values:");
        WORST.forEach((op, worst) -> text.append(" %s %.1e;".formatted(op, worst)));
        System.out.println(text);
    }

    /** Of either sign, with sizes from 1e-9 to 80. */
    private static INDArray values(int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[600];
        for (int i = 0; i < values.length; i++) {
            double size = Math.exp(random.nextDouble(Math.log(1e-9), Math.log(80)));
            values[i] = (float) (random.nextBoolean() ? size : -size);
        }
        return Nd4j.createFromArray(values);
    }

    private static INDArray withSpecial(INDArray values) {
        return Nd4j.concat(0, Nd4j.createFromArray(SPECIAL), values);
    }

    private static void compare(String what, Formula formula, INDArray... inputs) {
        float[] expected = floats(Computation.run("reference", formula, inputs));
        EnginesUnderTest.floats().forEach(engine -> {
            float[] actual = floats(Computation.run(engine, formula, inputs));
            double worst = 0;
            for (int i = 0; i < expected.length; i++) {
                double deviation = deviation(expected[i], actual[i]);
                worst = Math.max(worst, deviation);
                int at = i;
                assertTrue(deviation <= 1e-6, () -> "%s on %s of %s: wanted %s, received %s"
                        .formatted(what, engine, at(inputs, at), expected[at], actual[at]));
            }
            WORST.merge(what + " on " + engine, worst, Math::max);
        });
    }

    private static String at(INDArray[] inputs, int i) {
        return Stream.of(inputs)
                .map(input -> input.length() > i ? "" + input.getFloat(i) : "all")
                .toList()
                .toString();
    }

    private static double deviation(float expected, float actual) {
        if (expected == actual || Float.isNaN(expected) && Float.isNaN(actual)) {
            return 0;
        }
        // Sizes below 1e-38 have fewer digits in float.
        double deviation = Math.abs((double) expected - actual) / Math.max(Math.abs(expected), 1e-38);
        return Double.isNaN(deviation) ? Double.POSITIVE_INFINITY : deviation;
    }

    private static float[] floats(INDArray array) {
        return array.castTo(DataType.FLOAT).dup('c').data().asFloat();
    }

    /** On an input, which is kept, and on a value that nobody reads later, which may be written over. */
    private static void compareUnary(String what, Op op, INDArray x) {
        compare(what, Formula.of(op), x);
        compare(what, (graph, in) -> graph.apply(op, Ops.affine(in.get(0), -1, 0)), x);
    }

    @ParameterizedTest
    @EnumSource
    void unary(UnaryFunction function) {
        compareUnary(function.name(), new Unary(function), withSpecial(values(1)));
    }

    /** Where 1 + x and exp(x) lose x: the smallest values, and those at the border between two formulas. */
    @ParameterizedTest
    @EnumSource(names = {"EXPM1", "LOG1P", "SOFTPLUS", "ERF"})
    void nearZero(UnaryFunction function) {
        INDArray x = Nd4j.createFromArray(
                new float[] {1e-30f, 1e-20f, 1e-10f, 9.99e-6f, 1e-5f, 1.001e-5f, 1e-4f, 1e-3f, 0.01f, 0.1f, 0.3f});
        compareUnary(function.name(), new Unary(function), Nd4j.concat(0, x, x.neg()));
    }

    @ParameterizedTest
    @EnumSource
    void binary(BinaryFunction function) {
        INDArray a = withSpecial(values(2));
        INDArray pairs = Nd4j.create(DataType.FLOAT, 2, a.length() + SPECIAL.length * SPECIAL.length);
        for (int i = 0; i < a.length(); i++) {
            pairs.putScalar(0, i, a.getFloat(i));
            pairs.putScalar(1, i, values(3).getFloat(i % 600));
        }
        for (int i = 0; i < SPECIAL.length * SPECIAL.length; i++) {
            pairs.putScalar(0, a.length() + i, SPECIAL[i / SPECIAL.length]);
            pairs.putScalar(1, a.length() + i, SPECIAL[i % SPECIAL.length]);
        }
        INDArray left = pairs.getRow(0).dup();
        INDArray right = pairs.getRow(1).dup();
        Op op = new Binary(function);
        compare(function.name(), Formula.of(op), left, right);
        compare(function.name(), (graph, in) -> graph.apply(op, Ops.affine(in.get(0), -1, 0), in.get(1)), left, right);
        compare(function.name(), (graph, in) -> graph.apply(op, in.get(0), Ops.affine(in.get(1), -1, 0)), left, right);
        compare(function.name(), (graph, in) -> graph.apply(op, in.get(0), in.get(0)), left);
        compare(
                function.name(),
                (graph, in) -> {
                    var negative = Ops.affine(in.get(0), -1, 0);
                    return graph.apply(op, negative, negative);
                },
                left);
    }

    @TestFactory
    Stream<DynamicTest> affineAndClip() {
        return Stream.<Op>of(
                        new Affine(2, 0),
                        new Affine(1, 3),
                        new Affine(1, 0),
                        new Affine(0, 2),
                        new Affine(-0.5, 0.25),
                        new Clip(-0.5, 2),
                        new Clip(0, Double.POSITIVE_INFINITY),
                        new Clip(1e-7, 1 - 1e-7))
                .map(op -> DynamicTest.dynamicTest(op.toString(), () -> {
                    // Numbers near 0.5 have few digits left after -0.5 x + 0.25.
                    INDArray x = withSpecial(op instanceof Affine ? values(4).muli(1e-3) : values(4));
                    compareUnary(op.getClass().getSimpleName(), op, x);
                }));
    }

    /** A model that diverges has to show it. */
    @TestFactory
    Stream<DynamicTest> notANumberStays() {
        float nan = Float.NaN;
        INDArray rows = Nd4j.createFromArray(new float[][] {
            {nan, 1, 2, 3, 4, 5},
            {0, 1, nan, 3, 4, 5},
            {9, 1, 2, 3, 4, nan},
            {nan, nan, nan, nan, nan, nan},
            {1, 2, 3, 4, 5, 6}
        });
        INDArray windows = rows.reshape('c', 5, 6, 1);
        INDArray seed = Nd4j.linspace(1, 15, 15, DataType.FLOAT).reshape(5, 3, 1);
        Formula pool = Formula.of(new MaxPool(List.of(new Axis(6, 3, 2, 2, 1, 0))));
        return Stream.of(
                nan("Max of rows", Formula.of(new Max(List.of(1))), rows),
                nan("Max of columns", Formula.of(new Max(List.of(0))), rows),
                nan("Sum of rows", Formula.of(new Sum(List.of(1))), rows),
                nan("Sum of columns", Formula.of(new Sum(List.of(0))), rows),
                nan("Sparsemax", Formula.of(new Sparsemax()), rows),
                nan("MaxPool", pool, windows),
                nan("MaxPoolGradient", pool.gradient(0), windows, seed));
    }

    private static DynamicTest nan(String name, Formula formula, INDArray... inputs) {
        return DynamicTest.dynamicTest(name, () -> compare(name, formula, inputs));
    }
}
