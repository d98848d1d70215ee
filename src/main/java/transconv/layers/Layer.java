package transconv.layers;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import transconv.ops.Parameter;
import transconv.ops.Value;
import transconv.shape.Shape;

/**
 * A layer: configuration, shapes and weights. It is configured by its setters, built once for an input shape, and then
 * lowers itself to ops. Shapes leave the batch axis out.
 */
public abstract class Layer {

    private final List<Parameter> parameters = new ArrayList<>();
    private String name;
    private Shape inputShape;
    private Shape outputShape;

    /** The layer's class as Keras names it: {@code Conv2DTranspose}. */
    public String type() {
        return getClass().getSimpleName();
    }

    /** The name, or null while neither {@link #name(String)} nor a model has given one. */
    public final String name() {
        return name;
    }

    /** Keras' base of automatic names: {@code conv2d_transpose}. */
    public String baseName() {
        return type().replaceAll("(.)([A-Z][a-z0-9]+)", "$1_$2")
                .replaceAll("([a-z])([A-Z])", "$1_$2")
                .toLowerCase(Locale.ROOT);
    }

    /** @param name unique within a model */
    public Layer name(String name) {
        requireUnbuilt("name");
        if (name == null || name.isBlank()) {
            throw new IllegalArgumentException("%s: the name is blank; give one or leave it out".formatted(type()));
        }
        this.name = name;
        return this;
    }

    /**
     * Makes the weights for an input shape.
     *
     * @throws IllegalArgumentException if the layer cannot take that input
     * @throws IllegalStateException    if the layer is built already
     */
    public final void build(Shape inputShape) {
        requireUnbuilt("build");
        Shape output;
        try {
            output = outputShape(inputShape);
        } catch (IllegalArgumentException cause) {
            throw new IllegalArgumentException("%s: %s".formatted(label(), cause.getMessage()), cause);
        }
        makeWeights(inputShape);
        this.inputShape = inputShape;
        this.outputShape = output;
    }

    public final boolean isBuilt() {
        return outputShape != null;
    }

    public final Shape inputShape() {
        requireBuilt();
        return inputShape;
    }

    public final Shape outputShape() {
        requireBuilt();
        return outputShape;
    }

    /** The weights in Keras' order, kernel before bias. */
    public final List<Parameter> parameters() {
        return Collections.unmodifiableList(parameters);
    }

    /** Number of weights. */
    public final long parameterCount() {
        return parameters.stream()
                .mapToLong(parameter -> parameter.shape().elements())
                .sum();
    }

    /**
     * The output's shape for an input's, without building.
     *
     * @throws IllegalArgumentException if the layer cannot take that input
     */
    public abstract Shape outputShape(Shape inputShape);

    /** Makes the weights by {@link #addWeight}; a layer without weights has nothing to do. */
    protected void makeWeights(Shape inputShape) {}

    /** The output of a built layer in the input's graph; the batch axis comes first. */
    public abstract Value lower(Value input);

    protected final Parameter addWeight(String weightName, Shape shape, Initializer initializer) {
        Parameter parameter = new Parameter(
                label() + "/" + weightName, initializer.values(shape, "%s/%s".formatted(label(), weightName)));
        parameters.add(parameter);
        return parameter;
    }

    /** The name for messages: the layer's own, or its base name. */
    protected final String label() {
        return name != null ? name : baseName();
    }

    protected final void requireUnbuilt(String what) {
        if (isBuilt()) {
            throw new IllegalStateException(
                    "%s: %s comes too late, the layer is built; configure it before it goes into a model"
                            .formatted(label(), what));
        }
    }

    private void requireBuilt() {
        if (!isBuilt()) {
            throw new IllegalStateException(
                    "%s: not built yet; put it into a model that has an input shape".formatted(label()));
        }
    }

    /** For messages: fails unless the value is at least the least. */
    protected final int atLeast(int least, String argument, int value) {
        requireUnbuilt(argument);
        if (value < least) {
            throw new IllegalArgumentException(
                    "%s: %s=%d must be at least %d".formatted(label(), argument, value, least));
        }
        return value;
    }
}
