package transconv.ops;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import transconv.shape.Axis;
import transconv.shape.Geometry;
import transconv.shape.Shape;

/** What every op computes on the reference engine, by values that were worked out by hand. */
class OpValuesTest {

    private static final double NAN = Double.NaN;
    private static final double INFINITE = Double.POSITIVE_INFINITY;

    /** (1, 2, 3, 1): 1 to 6. */
    private static final INDArray GRID = array(new int[] {1, 2, 3, 1}, 1, 2, 3, 4, 5, 6);

    private static final INDArray TABLE = array(new int[] {3, 2}, 10, 11, 20, 21, 30, 31);

    /** Three positions, two of the small side, kernel 2: y[o] = k[0] x[o] + k[1] x[o + 1]. */
    private static final Geometry LINE = new Geometry(List.of(new Axis(3, 2, 2, 1, 1, 0)), 1, 1, 1);

    private record Case(String name, Op op, INDArray expected, INDArray... inputs) {}

    @TestFactory
    Stream<DynamicTest> isWorkedOutByHand() {
        return cases().stream()
                .map(it -> DynamicTest.dynamicTest(it.op().getClass().getSimpleName() + ": " + it.name(), () -> {
                    INDArray actual = Computation.run("reference", it.op(), it.inputs());
                    assertArrayEquals(it.expected().shape(), actual.shape(), "shape");
                    assertArrayEquals(
                            it.expected().data().asDouble(), actual.data().asDouble(), 1e-15);
                }));
    }

    @Test
    void noOpIsLeftOut() {
        Set<String> worked =
                cases().stream().map(it -> it.op().getClass().getSimpleName()).collect(Collectors.toSet());
        assertEquals(
                Arrays.stream(Op.class.getPermittedSubclasses())
                        .map(Class::getSimpleName)
                        .collect(Collectors.toSet()),
                worked);
    }

    private static List<Case> cases() {
        List<Case> cases = new ArrayList<>(movements());
        cases.addAll(reductions());
        cases.addAll(windows());
        cases.addAll(indices());
        cases.addAll(functions());
        return cases;
    }

    private static List<Case> movements() {
        return List.of(
                new Case("C order", new Reshape(Shape.of(3, 2)), array(new int[] {3, 2}, 1, 2, 3, 4, 5, 6), GRID),
                new Case(
                        "height and width",
                        new Transpose(List.of(0, 2, 1, 3)),
                        array(new int[] {1, 3, 2, 1}, 1, 4, 2, 5, 3, 6),
                        GRID),
                new Case(
                        "three axes in a circle: output axis i is input axis order[i]",
                        new Transpose(List.of(1, 2, 0)),
                        array(new int[] {2, 3, 1}, 1, 2, 3, 4, 5, 6),
                        GRID.reshape(1, 2, 3)),
                new Case(
                        "a circle that moves values",
                        new Transpose(List.of(2, 0, 1)),
                        array(new int[] {3, 2, 1}, 1, 4, 2, 5, 3, 6),
                        GRID.reshape(2, 1, 3)),
                new Case(
                        "zeros above and at the right",
                        new Pad(List.of(1, 0), List.of(0, 2)),
                        array(new int[] {3, 5}, 0, 0, 0, 0, 0, 1, 2, 3, 0, 0, 4, 5, 6, 0, 0),
                        GRID.reshape(2, 3)),
                new Case(
                        "cut off above, cut off at the left, zeros at the right",
                        new Pad(List.of(-1, -2), List.of(0, 1)),
                        array(new int[] {1, 2}, 6, 0),
                        GRID.reshape(2, 3)),
                new Case(
                        "zeros below, cut off at the right",
                        new Pad(List.of(0, 0), List.of(1, -2)),
                        array(new int[] {3, 1}, 1, 4, 0),
                        GRID.reshape(2, 3)),
                new Case(
                        "unequal widths",
                        new Concatenate(1),
                        array(new int[] {2, 4}, 1, 2, 3, 7, 4, 5, 6, 8),
                        GRID.reshape(2, 3),
                        array(new int[] {2, 1}, 7, 8)),
                new Case(
                        "three inputs along the batch",
                        new Concatenate(0),
                        array(new int[] {4, 2}, 7, 8, 1, 2, 3, 4, 7, 8),
                        array(new int[] {1, 2}, 7, 8),
                        array(new int[] {2, 2}, 1, 2, 3, 4),
                        array(new int[] {1, 2}, 7, 8)));
    }

    private static List<Case> reductions() {
        INDArray rows = GRID.reshape(2, 3);
        return List.of(
                new Case("rows", new Sum(List.of(0)), array(new int[] {1, 3}, 5, 7, 9), rows),
                new Case("columns", new Sum(List.of(1)), array(new int[] {2, 1}, 6, 15), rows),
                new Case("outer axes", new Sum(List.of(0, 2)), array(new int[] {1, 2, 1, 1}, 6, 15), GRID),
                new Case(
                        "columns",
                        new Max(List.of(1)),
                        array(new int[] {2, 1}, -1, 5),
                        array(new int[] {2, 3}, -3, -1, -2, 4, 5, 3)),
                new Case("all", new Max(List.of(0, 1)), array(new int[] {1, 1}, 6), rows),
                new Case(
                        "keeps NaN",
                        new Max(List.of(1)),
                        array(new int[] {2, 1}, NAN, 3),
                        array(new int[] {2, 3}, 1, NAN, 2, 1, 2, 3)),
                new Case(
                        "of nothing but -∞",
                        new Max(List.of(0)),
                        array(new int[] {1}, -INFINITE),
                        array(new int[] {2}, -INFINITE, -INFINITE)),
                new Case(
                        "a row",
                        new Broadcast(Shape.of(2, 3)),
                        array(new int[] {2, 3}, 7, 8, 9, 7, 8, 9),
                        array(new int[] {1, 3}, 7, 8, 9)),
                new Case(
                        "a column",
                        new Broadcast(Shape.of(2, 3)),
                        array(new int[] {2, 3}, 7, 7, 7, 8, 8, 8),
                        array(new int[] {2, 1}, 7, 8)),
                new Case(
                        "a bias each channel",
                        new AddBias(),
                        array(new int[] {3, 2}, 11, 13, 21, 23, 31, 33),
                        TABLE,
                        array(new int[] {2}, 1, 2)),
                new Case("all positions", new SumPositions(), array(new int[] {2}, 60, 63), TABLE),
                new Case(
                        "products",
                        new Dot(),
                        array(new int[] {1}, 32),
                        array(new int[] {3}, 1, 2, 3),
                        array(new int[] {3}, 4, 5, 6)),
                new Case(
                        "rows from 2 to 3",
                        new Resample(0, upsampling()),
                        array(new int[] {3, 3}, 1, 2, 3, 1.75, 2.75, 3.75, 8, 10, 12),
                        rows),
                new Case(
                        "its transpose takes columns from 3 to 2",
                        new Resample(1, upsampling().transposed()),
                        array(new int[] {2, 2}, 2.5, 6.5, 7.75, 13.25),
                        rows));
    }

    /** The first, a mixture, and twice the second. */
    private static AxisMatrix upsampling() {
        return new AxisMatrix(
                2,
                List.of(
                        List.of(new AxisMatrix.Entry(0, 1)),
                        List.of(new AxisMatrix.Entry(0, 0.75), new AxisMatrix.Entry(1, 0.25)),
                        List.of(new AxisMatrix.Entry(1, 2))));
    }

    private static List<Case> windows() {
        INDArray line = array(new int[] {1, 3, 1}, 1, 2, 3);
        INDArray kernel = array(new int[] {2, 1, 1}, 10, 1);
        INDArray small = array(new int[] {1, 2, 1}, 5, 7);
        // Height 2 in one window with a row of nothing above it; width 3 in two that share their middle.
        List<Axis> windows = List.of(new Axis(2, 1, 3, 1, 1, 1), new Axis(3, 2, 2, 1, 1, 0));
        // Negative values: what lies outside must not count as zeros.
        INDArray below = array(new int[] {1, 2, 3, 1}, -4, -9, -1, -8, -2, -3);
        INDArray maxima = array(new int[] {1, 1, 2, 1}, -2, -1);
        INDArray gradient = array(new int[] {1, 1, 2, 1}, 10, 20);
        List<Axis> pairs = List.of(new Axis(3, 2, 2, 1, 1, 0));
        INDArray channels = array(new int[] {1, 3, 2}, 1, 60, 2, 50, 3, 40);
        return List.of(
                new Case("kernel 2", new Convolution(LINE), array(new int[] {1, 2, 1}, 12, 23), line, kernel),
                new Case(
                        "kernel 2",
                        new TransposedConvolution(LINE),
                        array(new int[] {1, 3, 1}, 50, 75, 7),
                        small,
                        kernel),
                new Case("kernel 2", new KernelGradient(LINE), array(new int[] {2, 1, 1}, 19, 31), line, small),
                new Case("nothing outside counts", new MaxPool(windows), maxima, below),
                new Case("channels apart", new MaxPool(pairs), array(new int[] {1, 2, 2}, 2, 60, 3, 50), channels),
                new Case(
                        "dilation 2",
                        new MaxPool(List.of(new Axis(4, 2, 2, 1, 2, 0))),
                        array(new int[] {1, 2, 1}, 3, 9),
                        array(new int[] {1, 4, 1}, 3, 9, 1, 2)),
                new Case(
                        "keeps NaN",
                        new MaxPool(pairs),
                        array(new int[] {1, 2, 1}, 2, NAN),
                        array(new int[] {1, 3, 1}, 1, 2, NAN)),
                new Case(
                        "a window outside",
                        new MaxPool(List.of(new Axis(1, 2, 1, 1, 1, 0))),
                        array(new int[] {1, 2, 1}, 4, -INFINITE),
                        array(new int[] {1, 1, 1}, 4)),
                new Case(
                        "to the largest",
                        new MaxPoolGradient(windows),
                        array(new int[] {1, 2, 3, 1}, 0, 0, 20, 0, 10, 0),
                        below,
                        maxima,
                        gradient),
                new Case(
                        "two windows with one maximum",
                        new MaxPoolGradient(pairs),
                        array(new int[] {1, 3, 1}, 0, 12, 0),
                        array(new int[] {1, 3, 1}, 1, 2, 1),
                        array(new int[] {1, 2, 1}, 2, 2),
                        small),
                new Case(
                        "equal values: the first",
                        new MaxPoolGradient(pairs),
                        array(new int[] {1, 3, 1}, 5, 7, 0),
                        array(new int[] {1, 3, 1}, 2, 2, 2),
                        array(new int[] {1, 2, 1}, 2, 2),
                        small));
    }

    private static List<Case> indices() {
        INDArray numbers = array(new int[] {1, 3}, 2, 0, 2);
        return List.of(
                new Case(
                        "rows in any order",
                        new Gather(),
                        array(new int[] {1, 3, 2}, 30, 31, 10, 11, 30, 31),
                        TABLE,
                        numbers),
                new Case(
                        "the same row twice adds up",
                        new ScatterAdd(4),
                        array(new int[] {4, 2}, 3, 4, 0, 0, 6, 8, 0, 0),
                        numbers,
                        array(new int[] {1, 3, 2}, 1, 2, 3, 4, 5, 6)),
                new Case(
                        "an axis more",
                        new OneHot(4),
                        array(new int[] {1, 3, 4}, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 1, 0),
                        numbers));
    }

    private static List<Case> functions() {
        INDArray two = array(new int[] {2, 1}, 1, 3);
        INDArray likelihoods = array(new int[] {1, 2}, Math.log(1), Math.log(3));
        return List.of(
                new Case(
                        "keeps NaN",
                        new Affine(2, -1),
                        array(new int[] {3}, -3, 5, NAN),
                        array(new int[] {3}, -1, 3, NAN)),
                new Case("no input", new Fill(Shape.of(2, 1), -0.5), array(new int[] {2, 1}, -0.5, -0.5)),
                new Case(
                        "keeps NaN",
                        new Clip(-1, 2),
                        array(new int[] {5}, -1, 0.5, 2, 2, NAN),
                        array(new int[] {5}, -3, 0.5, 2, INFINITE, NAN)),
                new Case("squares", new Unary(UnaryFunction.SQUARE), array(new int[] {2, 1}, 1, 9), two),
                new Case(
                        "quotients",
                        new Binary(BinaryFunction.DIVIDE),
                        array(new int[] {2, 1}, 0.5, -0.75),
                        two,
                        array(new int[] {2, 1}, 2, -4)),
                new Case(
                        "softmax",
                        new Activate(FusedActivation.SOFTMAX),
                        array(new int[] {1, 2}, 0.25, 0.75),
                        likelihoods),
                new Case(
                        "relu",
                        new ActivateGradient(FusedActivation.RELU),
                        array(new int[] {3}, 0, 0, 7),
                        array(new int[] {3}, 0, 0, 2),
                        array(new int[] {3}, 5, 6, 7)),
                new Case(
                        "two in support, one in support",
                        new Sparsemax(),
                        array(new int[] {2, 3}, 0.75, 0.25, 0, 0, 0, 1),
                        array(new int[] {2, 3}, 1, 0.5, -1, 0, 1, 3)),
                new Case(
                        "equal values",
                        new Sparsemax(),
                        array(new int[] {1, 4}, 0.25, 0.25, 0.25, 0.25),
                        array(new int[] {1, 4}, 9, 9, 9, 9)),
                new Case(
                        "NaN makes its row NaN",
                        new Sparsemax(),
                        array(new int[] {2, 2}, NAN, NAN, 1, 0),
                        array(new int[] {2, 2}, 1, NAN, 5, 1)),
                new Case(
                        "mean squares",
                        new FusedLoss(LossFunction.MEAN_SQUARED_ERROR),
                        array(new int[] {2}, 2.5, 8),
                        array(new int[] {2, 2}, 1, 2, 3, 4),
                        array(new int[] {2, 2}, 0, 0, 3, 0)),
                new Case(
                        "mean squares",
                        new LossGradient(LossFunction.MEAN_SQUARED_ERROR),
                        array(new int[] {2, 2}, 10, 20, 0, -4),
                        array(new int[] {2, 2}, 1, 2, 3, 4),
                        array(new int[] {2, 2}, 0, 0, 3, 0),
                        array(new int[] {2}, 10, -1)));
    }

    private static INDArray array(int[] shape, double... values) {
        return Nd4j.createFromArray(values)
                .reshape('c', Arrays.stream(shape).asLongStream().toArray());
    }
}
