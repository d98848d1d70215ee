package transconv.ops;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reverse-mode differentiation: extends a graph by the ops that compute gradients. */
public final class Gradients {

    private Gradients() {}

    /**
     * The gradients of the sum of {@code output * seed}.
     *
     * @param output what is differentiated
     * @param seed   the gradient that comes from above, of the output's shape
     * @param by     the values to differentiate by
     * @return one value for each of {@code by}, in that order, of its shape
     * @throws IllegalArgumentException if the output is not computed from one of them; one that it depends on by
     *     comparisons alone has a gradient of zeros
     */
    public static List<Value> of(Value output, Value seed, List<Value> by) {
        Graph graph = output.graph();
        Set<Value> onPath = onPath(output, new HashSet<>(by));
        Map<Value, Value> gradients = new HashMap<>();
        gradients.put(output, seed);
        for (int id = output.id(); id >= 0; id--) {
            Value value = graph.values().get(id);
            Value gradient = gradients.get(value);
            if (gradient == null || value.op() == null) {
                continue;
            }
            for (int i = 0; i < value.inputs().size(); i++) {
                Value input = value.inputs().get(i);
                if (onPath.contains(input)) {
                    Value part = value.op().gradient(value, gradient, i);
                    if (part != null) {
                        gradients.merge(input, part, Ops::add);
                    }
                }
            }
        }
        for (Value value : by) {
            if (!reaches(value, output)) {
                throw new IllegalArgumentException("Gradients: %s does not depend on %s".formatted(output, value));
            }
        }
        return by.stream()
                .map(value -> gradients.containsKey(value) ? gradients.get(value) : Ops.fill(graph, value.shape(), 0))
                .toList();
    }

    private static boolean reaches(Value from, Value output) {
        return from == output || onPath(output, Set.of(from)).contains(output);
    }

    /** The values between those to differentiate by and the output: only their gradients are worth computing. */
    private static Set<Value> onPath(Value output, Set<Value> by) {
        Set<Value> onPath = new HashSet<>(by);
        for (Value value : output.graph().values()) {
            if (value.id() <= output.id() && value.inputs().stream().anyMatch(onPath::contains)) {
                onPath.add(value);
            }
        }
        return onPath;
    }
}
