package transconv.engines;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;
import transconv.ops.Activate;
import transconv.ops.ActivateGradient;
import transconv.ops.FusedActivation;
import transconv.ops.Binary;
import transconv.ops.BinaryFunction;
import transconv.ops.AddBias;
import transconv.ops.Convolution;
import transconv.ops.Gradients;
import transconv.ops.Graph;
import transconv.ops.Op;
import transconv.ops.Parameter;
import transconv.ops.Reshape;
import transconv.ops.Value;
import transconv.shape.Geometry;
import transconv.shape.Shape;

/**
 * A simulated run over the planned buffers: each buffer holds the name of what was written last, and every op must find
 * its inputs' names where the plan says.
 */
class BufferPlanTest {

    @Test
    void everyOpFindsItsInputsAndOutputsLast() {
        int shared = 0;
        for (long seed = 0; seed < 300; seed++) {
            Graph graph = randomGraph(seed);
            BufferPlan plan = new BufferPlan(graph);
            Map<Integer, Value> content = new HashMap<>();
            long computed = 0;
            for (int run = 0; run < 2; run++) {
                for (Value value : graph.needed()) {
                    step(value, plan, content, run, "seed " + seed);
                    computed += value.parameter() == null && !(value.op() instanceof Reshape) ? 1 : 0;
                }
                for (Value output : graph.outputs()) {
                    assertEquals(
                            written(output), content.get(plan.buffer(output)), "seed " + seed + ": output " + output);
                }
            }
            shared += computed / 2 - plan.buffers();
        }
        assertTrue(shared > 300, "the plan shares buffers at all: " + shared);
    }

    private static void step(Value value, BufferPlan plan, Map<Integer, Value> content, int run, String place) {
        if (value.parameter() != null) {
            return;
        }
        assertTrue(plan.size(plan.buffer(value)) >= value.shape().elements(), place + ": too small for " + value);
        if (value.isInput()) {
            // Fed before the first run only: an input keeps what it holds.
            if (run == 0) {
                content.put(plan.buffer(value), value);
            }
            assertEquals(value, content.get(plan.buffer(value)), place);
            return;
        }
        for (int i = 0; i < value.inputs().size(); i++) {
            Value input = value.inputs().get(i);
            if (input.parameter() == null) {
                assertEquals(
                        written(input),
                        content.get(plan.buffer(input)),
                        place + ": " + value + " does not find " + input);
                if (!(value.op() instanceof Reshape) && !elementwise(value.op(), i)) {
                    assertNotEquals(
                            plan.buffer(input),
                            plan.buffer(value),
                            place + ": " + value + " writes over " + input + " while it reads");
                }
            }
        }
        if (!(value.op() instanceof Reshape)) {
            content.put(plan.buffer(value), value);
        }
    }

    /** What is in memory for a value: a reshape writes nothing. */
    private static Value written(Value value) {
        return value.op() instanceof Reshape ? written(value.inputs().get(0)) : value;
    }

    private static boolean elementwise(Op op, int input) {
        return op instanceof Binary
                || op instanceof Activate
                || op instanceof AddBias && input == 0
                || op instanceof ActivateGradient && input == 1;
    }

    /** Values of 12 elements, (3, 4) or (4, 3), joined at random, with gradients, and some of them outputs. */
    private static Graph randomGraph(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Graph graph = new Graph();
        List<Value> values = new ArrayList<>(List.of(graph.input(Shape.of(3, 4)), graph.input(Shape.of(4, 3))));
        List<Value> weights = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            Value last = values.get(random.nextInt(Math.max(0, values.size() - 3), values.size()));
            int channels = last.shape().last();
            values.add(
                    switch (random.nextInt(5)) {
                        case 0 -> graph.apply(new Activate(FusedActivation.values()[random.nextInt(5)]), last);
                        case 1 -> graph.apply(new Reshape(Shape.of(channels, 12 / channels)), last);
                        case 2 -> graph.apply(
                                new Binary(BinaryFunction.ADD),
                                last,
                                values.stream()
                                        .filter(v -> v.shape().equals(last.shape()))
                                        .findFirst()
                                        .orElseThrow());
                        case 3 -> {
                            weights.add(graph.parameter(new Parameter("bias", Nd4j.zeros(channels))));
                            yield graph.apply(new AddBias(), last, weights.get(weights.size() - 1));
                        }
                        default -> {
                            weights.add(graph.parameter(new Parameter("kernel", Nd4j.zeros(channels, channels))));
                            yield graph.apply(
                                    new Convolution(new Geometry(List.of(), channels, channels, 1)),
                                    last,
                                    weights.get(weights.size() - 1));
                        }
                    });
        }
        Value end = values.get(values.size() - 1);
        graph.output(end);
        graph.output(values.get(random.nextInt(2, values.size())));
        List<Value> reached =
                weights.stream().filter(weight -> depends(end, weight)).toList();
        if (!reached.isEmpty()) {
            Gradients.of(end, graph.input(end.shape()), reached).forEach(graph::output);
        }
        return graph;
    }

    private static boolean depends(Value value, Value on) {
        return value == on || value.inputs().stream().anyMatch(input -> depends(input, on));
    }
}
