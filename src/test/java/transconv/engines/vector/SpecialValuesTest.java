package transconv.engines.vector;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import transconv.ops.Affine;
import transconv.ops.AxisMatrix;
import transconv.ops.AxisMatrix.Entry;
import transconv.ops.Binary;
import transconv.ops.BinaryFunction;
import transconv.ops.Broadcast;
import transconv.ops.Clip;
import transconv.ops.Computation;
import transconv.ops.Max;
import transconv.ops.MaxPool;
import transconv.ops.MaxPoolGradient;
import transconv.ops.Op;
import transconv.ops.Pad;
import transconv.ops.Resample;
import transconv.ops.Sum;
import transconv.ops.Transpose;
import transconv.ops.Unary;
import transconv.ops.UnaryFunction;
import transconv.shape.Axis;
import transconv.shape.Shape;

/** NaN, infinities and zeros of both signs, each beside each: bit by bit what the reference engine computes. */
class SpecialValuesTest {

    private static final float[] VALUES = {-0f, 0, Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 1, -2};
    private static final int PAIRS = VALUES.length * VALUES.length;

    /** All pairs, (pairs, 2). */
    private static float[] pairs() {
        float[] pairs = new float[2 * PAIRS];
        for (int i = 0; i < PAIRS; i++) {
            pairs[2 * i] = VALUES[i / VALUES.length];
            pairs[2 * i + 1] = VALUES[i % VALUES.length];
        }
        return pairs;
    }

    private static INDArray one(int which) {
        float[] pairs = pairs();
        float[] values = new float[PAIRS];
        for (int i = 0; i < PAIRS; i++) {
            values[i] = pairs[2 * i + which];
        }
        return Nd4j.createFromArray(values);
    }

    private static void compare(Op op, INDArray... inputs) {
        assertArrayEquals(bits("reference", op, inputs), bits("vector", op, inputs), op.toString());
    }

    private static String[] bits(String engine, Op op, INDArray... inputs) {
        float[] values = Computation.run(engine, op, inputs)
                .castTo(DataType.FLOAT)
                .data()
                .asFloat();
        return IntStream.range(0, values.length).mapToObj(i -> "" + values[i]).toArray(String[]::new);
    }

    /** Otherwise the comparisons below would show nothing. */
    @Test
    void comparisonTellsZerosApart() {
        String[] zeros = bits("vector", new Unary(UnaryFunction.SIGN), Nd4j.createFromArray(-0f, 0f, Float.NaN));
        assertEquals(List.of("-0.0", "0.0", "NaN"), Arrays.asList(zeros));
    }

    @TestFactory
    Stream<DynamicTest> functions() {
        Stream<Op> unary = Stream.of(UnaryFunction.values()).map(Unary::new);
        Stream<Op> others =
                Stream.of(new Affine(2, 0), new Affine(-1, 0), new Affine(1, -1), new Clip(-0.0, 1), new Clip(0, 0));
        Stream<Op> binary = Stream.of(BinaryFunction.values()).map(Binary::new);
        // These two are polynomials between their special values: near, not equal.
        List<Op> near = List.of(new Unary(UnaryFunction.EXP), new Unary(UnaryFunction.SOFTPLUS));
        Stream<Op> one = Stream.concat(unary, others).filter(op -> !near.contains(op));
        return Stream.concat(
                one.map(op -> DynamicTest.dynamicTest(op.toString(), () -> compare(op, one(0)))),
                binary.map(op -> DynamicTest.dynamicTest(op.toString(), () -> compare(op, one(0), one(1)))));
    }

    @TestFactory
    Stream<DynamicTest> reductionsAndMovements() {
        INDArray rows = Nd4j.createFromArray(pairs()).reshape(PAIRS, 2);
        INDArray columns = rows.transpose().dup('c');
        AxisMatrix mean =
                new AxisMatrix(2, List.of(List.of(new Entry(0, 0.5), new Entry(1, 0.5)), List.of(new Entry(1, 1))));
        return Stream.of(
                test("sums of rows", new Sum(List.of(1)), rows),
                test("sums of columns", new Sum(List.of(0)), columns),
                test("maxima of rows", new Max(List.of(1)), rows),
                test("maxima of columns", new Max(List.of(0)), columns),
                test("means of rows", new Resample(1, mean), rows),
                test("means of columns", new Resample(0, mean), columns),
                test("copies", new Broadcast(Shape.of(PAIRS, 3)), one(0).reshape(PAIRS, 1)),
                test("padding", new Pad(List.of(1, 0), List.of(0, 2)), rows),
                test("transpose", new Transpose(List.of(1, 0)), rows));
    }

    /** Each pair is a window, once along the samples and once along the channels; the gradient shows which is first. */
    @TestFactory
    Stream<DynamicTest> maximaOfWindows() {
        List<Axis> axes = List.of(new Axis(2, 1, 2, 1, 1, 0));
        INDArray rows = Nd4j.createFromArray(pairs()).reshape(PAIRS, 2, 1);
        INDArray columns = Nd4j.createFromArray(pairs())
                .reshape(PAIRS, 2)
                .transpose()
                .dup('c')
                .reshape(1, 2, PAIRS);
        return Stream.of(rows, columns).flatMap(x -> {
            INDArray y = Computation.run("reference", new MaxPool(axes), x).castTo(DataType.FLOAT);
            INDArray gradient = Nd4j.linspace(1, PAIRS, PAIRS, DataType.FLOAT).reshape(y.shape());
            String shape = Shape.of(x.shape()).toString();
            return Stream.of(
                    test("maxima " + shape, new MaxPool(axes), x),
                    test("gradient " + shape, new MaxPoolGradient(axes), x, y, gradient));
        });
    }

    private static DynamicTest test(String name, Op op, INDArray... inputs) {
        return DynamicTest.dynamicTest(name, () -> compare(op, inputs));
    }
}
