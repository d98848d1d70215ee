package transconv.models;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import transconv.layers.Input;
import transconv.layers.Layer;

/**
 * The names of a model's layers. Those without one get Keras' names, conv2d, conv2d_1, conv2d_2, in the order in which
 * the layers were made. They are counted within the model and the models in it, so that a cell run twice gives the
 * same.
 */
final class LayerNames {

    private final Layer model;
    private final Set<String> taken = new HashSet<>();
    private final Map<String, Integer> counts = new HashMap<>();
    private final Set<Layer> counted = Collections.newSetFromMap(new IdentityHashMap<>());

    LayerNames(Layer model) {
        this.model = model;
    }

    /** The name that the summary shows: the model's own, or one that is counted on from the models in it. */
    static String of(Model model) {
        if (model.name() != null || !model.isBuilt()) {
            return model.label();
        }
        LayerNames names = new LayerNames(model);
        withInner(model.network().shownLayers()).stream()
                .filter(layer -> layer.creation() < model.creation())
                .forEach(names::count);
        return names.next(model);
    }

    /** Names for all; those that have one already come first. */
    void giveAll(List<Layer> layers) {
        layers.stream().filter(LayerNames::isSettled).forEach(layer -> {
            suggest(layer);
            taken.add(layer.name());
        });
        for (Layer layer : withInner(layers)) {
            if (layers.contains(layer) && !isSettled(layer)) {
                suggest(layer);
                taken.add(layer.name());
            }
            count(layer);
        }
    }

    /** In the order in which they were made, each once. */
    private static List<Layer> withInner(List<Layer> layers) {
        Set<Layer> all = Collections.newSetFromMap(new IdentityHashMap<>());
        collect(layers, all);
        List<Layer> ordered = new ArrayList<>(all);
        ordered.sort(Comparator.comparingLong(Layer::creation));
        return ordered;
    }

    private static void collect(List<Layer> layers, Set<Layer> all) {
        for (Layer layer : layers) {
            if (all.add(layer) && layer instanceof Model inner && inner.isBuilt()) {
                collect(inner.network().shownLayers(), all);
            }
        }
    }

    /** Whether the name is the layer's own or that of its first model. */
    private static boolean isSettled(Layer layer) {
        return layer.hasOwnName() || layer.name() != null && (layer.isBuilt() || layer instanceof Input);
    }

    /**
     * Tells a layer the name that it would get here.
     *
     * @throws IllegalArgumentException if it has one already, of its own or from another model, that is taken
     */
    void suggest(Layer layer) {
        if (!isSettled(layer)) {
            if (!model.hasOwnName() && model.creation() < layer.creation()) {
                count(model);
            }
            layer.suggestName(next(layer));
        } else if (taken.contains(layer.name())) {
            throw new IllegalArgumentException((layer.hasOwnName()
                            ? "%s: there is a layer '%s' already; every layer needs a name of its own"
                            : "%s: there is a layer '%s' already, and another got this name in its first model; "
                                    + "give one of them a name of its own when you make it: name(\"...\")")
                    .formatted(model.label(), layer.name()));
        }
    }

    private String next(Layer layer) {
        int number = counts.getOrDefault(layer.baseName(), 0);
        while (taken.contains(numbered(layer, number))) {
            number++;
        }
        return numbered(layer, number);
    }

    private static String numbered(Layer layer, int number) {
        return number == 0 ? layer.baseName() : layer.baseName() + "_" + number;
    }

    /** The layer has come to stay. */
    void take(Layer layer) {
        taken.add(layer.name());
        withInner(List.of(layer)).forEach(this::count);
    }

    /** The next layer of its kind gets a higher number than this and all before it. */
    private void count(Layer layer) {
        if (!counted.add(layer)) {
            return;
        }
        if (layer instanceof Sequential row) {
            // Keras draws a Functional model behind each Sequential, which takes a name like any other.
            counts.merge("functional", row.drawings(), Integer::sum);
        }
        if (!layer.hasOwnName()) {
            String number = layer.label().substring(layer.baseName().length());
            int own = number.isEmpty() ? 0 : Integer.parseInt(number.substring(1));
            counts.merge(layer.baseName(), own + 1, (before, next) -> Math.max(before + 1, next));
        }
    }
}
