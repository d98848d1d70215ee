package transconv.engines.onednn;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import transconv.engines.Fusion;
import transconv.engines.Precision;
import transconv.ops.ActivateGradient;
import transconv.ops.Convolution;
import transconv.ops.FusedActivation;
import transconv.ops.Graph;
import transconv.ops.KernelGradient;
import transconv.ops.SumPositions;
import transconv.ops.TransposedConvolution;
import transconv.ops.Value;

/**
 * In which numbers each value is kept: bfloat16 is what lies between convolutions, and between their gradients, where
 * nothing else reads it. Everything else is float.
 */
final class ValuePrecisions {

    private final Fusion fusion;
    private final Set<Value> halves = new HashSet<>();
    /** For what is computed together with a convolution: the last of it, whose memory it has. */
    private final Map<Value, Value> results = new HashMap<>();

    ValuePrecisions(Graph graph, Fusion fusion, Precision products) {
        this.fusion = fusion;
        if (products == Precision.FLOAT32) {
            return;
        }
        List<Value> order = graph.needed();
        for (Value value : order) {
            if (isContraction(value)) {
                Fusion.Following after = fusion.following(value);
                results.put(value, after.result());
                after.values().forEach(next -> results.put(next, after.result()));
                halves.add(after.result());
            } else if (isRectifiersGradient(value)) {
                halves.add(value);
            }
        }
        // One that is read as float makes float of a rectifier's others, so again until nothing changes.
        while (halves.removeIf(value -> !fits(value))) {
            halves.removeIf(value -> isRectifiersGradient(value) && !halves.containsAll(value.inputs()));
        }
    }

    Precision of(Value value) {
        return halves.contains(results.getOrDefault(value, value)) ? Precision.BFLOAT16 : Precision.FLOAT32;
    }

    private boolean fits(Value value) {
        boolean gradientOfHalves = !isRectifiersGradient(value) || halves.containsAll(value.inputs());
        return gradientOfHalves
                && !fusion.isOutput(value)
                && fusion.consumers(value).stream().allMatch(consumer -> reads(consumer, value));
    }

    private boolean reads(Value consumer, Value value) {
        if (isContraction(consumer)) {
            return consumer.inputs().get(1) != value;
        }
        return consumer.op() instanceof KernelGradient
                || consumer.op() instanceof SumPositions
                || isRectifiersGradient(consumer) && halves.contains(consumer);
    }

    private static boolean isContraction(Value value) {
        return value.op() instanceof Convolution || value.op() instanceof TransposedConvolution;
    }

    private static boolean isRectifiersGradient(Value value) {
        return value.op() instanceof ActivateGradient gradient && gradient.function() == FusedActivation.RELU;
    }
}
