package transconv.models;

import java.util.Arrays;
import java.util.List;
import transconv.layers.Input;
import transconv.layers.Layer;
import transconv.layers.Tensor;

/**
 * Layers one after another. Source: Keras 3, {@code Sequential}.
 *
 * <pre>{@code
 * Sequential model = new Sequential(Layers.input(4, 4, 1), Layers.conv2DTranspose(2, 3).strides(2));
 * System.out.println(model.outputShape()); // (9, 9, 2)
 * }</pre>
 */
public final class Sequential extends Model {

    private final LayerNames names = new LayerNames(this);
    private Input input;
    private Tensor last;
    private int drawings;

    /** @param layers the first one an {@link Input}, so that every shape is known at once */
    public Sequential(Layer... layers) {
        Arrays.stream(layers).forEach(this::add);
        drawings = Math.min(drawings, 1);
    }

    /** Default {@code sequential}. */
    @Override
    public Sequential name(String name) {
        super.name(name);
        return this;
    }

    @Override
    public String type() {
        return "Sequential";
    }

    /**
     * Adds a layer and makes its weights.
     *
     * @throws IllegalArgumentException if the layer does not fit the output so far, its name is taken, or the first is
     *     no {@link Input}
     * @throws IllegalStateException    if the layer is in it already, or the model is compiled
     */
    public Sequential add(Layer layer) {
        if (isCompiled()) {
            throw new IllegalStateException(
                    "%s: the model is compiled; add all layers before compile".formatted(label()));
        }
        if (layer instanceof Input first) {
            if (input != null) {
                throw new IllegalArgumentException(
                        "%s: a second input of shape %s; a Sequential has one, as its first layer"
                                .formatted(label(), first.shape()));
            }
            input = first;
            last = first;
        } else if (input == null) {
            throw new IllegalArgumentException("%s: the first layer is %s; start with input(height, width, channels)"
                    .formatted(label(), layer.type()));
        } else {
            if (layers().contains(layer)) {
                throw new IllegalStateException("%s: the layer '%s' is in it already; add a new one, or draw a Model"
                        .formatted(label(), layer.label()));
            }
            names.suggest(layer);
            last = layer.apply(last);
            names.take(layer);
            drawings++;
        }
        network(new Network(List.of(input), List.of(last)));
        return this;
    }

    /** How often Keras would have drawn a Functional model of it: at once for a list, again for each layer added. */
    int drawings() {
        return drawings;
    }

    @Override
    List<Layer> shownLayers() {
        return layers();
    }
}
