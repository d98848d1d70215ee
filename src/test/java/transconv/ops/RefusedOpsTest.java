package transconv.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import transconv.engines.Engines;
import transconv.engines.Program;
import transconv.shape.Axis;
import transconv.shape.Geometry;
import transconv.shape.Shape;

/** What each op refuses, and how it says so. */
class RefusedOpsTest {

    private static final Shape GRID = Shape.of(2, 3, 4);
    private static final Geometry LINE = new Geometry(List.of(new Axis(3, 2, 2, 1, 1, 0)), 4, 5, 1);
    private static final AxisMatrix MATRIX = new AxisMatrix(2, List.of(List.of(new AxisMatrix.Entry(1, 1))));

    private record Case(Op op, String message, Shape... inputs) {}

    private static Stream<Case> shapes() {
        Shape row = Shape.of(4);
        return Stream.of(
                new Case(
                        new Convolution(LINE),
                        "Convolution: input shapes [(2, 9, 4), (2, 4, 5)]; it needs [(2, 3, 4), (2, 4, 5)]",
                        Shape.of(2, 9, 4),
                        Shape.of(2, 4, 5)),
                new Case(
                        new TransposedConvolution(LINE),
                        "TransposedConvolution: input shapes [(2, 3, 5), (2, 4, 5)]; it needs [(2, 2, 5), (2, 4, 5)]",
                        Shape.of(2, 3, 5),
                        Shape.of(2, 4, 5)),
                new Case(
                        new KernelGradient(LINE),
                        "KernelGradient: input shapes [(2, 3, 4), (1, 2, 5)]; it needs [(2, 3, 4), (2, 2, 5)]",
                        GRID,
                        Shape.of(1, 2, 5)),
                new Case(
                        new ActivateGradient(FusedActivation.RELU),
                        "ActivateGradient: input shapes [(2, 3, 4), (4,)]; it needs [(2, 3, 4), (2, 3, 4)]",
                        GRID,
                        row),
                new Case(
                        new AddBias(),
                        "AddBias: input shapes [(2, 3, 4), (3,)]; it needs [(2, 3, 4), (4,)]",
                        GRID,
                        Shape.of(3)),
                new Case(
                        new Binary(BinaryFunction.MULTIPLY),
                        "MULTIPLY: input shapes [(2, 3, 4), (4,)]; it needs [(2, 3, 4), (2, 3, 4)]",
                        GRID,
                        row),
                new Case(new Unary(UnaryFunction.EXP), "Unary: 2 inputs [(4,), (4,)]; it takes 1", row, row),
                new Case(new Affine(1, 0), "Affine: 0 inputs []; it takes 1"),
                new Case(new Clip(0, 1), "Clip: 2 inputs [(4,), (4,)]; it takes 1", row, row),
                new Case(new Fill(row, 0), "Fill: 1 inputs [(4,)]; it takes 0", row),
                new Case(new Sparsemax(), "Sparsemax: 0 inputs []; it takes 1"),
                new Case(
                        new Broadcast(GRID),
                        "Broadcast: (2, 1, 3) to (2, 3, 4); each axis needs length 1 or the target's",
                        Shape.of(2, 1, 3)),
                new Case(
                        new Broadcast(GRID),
                        "Broadcast: (4,) to (2, 3, 4); each axis needs length 1 or the target's",
                        row),
                new Case(new Sum(List.of(0, 3)), "Sum: axis 3 of shape (2, 3, 4); it must be from 0 to 2", GRID),
                new Case(new Max(List.of(-1)), "Max: axis -1 of shape (2, 3, 4); it must be from 0 to 2", GRID),
                new Case(new Sum(List.of(0)), "Sum: 0 inputs []; it takes 1"),
                new Case(
                        new Transpose(List.of(1, 0)),
                        "Transpose: order [1, 0] for shape (2, 3, 4); it needs one number an axis",
                        GRID),
                new Case(
                        new Pad(List.of(1, 0), List.of(1, 0)),
                        "Pad: begin [1, 0] and end [1, 0] for shape (2, 3, 4); each needs one number an axis",
                        GRID),
                new Case(
                        new Pad(List.of(0, -2, 0), List.of(0, -1, 0)),
                        "Pad: begin -2 and end -1 leave nothing of axis 1 of (2, 3, 4); cut off less",
                        GRID),
                new Case(
                        new Pad(List.of(0, 2, 0), List.of(0, -3, 0)),
                        "Pad: begin 2 and end -3 leave nothing of axis 1 of (2, 3, 4); cut off less",
                        GRID),
                new Case(new Concatenate(0), "Concatenate: no input; it needs at least one"),
                new Case(
                        new Concatenate(1),
                        "Concatenate: input shapes [(2, 3, 4), (2, 3, 5)] along axis 1; all other axes must be equal",
                        GRID,
                        Shape.of(2, 3, 5)),
                new Case(
                        new Resample(1, MATRIX),
                        "Resample: axis 1 of (2, 3, 4) by a matrix of 2 columns; both must agree",
                        GRID),
                new Case(
                        new Reshape(Shape.of(5, 5)),
                        "Reshape: (2, 3, 4) has 24 elements, (5, 5) has 25; both must be equal",
                        GRID),
                new Case(
                        new MaxPool(LINE.axes()),
                        "MaxPool: input shapes [(2, 4, 4)]; it needs [(2, 3, 4)]",
                        Shape.of(2, 4, 4)),
                new Case(
                        new MaxPoolGradient(LINE.axes()),
                        "MaxPoolGradient: input shapes [(2, 3, 4), (2, 2, 4), (2, 3, 4)]; "
                                + "it needs [(2, 3, 4), (2, 2, 4), (2, 2, 4)]",
                        GRID,
                        Shape.of(2, 2, 4),
                        GRID),
                new Case(new Gather(), "Gather: table of shape (2, 3, 4); it needs (rows, features)", GRID, row),
                new Case(new Gather(), "Gather: 1 inputs [(2, 3, 4)]; it takes 2", GRID),
                new Case(
                        new ScatterAdd(9),
                        "ScatterAdd: input shapes [(4,), (2, 3, 4)]; it needs [(4,), (4, 4)]",
                        row,
                        GRID),
                new Case(new OneHot(3), "OneHot: 2 inputs [(4,), (4,)]; it takes 1", row, row),
                new Case(
                        new FusedLoss(LossFunction.MEAN_SQUARED_ERROR),
                        "FusedLoss: input shapes [(2, 3, 4), (4,)]; it needs [(2, 3, 4), (2, 3, 4)]",
                        GRID,
                        row),
                new Case(
                        new LossGradient(LossFunction.MEAN_SQUARED_ERROR),
                        "LossGradient: input shapes [(4,), (4,), (2,)]; it needs [(4,), (4,), (4,)]",
                        row,
                        row,
                        Shape.of(2)),
                new Case(new Dot(), "Dot: input shapes [(2, 3, 4), (4,)]; it needs [(2,), (2, 3, 4)]", GRID, row));
    }

    @TestFactory
    Stream<DynamicTest> shapesThatDoNotFit() {
        return shapes().map(
                        it -> refused(it.message(), IllegalArgumentException.class, () -> apply(it.op(), it.inputs())));
    }

    /** These two take what they get. */
    @Test
    void noOpIsLeftOut() {
        Set<Class<?>> refusing = shapes().map(it -> it.op().getClass()).collect(Collectors.toSet());
        assertEquals(
                Set.of(Activate.class, SumPositions.class),
                Arrays.stream(Op.class.getPermittedSubclasses())
                        .filter(op -> !refusing.contains(op))
                        .collect(Collectors.toSet()));
    }

    @TestFactory
    Stream<DynamicTest> settings() {
        return Stream.of(
                refused("Clip: low=2.0 must not exceed high=1.0", IllegalArgumentException.class, () -> new Clip(2, 1)),
                refused(
                        "Clip: low=NaN must not exceed high=1.0",
                        IllegalArgumentException.class,
                        () -> new Clip(Double.NaN, 1)),
                refused(
                        "Transpose: order [0, 0] must hold each of [0, 1] once",
                        IllegalArgumentException.class,
                        () -> new Transpose(List.of(0, 0))),
                refused(
                        "AxisMatrix: column 2 must be from 0 to 1",
                        IllegalArgumentException.class,
                        () -> new AxisMatrix(2, List.of(List.of(new AxisMatrix.Entry(2, 1))))));
    }

    @TestFactory
    Stream<DynamicTest> gradientsThatAreNotDefined() {
        Shape row = Shape.of(4);
        return Stream.of(
                undefined(
                        "ActivateGradient: second derivatives of activations are not defined",
                        new ActivateGradient(FusedActivation.TANH),
                        0,
                        row,
                        row),
                undefined("Dot: it ends a graph; the gradient starts at its inputs", new Dot(), 0, row, row),
                undefined(
                        "FusedLoss: differentiable by the prediction, not by the target",
                        new FusedLoss(LossFunction.MEAN_SQUARED_ERROR),
                        1,
                        row,
                        row),
                undefined(
                        "LossGradient: second derivatives of losses are not defined",
                        new LossGradient(LossFunction.MEAN_SQUARED_ERROR),
                        0,
                        row,
                        row,
                        row),
                undefined(
                        "MaxPoolGradient: second derivatives of maxima are not defined",
                        new MaxPoolGradient(LINE.axes()),
                        2,
                        GRID,
                        Shape.of(2, 2, 4),
                        Shape.of(2, 2, 4)),
                undefined(
                        "SumPositions: no second derivative is needed of a bias; none is defined",
                        new SumPositions(),
                        0,
                        GRID),
                refused("Fill: it has no input to differentiate by", UnsupportedOperationException.class, () -> {
                    Value fill = Ops.fill(new Graph(), row, 1);
                    fill.op().gradient(fill, fill, 0);
                }));
    }

    private static DynamicTest undefined(String message, Op op, int by, Shape... shapes) {
        Value output = apply(op, shapes);
        Value seed = output.graph().input(output.shape());
        return refused(
                message,
                UnsupportedOperationException.class,
                () -> Gradients.of(output, seed, List.of(output.inputs().get(by))));
    }

    @TestFactory
    Stream<DynamicTest> rowNumbers() {
        INDArray table = RandomGeometry.values(Shape.of(3, 2), 1);
        INDArray values = RandomGeometry.values(Shape.of(2, 2, 2), 2);
        return Stream.of(
                refusedNumber("Gather: index 3.0 at position [1, 0]", 2, new Gather(), table, numbers(3)),
                refusedNumber("Gather: index 0.5 at position [1, 0]", 2, new Gather(), table, numbers(0.5)),
                refusedNumber("ScatterAdd: index -1.0 at position [1, 0]", 3, new ScatterAdd(4), numbers(-1), values),
                refusedNumber("OneHot: index NaN at position [1, 0]", 4, new OneHot(5), numbers(Double.NaN)),
                refusedNumber("OneHot: index 1.0E12 at position [1, 0]", 4, new OneHot(5), numbers(1e12)));
    }

    private static INDArray numbers(double third) {
        return Nd4j.createFromArray(new double[][] {{0, 2}, {third, 1}});
    }

    private static DynamicTest refusedNumber(String beginning, int largest, Op op, INDArray... arrays) {
        return refused(
                "%s of (2, 2) must be a whole number from 0 to %d; correct it, or allow more"
                        .formatted(beginning, largest),
                IllegalArgumentException.class,
                () -> runOnce(op, arrays));
    }

    private static void runOnce(Op op, INDArray... arrays) {
        Value output = apply(
                op, Stream.of(arrays).map(array -> Shape.of(array.shape())).toArray(Shape[]::new));
        output.graph().output(output);
        try (Program program = Engines.named("reference").compile(output.graph())) {
            for (int i = 0; i < arrays.length; i++) {
                int[] rows = IntStream.range(0, (int) arrays[i].size(0)).toArray();
                program.feed(output.inputs().get(i), arrays[i], rows);
            }
            program.run();
        }
    }

    private static Value apply(Op op, Shape... inputs) {
        Graph graph = new Graph();
        return graph.apply(op, Stream.of(inputs).map(graph::input).toArray(Value[]::new));
    }

    private static DynamicTest refused(String message, Class<? extends Exception> type, Executable refused) {
        return DynamicTest.dynamicTest(
                message, () -> assertEquals(message, assertThrows(type, refused).getMessage()));
    }
}
