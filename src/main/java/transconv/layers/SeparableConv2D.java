package transconv.layers;

import java.util.List;
import transconv.config.Config;
import transconv.ops.Convolution;
import transconv.ops.Parameter;
import transconv.ops.Value;
import transconv.shape.Axis;
import transconv.shape.Geometry;
import transconv.shape.Shape;

/**
 * 2-D depthwise separable convolution: each channel by itself first, then a convolution of one pixel that mixes the
 * channels. Input (height, width, channels), output (height', width', filters), depthwise kernel (kernel height, kernel
 * width, channels, depthMultiplier), pointwise kernel (1, 1, channels * depthMultiplier, filters). Source: Keras 3,
 * {@code SeparableConv2D}; explicit padding and {@link Rule} are ours.
 *
 * <pre>{@code
 * Layer layer = Layers.separableConv2D(16, 3).padding(Padding.SAME);
 * System.out.println(layer.outputShape(Shape.of(28, 28, 8))); // (28, 28, 16)
 * }</pre>
 */
public final class SeparableConv2D extends DepthwiseLayer<SeparableConv2D> {

    private final int filters;
    private final WeightSettings pointwiseSettings = new WeightSettings("pointwise", Initializers.glorotUniform());
    private Parameter pointwiseKernel;

    /**
     * @param filters    output channels, at least 1
     * @param kernelSize one number, or height and width; at least 1
     * @throws IllegalArgumentException if a number is out of range
     */
    public SeparableConv2D(int filters, int... kernelSize) {
        super(2, kernelSize);
        this.filters = atLeast(1, "filters", filters);
    }

    /** Of the pointwise kernel; default glorot_uniform. */
    public SeparableConv2D pointwiseInitializer(Initializer initializer) {
        requireUnbuilt("pointwiseInitializer");
        pointwiseSettings.initializer(initializer);
        return this;
    }

    /** By Keras' name: {@code "he_normal"}. */
    public SeparableConv2D pointwiseInitializer(String name) {
        return pointwiseInitializer(Initializers.named(name));
    }

    /** Penalty on the pointwise kernel; default none. */
    public SeparableConv2D pointwiseRegularizer(Regularizer regularizer) {
        requireUnbuilt("pointwiseRegularizer");
        pointwiseSettings.regularizer(regularizer);
        return this;
    }

    /** By Keras' name: {@code "l2"}. */
    public SeparableConv2D pointwiseRegularizer(String name) {
        return pointwiseRegularizer(Regularizers.named(name));
    }

    /** What the pointwise kernel is brought back to after each step; default nothing. */
    public SeparableConv2D pointwiseConstraint(Constraint constraint) {
        requireUnbuilt("pointwiseConstraint");
        pointwiseSettings.constraint(constraint);
        return this;
    }

    /** By Keras' name: {@code "max_norm"}. */
    public SeparableConv2D pointwiseConstraint(String name) {
        return pointwiseConstraint(Constraints.named(name));
    }

    private Geometry pointwise(Shape between) {
        List<Axis> axes = List.of(pixel(between.size(0)), pixel(between.size(1)));
        return new Geometry(axes, between.last(), filters, 1);
    }

    private static Axis pixel(int size) {
        return new Axis(size, size, 1, 1, 1, 0);
    }

    @Override
    Shape channelsLastShape(Shape inputShape) {
        return depthwise(inputShape).small(1).from(1).withLast(filters);
    }

    @Override
    void makeChannelsLastWeights(Shape inputShape) {
        makeDepthwiseKernel("depthwise_kernel", inputShape);
        pointwiseKernel = addWeight(
                "pointwise_kernel",
                pointwise(depthwise(inputShape).small(1).from(1)).kernel(),
                pointwiseSettings);
        makeBias(filters);
    }

    @Override
    Value lowerChannelsLast(Value input, Pass pass) {
        Value between = depthwise(input);
        Convolution mixed = new Convolution(pointwise(between.shape().from(1)));
        return finish(input.graph().apply(mixed, between, input.graph().parameter(pointwiseKernel)));
    }

    public int filters() {
        return filters;
    }

    @Override
    protected void describe(Config config) {
        config.with("filters", filters);
        super.describe(config);
        pointwiseSettings.describe(config);
    }

    @Override
    protected void configure(Config config) {
        super.configure(config);
        pointwiseSettings.configure(config);
    }
}
