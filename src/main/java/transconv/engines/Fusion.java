package transconv.engines;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import transconv.ops.Activate;
import transconv.ops.AddBias;
import transconv.ops.FusedActivation;
import transconv.ops.Graph;
import transconv.ops.KernelGradient;
import transconv.ops.Value;

/** Which values of a graph can be computed together. */
public final class Fusion {

    private final BufferPlan plan;
    private final Set<Value> outputs;
    private final Map<Value, List<Value>> consumers = new HashMap<>();

    public Fusion(Graph graph, BufferPlan plan) {
        this.plan = plan;
        outputs = graph.outputs();
        for (Value value : graph.needed()) {
            value.inputs().forEach(input -> consumers
                    .computeIfAbsent(input, first -> new ArrayList<>())
                    .add(value));
        }
    }

    /** The values that are computed from one. */
    public List<Value> consumers(Value value) {
        return consumers.getOrDefault(value, List.of());
    }

    /** Whether a value is read after a run. */
    public boolean isOutput(Value value) {
        return outputs.contains(value);
    }

    /**
     * What is computed together with a convolution.
     *
     * @param result the last of the values
     * @param bias   or null
     * @param values all but the convolution
     */
    public record Following(Value result, Value bias, boolean rectify, List<Value> values) {

        /** What an explanation says of it. */
        public String words() {
            return Explanation.together(bias != null, rectify);
        }
    }

    /** What can be computed together with a convolution or its transpose. */
    public Following following(Value convolution) {
        Value result = convolution;
        Value bias = null;
        boolean rectify = false;
        List<Value> values = new ArrayList<>();
        Value next = next(result);
        if (next != null
                && next.op() instanceof AddBias
                && next.inputs().get(0) == result
                && isThere(next, convolution)) {
            bias = next.inputs().get(1);
            result = next;
            values.add(next);
            next = next(result);
        }
        if (next != null && next.op() instanceof Activate activate && activate.function() == FusedActivation.RELU) {
            rectify = true;
            result = next;
            values.add(next);
        }
        return new Following(result, bias, rectify, values);
    }

    /** Whether a bias is known when the convolution runs; one may be computed from the convolution itself. */
    private static boolean isThere(Value addBias, Value convolution) {
        Value bias = BufferPlan.storage(addBias.inputs().get(1));
        return bias.op() == null || bias.id() < convolution.id();
    }

    /** The only value computed from another, where it is written over it, so that nothing else can stand there. */
    private Value next(Value value) {
        List<Value> next = consumers(value);
        boolean alone = next.size() == 1 && !outputs.contains(value);
        return alone && plan.buffer(next.get(0)) == plan.buffer(value) ? next.get(0) : null;
    }

    /**
     * The kernel's gradient that a bias' gradient can wait for, since it needs the same values, or null: as an output
     * that nothing is computed from, the bias' gradient has a buffer of its own from there on.
     */
    public Value kernelGradient(Value sums) {
        if (!outputs.contains(sums) || consumers.containsKey(sums)) {
            return null;
        }
        return consumers(sums.inputs().get(0)).stream()
                .filter(value -> value.op() instanceof KernelGradient && value.id() > sums.id())
                .findFirst()
                .orElse(null);
    }
}
