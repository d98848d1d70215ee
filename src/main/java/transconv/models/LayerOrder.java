package transconv.models;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import transconv.layers.Input;
import transconv.layers.Layer;
import transconv.layers.Node;
import transconv.layers.Tensor;

/**
 * The order of a drawing's layers, inputs among them: those furthest from the outputs first, and of those equally far
 * what is met first on the way from the outputs back. Source: Keras 3, {@code map_graph}.
 */
final class LayerOrder {

    /** A layer at work, or an input; its depth is the number of steps to the furthest output. */
    private static final class Step {

        private final Layer layer;
        private final List<Step> sources;
        private int depth;

        private Step(Layer layer, List<Step> sources) {
            this.layer = layer;
            this.sources = sources;
        }
    }

    private final Map<Object, Step> steps = new LinkedHashMap<>();
    private final Map<Layer, Integer> firstMet = new HashMap<>();
    private final Map<Layer, Integer> depths = new LinkedHashMap<>();
    private final List<Layer> layers;

    LayerOrder(List<Input> inputs, List<Tensor> outputs) {
        outputs.forEach(this::visit);
        setDepths();
        for (Input input : inputs) {
            if (depths.putIfAbsent(input, 0) == null) {
                firstMet.put(input, -1);
                steps.put(input, new Step(input, List.of()));
            }
        }
        layers = depths.keySet().stream()
                .sorted(Comparator.<Layer>comparingInt(layer -> -depths.get(layer))
                        .thenComparing(firstMet::get))
                .toList();
    }

    /** A step comes after its sources into the map, but a layer is met before them. */
    private Step visit(Tensor tensor) {
        Object place = tensor instanceof Node.Output output ? output.node() : tensor;
        if (!steps.containsKey(place)) {
            Layer layer = place instanceof Node node ? node.layer() : (Input) place;
            firstMet.putIfAbsent(layer, firstMet.size());
            List<Tensor> from = place instanceof Node node ? node.inputs() : List.of();
            steps.put(place, new Step(layer, from.stream().map(this::visit).toList()));
        }
        return steps.get(place);
    }

    /** From the outputs back; a shared layer is as deep as the deepest of its steps so far. */
    private void setDepths() {
        List<Step> fromOutputs = new ArrayList<>(steps.values());
        Collections.reverse(fromOutputs);
        for (Step step : fromOutputs) {
            step.depth = depths.merge(step.layer, step.depth, Math::max);
            step.sources.forEach(source -> source.depth = Math.max(source.depth, step.depth + 1));
        }
    }

    List<Layer> layers() {
        return layers;
    }

    /** Whether each step has one source at most and a depth of its own, and no layer is shared. */
    boolean isChain() {
        return layers.size() == steps.size()
                && steps.values().stream().map(step -> step.depth).distinct().count() == steps.size()
                && steps.values().stream().allMatch(step -> step.sources.size() <= 1);
    }
}
