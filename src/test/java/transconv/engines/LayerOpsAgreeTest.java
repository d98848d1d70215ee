package transconv.engines;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import transconv.Closeness;
import transconv.EnginesUnderTest;
import transconv.ops.AxisMatrix;
import transconv.ops.AxisMatrix.Entry;
import transconv.ops.Broadcast;
import transconv.ops.Computation;
import transconv.ops.Concatenate;
import transconv.ops.Fill;
import transconv.ops.Gather;
import transconv.ops.Max;
import transconv.ops.MaxPool;
import transconv.ops.MaxPoolGradient;
import transconv.ops.OneHot;
import transconv.ops.Op;
import transconv.ops.Ops;
import transconv.ops.Pad;
import transconv.ops.Parameter;
import transconv.ops.RandomGeometry;
import transconv.ops.Resample;
import transconv.ops.ScatterAdd;
import transconv.ops.Sparsemax;
import transconv.ops.Sum;
import transconv.ops.Transpose;
import transconv.shape.Axis;
import transconv.shape.Shape;

/** The ops over axes, windows and tables on the engines that compute in floats against the reference engine. */
class LayerOpsAgreeTest {

    private static final Closeness CLOSENESS = new Closeness();

    @AfterAll
    static void printWorst() {
        System.out.println("layer ops, " + CLOSENESS);
    }

    private static void compare(Op op, INDArray... inputs) {
        INDArray[] floats =
                Stream.of(inputs).map(input -> input.castTo(DataType.FLOAT)).toArray(INDArray[]::new);
        INDArray expected = Computation.run("reference", op, floats);
        EnginesUnderTest.floats()
                .forEach(engine -> CLOSENESS.require(
                        op.getClass().getSimpleName() + " on " + engine,
                        expected,
                        Computation.run(engine, op, floats),
                        1e-6));
    }

    private static INDArray values(int... sizes) {
        return RandomGeometry.values(Shape.of(sizes), sizes.length);
    }

    /** Small whole numbers: many are equal. */
    private static INDArray ties(int... sizes) {
        INDArray values = values(sizes).muli(1.9);
        return values.subi(values.fmod(1));
    }

    private static INDArray rows(int count, int... sizes) {
        INDArray values = values(sizes).addi(1).muli(count / 2.0);
        return values.subi(values.fmod(1));
    }

    /** Every choice of axes, of which some adjoin and some have length 1. */
    @TestFactory
    Stream<DynamicTest> onSumsMaximaAndBroadcasts() {
        return Stream.of(
                        Shape.of(2, 3, 4, 5),
                        Shape.of(3, 1, 7, 2),
                        Shape.of(1, 9),
                        Shape.of(13),
                        Shape.of(2, 3, 2, 3, 2))
                .map(shape -> DynamicTest.dynamicTest(shape.toString(), () -> {
                    INDArray x = RandomGeometry.values(shape, 1);
                    for (int choice = 1; choice < 1 << shape.rank(); choice++) {
                        int chosen = choice;
                        List<Integer> axes = IntStream.range(0, shape.rank())
                                .filter(axis -> (chosen >> axis & 1) == 1)
                                .boxed()
                                .toList();
                        Shape reduced = new Sum(axes).outputShape(List.of(shape));
                        compare(new Sum(axes), x);
                        compare(new Max(axes), x);
                        compare(new Broadcast(shape), RandomGeometry.values(reduced, 2));
                    }
                }));
    }

    @Test
    void onLongSums() {
        INDArray x = values(16, 28, 28, 3).addi(2);
        compare(new Sum(List.of(0, 1, 2)), x);
        compare(new Sum(List.of(1, 2, 3)), x);
        compare(new Max(List.of(1, 2, 3)), x);
    }

    @Test
    void onTranspositions() {
        compare(new Transpose(List.of(1, 0)), values(3, 5));
        compare(new Transpose(List.of(0, 3, 1, 2)), values(2, 3, 4, 5));
        compare(new Transpose(List.of(0, 2, 3, 1)), values(2, 3, 4, 5));
        compare(new Transpose(List.of(3, 1, 0, 2)), values(2, 3, 4, 5));
        compare(new Transpose(List.of(0, 1, 2)), values(2, 3, 4));
        compare(new Transpose(List.of(2, 1, 0)), values(1, 4, 1));
        // Pixel shuffle.
        compare(new Transpose(List.of(0, 1, 3, 2, 4, 5)), values(2, 3, 4, 2, 3, 5));
        compare(new Transpose(List.of(4, 5, 2, 0, 3, 1)), values(2, 3, 1, 2, 3, 2));
    }

    @Test
    void onPaddingsAndSlices() {
        compare(new Pad(List.of(0, 1, 2, 0), List.of(0, 3, 0, 0)), values(2, 3, 4, 5));
        compare(new Pad(List.of(0, -1, -2, 0), List.of(0, -1, 0, 0)), values(2, 3, 4, 5));
        compare(new Pad(List.of(1, -1, 2, -3), List.of(-1, 2, -3, 4)), values(2, 3, 4, 5));
        compare(new Pad(List.of(0, 0, 0, -2), List.of(0, 0, 0, -1)), values(2, 3, 4, 5));
        compare(new Pad(List.of(0, 0), List.of(0, 0)), values(2, 3));
        compare(new Pad(List.of(-2), List.of(3)), values(4));
        compare(new Pad(List.of(0, 2, 1), List.of(0, 1, 0)), values(2, 1, 1));
    }

    @Test
    void onConcatenations() {
        for (int axis = 0; axis < 4; axis++) {
            List<INDArray> parts = new ArrayList<>();
            for (int length : new int[] {2, 1, 3}) {
                int[] sizes = {2, 3, 4, 5};
                sizes[axis] = length;
                parts.add(values(sizes).addi(length));
            }
            compare(new Concatenate(axis), parts.toArray(INDArray[]::new));
        }
        compare(new Concatenate(1), values(2, 3));
        compare(new Concatenate(0), values(1), values(2));
    }

    @Test
    void onResampling() {
        AxisMatrix uneven = new AxisMatrix(
                3,
                List.of(
                        List.of(new Entry(2, 0.25), new Entry(0, -1.5), new Entry(2, 0.5)),
                        List.of(),
                        List.of(new Entry(1, 1)),
                        List.of(new Entry(0, 1 / 3.0), new Entry(1, 1 / 3.0), new Entry(2, 1 / 3.0))));
        for (INDArray x : List.of(values(3), values(2, 3), values(3, 11), values(2, 3, 2), values(2, 2, 3, 17))) {
            for (int axis = 0; axis < x.rank(); axis++) {
                if (x.size(axis) == 3) {
                    compare(new Resample(axis, uneven), x);
                    INDArray y = Computation.run("reference", new Resample(axis, uneven), x);
                    compare(new Resample(axis, uneven.transposed()), y);
                }
            }
        }
    }

    /** Windows that overlap, leave gaps, reach beyond either end, or lie beyond it altogether. */
    @TestFactory
    Stream<DynamicTest> onPooling() {
        Axis halves = new Axis(6, 3, 2, 2, 1, 0);
        Axis overlapping = new Axis(5, 5, 3, 1, 1, 1);
        Axis gaps = new Axis(8, 3, 2, 3, 1, 0);
        Axis dilated = new Axis(7, 4, 2, 2, 3, 2);
        Axis beyond = new Axis(2, 3, 1, 2, 1, 1);
        return Stream.of(
                        List.of(halves),
                        List.of(halves, overlapping),
                        List.of(overlapping, gaps),
                        List.of(dilated, halves),
                        List.of(overlapping, dilated, gaps))
                .map(axes -> DynamicTest.dynamicTest(axes.toString(), () -> {
                    List<Integer> sizes =
                            new ArrayList<>(axes.stream().map(Axis::large).toList());
                    sizes.add(0, 2);
                    sizes.add(3);
                    int[] large = sizes.stream().mapToInt(Integer::intValue).toArray();
                    comparePooling(axes, values(large));
                    comparePooling(axes, ties(large));
                }));
    }

    private static void comparePooling(List<Axis> axes, INDArray x) {
        compare(new MaxPool(axes), x);
        INDArray y = Computation.run("reference", new MaxPool(axes), x.castTo(DataType.FLOAT));
        INDArray seed = RandomGeometry.values(Shape.of(y.shape()), 9);
        compare(new MaxPoolGradient(axes), x, y, seed);
    }

    @Test
    void onTables() {
        compare(new Gather(), values(7, 3), rows(7, 2, 5));
        compare(new Gather(), values(1, 4), rows(1, 3));
        compare(new ScatterAdd(4), rows(4, 3, 5), values(3, 5, 2));
        compare(new ScatterAdd(9), rows(2, 6), values(6, 1));
        compare(new OneHot(5), rows(5, 2, 3));
        compare(new OneHot(1), rows(1, 4));
    }

    @TestFactory
    Stream<DynamicTest> refusesRowsThatAreNotThere() {
        return EnginesUnderTest.floats().flatMap(engine -> Stream.of(-1f, 5f, 1.5f, Float.NaN, Float.POSITIVE_INFINITY)
                .map(index -> DynamicTest.dynamicTest(engine + " " + index, () -> {
                    INDArray indices = Nd4j.createFromArray(0f, index);
                    for (Computation.Formula formula : List.<Computation.Formula>of(
                            (graph, in) -> graph.apply(new Gather(), in.get(0), in.get(1)),
                            (graph, in) -> graph.apply(new OneHot(5), in.get(1)),
                            (graph, in) -> graph.apply(new ScatterAdd(5), in.get(1), in.get(2)))) {
                        String message = assertThrows(
                                        IllegalArgumentException.class,
                                        () -> Computation.run(engine, formula, values(5, 3), indices, values(2, 3)))
                                .getMessage();
                        assertTrue(message.contains("index " + index), message);
                    }
                })));
    }

    /** A parameter may be a part of a larger array. */
    @Test
    void onATableThatIsAPartOfAnArray() {
        INDArray whole = Nd4j.arange(20).castTo(DataType.FLOAT).reshape(10, 2);
        Parameter table = new Parameter("table", whole.get(NDArrayIndex.interval(4, 7), NDArrayIndex.all()));
        EnginesUnderTest.floats().forEach(engine -> {
            INDArray rows = Computation.run(
                    engine,
                    (graph, in) -> graph.apply(new Gather(), graph.parameter(table), in.get(0)),
                    Nd4j.createFromArray(2f, 0f));
            assertArrayEquals(new double[] {12, 13, 8, 9}, rows.dup().data().asDouble(), 0, engine);
        });
    }

    @Test
    void onSparsemax() {
        compare(new Sparsemax(), values(2, 3, 5));
        compare(new Sparsemax(), values(4, 9).muli(10));
        compare(new Sparsemax(), ties(6, 4));
        compare(new Sparsemax(), values(3, 1));
    }

    /** A filled value shares its buffer with others: it has to be filled again in each run. */
    @Test
    void onFillsWhoseBufferIsUsedAgain() {
        INDArray x = values(2, 3);
        Computation.Formula formula = (graph, in) -> {
            Shape shape = in.get(0).shape();
            var three = graph.apply(new Fill(shape, 3));
            var first = Ops.multiply(three, in.get(0));
            return Ops.subtract(first, Ops.multiply(graph.apply(new Fill(shape, -0.5)), in.get(0)));
        };
        EnginesUnderTest.floats()
                .forEach(engine ->
                        CLOSENESS.require("Fill on " + engine, x.mul(3.5), Computation.run(engine, formula, x), 1e-6));
    }
}
