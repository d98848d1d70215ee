package transconv.models;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import transconv.config.Config;
import transconv.layers.Input;
import transconv.layers.Layer;
import transconv.layers.Node;
import transconv.layers.Tensor;

/**
 * A model's layers and connections as Keras writes them. A tensor is {@code [layer, application, output]}, both counted
 * from 0 within the model; Keras writes the same three as {@code keras_history}, but in {@code output_layers} it counts
 * the applications of nested functional models from 1. A layer that is in several models of
 * one nest is described where it comes first; all its entries carry one {@code shared_object_id}. Source: Keras 3,
 * {@code Functional.get_config}, {@code Sequential.get_config}.
 */
final class ModelDescription {

    static final String SHARED = "shared_object_id";

    private final Map<Layer, Integer> uses = new IdentityHashMap<>();
    private final Map<Layer, Integer> described = new IdentityHashMap<>();

    private ModelDescription(Model model) {
        count(model);
    }

    private void count(Model model) {
        for (Layer layer : model.layers()) {
            if (uses.merge(layer, 1, Integer::sum) == 1 && layer instanceof Model inner) {
                count(inner);
            }
        }
    }

    /**
     * Adds layers and connections to a model's configuration.
     *
     * @throws IllegalArgumentException if two layers have one name
     */
    static void describe(Model model, Config config) {
        new ModelDescription(model).add(model, config);
    }

    private void add(Model model, Config config) {
        if (model instanceof Sequential) {
            config.with("layers", row(model));
            return;
        }
        Network network = model.network();
        List<Layer> layers = new ArrayList<>(network.inputs());
        layers.addAll(network.layers());
        requireDistinctNames(model, layers);
        List<Map<String, Object>> entries = new ArrayList<>();
        for (Layer layer : layers) {
            Map<String, Object> entry = entry(layer);
            entry.put("name", layer.label());
            entry.put(
                    "inbound_nodes",
                    network.applications(layer).stream()
                            .map(node -> references(network, node.inputs()))
                            .toList());
            entries.add(entry);
        }
        config.with("layers", entries)
                .with("input_layers", ends(references(network, network.inputs())))
                .with("output_layers", ends(references(network, network.outputs())));
    }

    private List<Map<String, Object>> row(Model model) {
        if (!model.isBuilt()) {
            return List.of();
        }
        List<Layer> layers = new ArrayList<>(model.network().inputs());
        layers.addAll(model.layers());
        return layers.stream().map(this::entry).toList();
    }

    private Map<String, Object> entry(Layer layer) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("class_name", layer.className());
        if (uses.getOrDefault(layer, 1) == 1 || !described.containsKey(layer)) {
            entry.put("config", config(layer).values());
        }
        if (uses.getOrDefault(layer, 1) > 1) {
            entry.put(SHARED, described.computeIfAbsent(layer, first -> described.size()));
        }
        return entry;
    }

    private Config config(Layer layer) {
        if (layer instanceof Model inner) {
            Config config = Config.of(inner.type()).with("name", inner.label()).with("trainable", inner.isTrainable());
            add(inner, config);
            return config;
        }
        return layer.config();
    }

    /** As Keras writes them: one alone stands without a list around it. */
    private static List<?> ends(List<List<Object>> references) {
        return references.size() == 1 ? references.get(0) : references;
    }

    private static List<List<Object>> references(Network network, List<? extends Tensor> tensors) {
        return tensors.stream().map(tensor -> reference(network, tensor)).toList();
    }

    private static List<Object> reference(Network network, Tensor tensor) {
        if (tensor instanceof Node.Output output) {
            Layer layer = output.node().layer();
            return List.of(layer.label(), network.applications(layer).indexOf(output.node()), output.index());
        }
        return List.of(((Input) tensor).label(), 0, 0);
    }

    private static void requireDistinctNames(Model model, List<Layer> layers) {
        List<String> names = new ArrayList<>();
        for (Layer layer : layers) {
            if (names.contains(layer.label())) {
                throw new IllegalArgumentException(
                        "%s: two layers are named '%s', and cannot be told apart; give one a name of its own: name(\"...\")"
                                .formatted(model.label(), layer.label()));
            }
            names.add(layer.label());
        }
    }
}
