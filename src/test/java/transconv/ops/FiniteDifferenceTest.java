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
import transconv.shape.Shape;

/**
 * The gradients of gradients, against differences of theirs, in double precision on the reference engine; those of
 * values are in {@link OpGradientTest}.
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

    /** All but SIGN, whose gradient is zeros that depend on nothing. */
    private static final Set<UnaryFunction> SLOPING = EnumSet.complementOf(EnumSet.of(UnaryFunction.SIGN));

    /** From 1 to 2, where logarithms, roots and powers are smooth. */
    private static final INDArray POSITIVE =
            RandomGeometry.values(SHAPE, 5).muli(0.5).addi(1.5);

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
