package transconv.models;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import transconv.layers.Layer;

/**
 * The names of a model's layers. Those without one get Keras' names, conv2d, conv2d_1, conv2d_2, counted within the
 * model, so that a cell run twice gives the same.
 */
final class LayerNames {

    private final Layer model;
    private final Set<String> taken = new HashSet<>();

    LayerNames(Layer model) {
        this.model = model;
    }

    /** Names for all; those that have one of their own come first. */
    void giveAll(List<Layer> layers) {
        layers.stream().filter(Layer::hasOwnName).forEach(this::give);
        layers.stream().filter(layer -> !layer.hasOwnName()).forEach(this::give);
    }

    private void give(Layer layer) {
        suggest(layer);
        take(layer);
    }

    /**
     * Tells a layer the name that it would get here.
     *
     * @throws IllegalArgumentException if it has one of its own that is taken
     */
    void suggest(Layer layer) {
        if (layer.hasOwnName()) {
            if (taken.contains(layer.name())) {
                throw new IllegalArgumentException(
                        "%s: there is a layer '%s' already; every layer needs a name of its own"
                                .formatted(model.label(), layer.name()));
            }
            return;
        }
        String name = layer.baseName();
        for (int number = 1; taken.contains(name); number++) {
            name = layer.baseName() + "_" + number;
        }
        layer.suggestName(name);
    }

    /** The layer has come to stay. */
    void take(Layer layer) {
        taken.add(layer.name());
    }
}
