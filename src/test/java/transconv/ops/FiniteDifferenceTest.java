package transconv.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.nd4j.linalg.api.ndarray.INDArray;
import transconv.Closeness;
import transconv.shape.Shape;

/**
 * The gradient that every op states, against differences of its values, in double precision on the reference engine.
 */
class FiniteDifferenceTest {

    private static final double STEP = 1e-5;

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
        Shape shape = Shape.of(2, 3, 4);
        INDArray a = RandomGeometry.values(shape, 1);
        INDArray b = RandomGeometry.values(shape, 2);
        INDArray probabilities = RandomGeometry.values(shape, 3).muli(0.45).addi(0.5);
        List<DynamicTest> tests = new ArrayList<>(List.of(
                test(new AddBias(), new int[] {0, 1}, a, RandomGeometry.values(Shape.of(4), 4)),
                test(new Binary(BinaryFunction.ADD), new int[] {0, 1}, a, b),
                test(new Reshape(Shape.of(6, 4)), new int[] {0}, a),
                test(new Loss(LossFunction.MEAN_SQUARED_ERROR), new int[] {0}, a, b),
                test(new Loss(LossFunction.BINARY_CROSSENTROPY), new int[] {0}, probabilities, probabilities.rsub(1)),
                test(new Loss(LossFunction.BINARY_CROSSENTROPY_FROM_LOGITS), new int[] {0}, a.mul(5), probabilities)));
        for (Activation function : Activation.values()) {
            tests.add(test(new Activate(function), new int[] {0}, a));
        }
        return tests.stream();
    }

    private static DynamicTest test(Op op, int[] by, INDArray... inputs) {
        return DynamicTest.dynamicTest(op.toString(), () -> {
            INDArray seed = RandomGeometry.values(
                    Shape.of(Computation.run("reference", op, inputs).shape()), 99);
            List<INDArray> gradients = Computation.gradients("reference", op, seed, by, inputs);
            Closeness closeness = new Closeness();
            for (int i = 0; i < by.length; i++) {
                INDArray input = inputs[by[i]];
                double[] slopes = new double[(int) Math.min(input.length(), 12)];
                double[] stated = new double[slopes.length];
                for (int j = 0; j < slopes.length; j++) {
                    long at = j * input.length() / slopes.length;
                    double above = sumAt(op, seed, input, at, STEP, inputs);
                    double below = sumAt(op, seed, input, at, -STEP, inputs);
                    slopes[j] = (above - below) / (2 * STEP);
                    stated[j] = gradients.get(i).data().getDouble(at);
                }
                // Multilinear ops are exact but for rounding; a scale of 1 is added so that gradients of zero may be
                // rounded too.
                closeness.require(op + " by input " + by[i], withOne(slopes), withOne(stated), 1e-8);
            }
        });
    }

    private static double sumAt(Op op, INDArray seed, INDArray input, long at, double step, INDArray... inputs) {
        double kept = input.data().getDouble(at);
        input.data().put(at, kept + step);
        try {
            return Computation.run("reference", op, inputs)
                    .mul(seed)
                    .sumNumber()
                    .doubleValue();
        } finally {
            input.data().put(at, kept);
        }
    }

    private static double[] withOne(double[] values) {
        double[] longer = java.util.Arrays.copyOf(values, values.length + 1);
        longer[values.length] = 1;
        return longer;
    }

    @Test
    void gradientsOfValuesUsedTwiceAddUp() {
        Graph graph = new Graph();
        Value x = graph.input(Shape.of(1, 2));
        Value sum = graph.apply(new Binary(BinaryFunction.ADD), graph.apply(new Activate(Activation.LINEAR), x), x);
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
        Value y = graph.apply(new Activate(Activation.RELU), x);
        Value seed = graph.input(Shape.of(2));
        assertThrows(IllegalArgumentException.class, () -> Gradients.of(y, seed, List.of(other)));
    }
}
