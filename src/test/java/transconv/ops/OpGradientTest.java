package transconv.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.nd4j.linalg.api.ndarray.INDArray;
import transconv.shape.Shape;

/**
 * What every op says about its gradients, on random arguments and shapes: those that it states, against differences of
 * its values in double on the reference engine. Those of gradients are in {@link FiniteDifferenceTest}.
 */
class OpGradientTest {

    private static final double STEP = 1e-5;

    @Provide
    Arbitrary<OpCase> cases() {
        return OpCases.any();
    }

    @Example
    void everyOpHasCases() {
        assertEquals(Set.of(Op.class.getPermittedSubclasses()), Set.copyOf(OpCases.ops()));
    }

    /** Along a random direction, in which every value of an input takes part. */
    @Property(tries = 2_500)
    void statedGradientsAreThoseOfDifferences(@ForAll("cases") OpCase drawn) {
        INDArray[] inputs = drawn.arrays();
        INDArray output = Computation.run("reference", drawn.op(), inputs);
        INDArray seed = RandomGeometry.values(Shape.of(output.shape()), drawn.seed() + 1);
        int[] by = drawn.stated();
        List<INDArray> gradients =
                by.length == 0 ? List.of() : Computation.gradients("reference", drawn.op(), seed, by, inputs);
        for (int i = 0; i < by.length; i++) {
            int input = by[i];
            INDArray direction = RandomGeometry.values(Shape.of(inputs[input].shape()), drawn.seed() + 2);
            double stated = dot(gradients.get(i), direction);
            double above = dot(moved(drawn.op(), inputs, input, direction.mul(STEP)), seed);
            double below = dot(moved(drawn.op(), inputs, input, direction.mul(-STEP)), seed);
            double difference = (above - below) / (2 * STEP);
            double scale = 1 + norm(gradients.get(i)) * norm(direction);
            assertTrue(Math.abs(stated - difference) <= 1e-8 * scale, () -> "by input %d: stated %s, by differences %s"
                    .formatted(input, stated, difference));
        }
    }

    @Property(tries = 1_000)
    void otherGradientsAreNoneOrRefused(@ForAll("cases") OpCase drawn) {
        Graph graph = new Graph();
        List<Value> inputs =
                drawn.inputs().stream().map(input -> graph.input(input.shape())).toList();
        Value output = graph.apply(drawn.op(), inputs.toArray(Value[]::new));
        Value seed = graph.input(output.shape());
        for (int i = 0; i < inputs.size(); i++) {
            int input = i;
            switch (drawn.inputs().get(i).slope()) {
                case NONE -> assertNull(drawn.op().gradient(output, seed, i));
                case REFUSED -> assertThrows(
                        UnsupportedOperationException.class, () -> drawn.op().gradient(output, seed, input));
                case STATED -> {
                    Value stated = drawn.op().gradient(output, seed, i);
                    assertTrue(stated == null
                            || stated.shape().equals(inputs.get(input).shape()));
                }
            }
        }
    }

    private static INDArray moved(Op op, INDArray[] inputs, int input, INDArray by) {
        INDArray[] moved = Stream.of(inputs).toArray(INDArray[]::new);
        moved[input] = inputs[input].add(by);
        return Computation.run("reference", op, moved);
    }

    private static double dot(INDArray a, INDArray b) {
        return a.mul(b).sumNumber().doubleValue();
    }

    private static double norm(INDArray values) {
        return values.norm2Number().doubleValue();
    }
}
