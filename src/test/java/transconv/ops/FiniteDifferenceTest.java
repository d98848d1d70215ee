package transconv.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import transconv.ops.Computation.Formula;
import transconv.shape.Axis;
import transconv.shape.Geometry;
import transconv.shape.Shape;

/**
 * The gradient that every op states, against differences of its values, in double precision on the reference engine.
 */
class FiniteDifferenceTest {

    private static final Shape SHAPE = Shape.of(2, 3, 4);
    private static final INDArray A = RandomGeometry.values(SHAPE, 1);
    private static final INDArray B = RandomGeometry.values(SHAPE, 2);

    private static final INDArray TABLE = RandomGeometry.values(Shape.of(5, 3), 8);
    private static final INDArray NUMBERS = Nd4j.createFromArray(new double[][] {{4, 0}, {1, 4}});

    /** From 3 to 4. */
    private static final AxisMatrix MATRIX = new AxisMatrix(
            3,
            List.of(
                    List.of(new AxisMatrix.Entry(0, 1)),
                    List.of(new AxisMatrix.Entry(0, 0.25), new AxisMatrix.Entry(2, -0.5)),
                    List.of(),
                    List.of(new AxisMatrix.Entry(1, 2))));

    private static final Set<UnaryFunction> NEED_POSITIVE =
            EnumSet.of(UnaryFunction.LOG, UnaryFunction.LOG1P, UnaryFunction.SQRT, UnaryFunction.RECIPROCAL);

    /** All but SIGN, whose gradient is zeros that depend on nothing. */
    private static final Set<UnaryFunction> SLOPING = EnumSet.complementOf(EnumSet.of(UnaryFunction.SIGN));

    /** From 1 to 2, where logarithms, roots and powers are smooth. */
    private static final INDArray POSITIVE =
            RandomGeometry.values(SHAPE, 5).muli(0.5).addi(1.5);

    @TestFactory
    Stream<DynamicTest> ofConvolutions() {
        return RandomGeometry.draw(45).flatMap(drawn -> {
            INDArray x = RandomGeometry.values(drawn.geometry().large(drawn.batch()), 3 * drawn.seed());
            INDArray k = RandomGeometry.values(drawn.geometry().kernel(), 3 * drawn.seed() + 1);
            INDArray y = RandomGeometry.values(drawn.geometry().small(drawn.batch()), 3 * drawn.seed() + 2);
            return Stream.of(
                    test(new Convolution(drawn.geometry()), new int[] {0, 1}, x, k),
                    test(new TransposedConvolution(drawn.geometry()), new int[] {0, 1}, y, k),
                    test(new KernelGradient(drawn.geometry()), new int[] {0, 1}, x, y));
        });
    }

    @TestFactory
    Stream<DynamicTest> ofTheOtherOps() {
        INDArray probabilities = RandomGeometry.values(SHAPE, 3).muli(0.45).addi(0.5);
        List<DynamicTest> tests = new ArrayList<>(List.of(
                test(new AddBias(), new int[] {0, 1}, A, RandomGeometry.values(Shape.of(4), 4)),
                test(new Reshape(Shape.of(6, 4)), new int[] {0}, A),
                test(new Loss(LossFunction.MEAN_SQUARED_ERROR), new int[] {0}, A, B),
                test(new Loss(LossFunction.BINARY_CROSSENTROPY), new int[] {0}, probabilities, probabilities.rsub(1)),
                test(new Loss(LossFunction.BINARY_CROSSENTROPY_FROM_LOGITS), new int[] {0}, A.mul(5), probabilities)));
        for (FusedActivation function : FusedActivation.values()) {
            tests.add(test(new Activate(function), new int[] {0}, A));
        }
        return tests.stream();
    }

    @TestFactory
    Stream<DynamicTest> ofFunctions() {
        List<DynamicTest> tests = new ArrayList<>();
        for (UnaryFunction function : UnaryFunction.values()) {
            tests.add(test(new Unary(function), new int[] {0}, POSITIVE));
            if (!NEED_POSITIVE.contains(function)) {
                tests.add(test(new Unary(function), new int[] {0}, A));
            }
        }
        for (BinaryFunction function : BinaryFunction.values()) {
            tests.add(test(new Binary(function), new int[] {0, 1}, POSITIVE, B));
        }
        tests.add(test(new Affine(-3, 2), new int[] {0}, A));
        tests.add(test(new Clip(-0.25, 0.5), new int[] {0}, A));
        tests.add(test(new Sparsemax(), new int[] {0}, A));
        return tests.stream();
    }

    @TestFactory
    Stream<DynamicTest> ofMovementsAndReductions() {
        return Stream.of(
                test(new Transpose(List.of(2, 0, 1)), new int[] {0}, A),
                test(new Pad(List.of(1, 0, -1), List.of(0, 2, -2)), new int[] {0}, A),
                test(new Pad(List.of(-1, -1, 3), List.of(0, 2, -2)), new int[] {0}, A),
                test(new Concatenate(2), new int[] {0, 1, 2}, A, RandomGeometry.values(Shape.of(2, 3, 1), 6), B),
                test(new Sum(List.of(1)), new int[] {0}, A),
                test(new Sum(List.of(0, 2)), new int[] {0}, A),
                test(new Max(List.of(1)), new int[] {0}, A),
                test(new Max(List.of(0, 2)), new int[] {0}, A),
                test(new Broadcast(SHAPE), new int[] {0}, RandomGeometry.values(Shape.of(1, 3, 1), 7)),
                test(new Resample(1, MATRIX), new int[] {0}, A),
                test(new Resample(2, MATRIX.transposed()), new int[] {0}, A),
                test(new Gather(), new int[] {0}, TABLE, NUMBERS),
                test(new ScatterAdd(6), new int[] {1}, NUMBERS, RandomGeometry.values(Shape.of(2, 2, 3), 9)));
    }

    @TestFactory
    Stream<DynamicTest> ofPooling() {
        Axis overlapping = new Axis(5, 3, 3, 2, 1, 1);
        Axis dilated = new Axis(4, 2, 2, 1, 2, 0);
        Axis losing = new Axis(4, 1, 2, 3, 1, -1);
        return Stream.of(List.of(overlapping), List.of(overlapping, dilated), List.of(losing, overlapping, dilated))
                .map(axes -> {
                    INDArray x = RandomGeometry.values(new Geometry(axes, 3, 3, 1).large(2), 10);
                    return test(new MaxPool(axes), new int[] {0}, x);
                });
    }

    @TestFactory
    Stream<DynamicTest> ofGradients() {
        List<DynamicTest> tests = new ArrayList<>();
        for (UnaryFunction function : SLOPING) {
            tests.add(second(new Unary(function), 0, new int[] {0, 1}, POSITIVE));
        }
        for (int first = 0; first < 2; first++) {
            tests.add(second(new Binary(BinaryFunction.MULTIPLY), first, new int[] {1 - first, 2}, A, B));
            tests.add(second(new Binary(BinaryFunction.POWER), first, new int[] {0, 1, 2}, POSITIVE, B));
        }
        tests.add(second(new Binary(BinaryFunction.DIVIDE), 0, new int[] {1, 2}, A, POSITIVE));
        tests.add(second(new Binary(BinaryFunction.DIVIDE), 1, new int[] {0, 1, 2}, A, POSITIVE));
        tests.add(second(new Binary(BinaryFunction.MAXIMUM), 0, new int[] {0, 1, 2}, A, B));
        tests.add(second(new Affine(-3, 2), 0, new int[] {1}, A));
        tests.add(second(new Clip(-0.25, 0.5), 0, new int[] {0, 1}, A));
        tests.add(second(new Sparsemax(), 0, new int[] {0, 1}, A));
        tests.add(second(new Transpose(List.of(2, 0, 1)), 0, new int[] {1}, A));
        tests.add(second(new Pad(List.of(1, 0, -1), List.of(0, 2, -2)), 0, new int[] {1}, A));
        tests.add(second(new Concatenate(1), 1, new int[] {2}, A, B));
        tests.add(second(new Sum(List.of(0, 2)), 0, new int[] {1}, A));
        tests.add(second(new Max(List.of(1)), 0, new int[] {0, 1}, A));
        tests.add(second(new Broadcast(SHAPE), 0, new int[] {1}, RandomGeometry.values(Shape.of(1, 3, 1), 7)));
        tests.add(second(new Resample(1, MATRIX), 0, new int[] {1}, A));
        tests.add(second(new Gather(), 0, new int[] {2}, TABLE, NUMBERS));
        tests.add(second(new ScatterAdd(6), 1, new int[] {2}, NUMBERS, RandomGeometry.values(Shape.of(2, 2, 3), 9)));
        return tests.stream();
    }

    private static DynamicTest test(Op op, int[] by, INDArray... inputs) {
        return DynamicTest.dynamicTest(
                op.toString(), () -> FiniteDifferences.require(op.toString(), Formula.of(op), by, inputs));
    }

    /** The gradient of the gradient by one input, by these inputs; the first gradient's seed counts as the last one. */
    private static DynamicTest second(Op op, int first, int[] by, INDArray... inputs) {
        INDArray seed = RandomGeometry.values(
                Shape.of(Computation.run("reference", op, inputs).shape()), 98);
        INDArray[] all = Stream.concat(Stream.of(inputs), Stream.of(seed)).toArray(INDArray[]::new);
        String what = "%s by input %d".formatted(op, first);
        return DynamicTest.dynamicTest(
                what, () -> FiniteDifferences.require(what, Formula.of(op).gradient(first), by, all));
    }

    @Test
    void gradientsOfValuesUsedTwiceAddUp() {
        Graph graph = new Graph();
        Value x = graph.input(Shape.of(1, 2));
        Value sum =
                graph.apply(new Binary(BinaryFunction.ADD), graph.apply(new Activate(FusedActivation.LINEAR), x), x);
        Value seed = graph.input(Shape.of(1, 2));
        Value gradient = Gradients.of(sum, seed, List.of(x)).get(0);
        graph.output(gradient);
        try (transconv.engines.Program program =
                transconv.engines.Engines.named("reference").compile(graph)) {
            program.feed(seed, RandomGeometry.values(Shape.of(1, 2), 1), new int[] {0});
            program.run();
            assertEquals(RandomGeometry.values(Shape.of(1, 2), 1).mul(2), program.read(gradient));
        }
    }

    @Test
    void refusesAValueThatTheOutputDoesNotDependOn() {
        Graph graph = new Graph();
        Value x = graph.input(Shape.of(2));
        Value other = graph.input(Shape.of(2));
        Value y = graph.apply(new Activate(FusedActivation.RELU), x);
        Value seed = graph.input(Shape.of(2));
        assertThrows(IllegalArgumentException.class, () -> Gradients.of(y, seed, List.of(other)));
    }
}
