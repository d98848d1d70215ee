package transconv.layers;

import transconv.config.Config;
import transconv.ops.Convolution;
import transconv.ops.Op;
import transconv.ops.Parameter;
import transconv.ops.Value;
import transconv.shape.Geometry;
import transconv.shape.Shape;

/**
 * A convolution over any number of axes, and the kernel that it shares with the transposed one. Input (axes...,
 * channels), output (axes'..., filters), kernel (kernel axes..., channels / groups, filters).
 *
 * @param <T> the layer's own class, so that its setters chain
 */
public abstract class ConvolutionLayer<T extends ConvolutionLayer<T>> extends KernelLayer<T> {

    private final int filters;
    private int groups = 1;
    private final WeightSettings kernelSettings = new WeightSettings("kernel", Initializers.glorotUniform());
    private Parameter kernel;

    /** @param kernelSize one number for all axes, or one an axis */
    ConvolutionLayer(int axes, int filters, int... kernelSize) {
        super(axes, kernelSize);
        this.filters = atLeast(1, "filters", filters);
    }

    /**
     * Cuts the channels into blocks: the g-th block of filters sees the g-th block of input channels and no other.
     * Divides filters and input channels; default 1.
     */
    public T groups(int groups) {
        atLeast(1, "groups", groups);
        if (filters % groups != 0) {
            throw new IllegalArgumentException(
                    "%s: groups=%d does not divide filters=%d; change one of them".formatted(label(), groups, filters));
        }
        this.groups = groups;
        return self();
    }

    /** Default glorot_uniform. */
    public T kernelInitializer(Initializer initializer) {
        requireUnbuilt("kernelInitializer");
        kernelSettings.initializer(initializer);
        return self();
    }

    /** By Keras' name: {@code "he_normal"}. */
    public T kernelInitializer(String name) {
        return kernelInitializer(Initializers.named(name));
    }

    /** Penalty on the kernel; default none. */
    public T kernelRegularizer(Regularizer regularizer) {
        requireUnbuilt("kernelRegularizer");
        kernelSettings.regularizer(regularizer);
        return self();
    }

    /** By Keras' name: {@code "l2"}. */
    public T kernelRegularizer(String name) {
        return kernelRegularizer(Regularizers.named(name));
    }

    /** What the kernel is brought back to after each step; default nothing. */
    public T kernelConstraint(Constraint constraint) {
        requireUnbuilt("kernelConstraint");
        kernelSettings.constraint(constraint);
        return self();
    }

    /** By Keras' name: {@code "max_norm"}. */
    public T kernelConstraint(String name) {
        return kernelConstraint(Constraints.named(name));
    }

    /** The geometry of the whole layer: which side the input is. */
    Geometry geometry(Shape inputShape) {
        return new Geometry(axes(inputShape), inputShape.last(), filters, groups);
    }

    /** The op that takes input and kernel. */
    Op op(Geometry geometry) {
        return new Convolution(geometry);
    }

    /** The output's shape in a geometry, batch axis included. */
    Shape output(Geometry geometry) {
        return geometry.small(1);
    }

    @Override
    Shape channelsLastShape(Shape inputShape) {
        if (inputShape.last() % groups != 0) {
            throw new IllegalArgumentException(
                    "input shape %s has %d channels, which groups=%d does not divide; use another number of groups"
                            .formatted(inputShape, inputShape.last(), groups));
        }
        return output(geometry(inputShape)).from(1);
    }

    @Override
    void makeChannelsLastWeights(Shape inputShape) {
        kernel = addWeight("kernel", geometry(inputShape).kernel(), kernelSettings);
        makeBias(filters);
    }

    @Override
    Value lowerChannelsLast(Value input, Pass pass) {
        return finish(input.graph()
                .apply(op(geometry(input.shape().from(1))), input, input.graph().parameter(kernel)));
    }

    public int filters() {
        return filters;
    }

    public int groups() {
        return groups;
    }

    @Override
    protected void describe(Config config) {
        config.with("filters", filters);
        super.describe(config);
        config.with("groups", groups);
        kernelSettings.describe(config);
    }

    @Override
    protected void configure(Config config) {
        super.configure(config);
        if (config.has("groups")) {
            groups(config.integer("groups"));
        }
        kernelSettings.configure(config);
    }
}
