package transconv.layers;

import java.util.Arrays;
import transconv.config.Config;
import transconv.ops.Convolution;
import transconv.ops.Parameter;
import transconv.ops.Reshape;
import transconv.ops.Value;
import transconv.shape.Geometry;
import transconv.shape.Shape;

/**
 * A convolution of each channel by itself: as many groups as channels, depthMultiplier filters each.
 *
 * @param <T> the layer's own class, so that its setters chain
 */
abstract class DepthwiseLayer<T extends DepthwiseLayer<T>> extends KernelLayer<T> {

    private int depthMultiplier = 1;
    private final WeightSettings depthwiseSettings = new WeightSettings("depthwise", Initializers.glorotUniform());
    private Parameter kernel;

    DepthwiseLayer(int axes, int... kernelSize) {
        super(axes, kernelSize);
    }

    /** Filters a channel; at least 1, default 1. */
    public T depthMultiplier(int depthMultiplier) {
        this.depthMultiplier = atLeast(1, "depthMultiplier", depthMultiplier);
        return self();
    }

    /** Of the depthwise kernel; default glorot_uniform. */
    public T depthwiseInitializer(Initializer initializer) {
        requireUnbuilt("depthwiseInitializer");
        depthwiseSettings.initializer(initializer);
        return self();
    }

    /** By Keras' name: {@code "he_normal"}. */
    public T depthwiseInitializer(String name) {
        return depthwiseInitializer(Initializers.named(name));
    }

    /** Penalty on the depthwise kernel; default none. */
    public T depthwiseRegularizer(Regularizer regularizer) {
        requireUnbuilt("depthwiseRegularizer");
        depthwiseSettings.regularizer(regularizer);
        return self();
    }

    /** By Keras' name: {@code "l2"}. */
    public T depthwiseRegularizer(String name) {
        return depthwiseRegularizer(Regularizers.named(name));
    }

    /** What the depthwise kernel is brought back to after each step; default nothing. */
    public T depthwiseConstraint(Constraint constraint) {
        requireUnbuilt("depthwiseConstraint");
        depthwiseSettings.constraint(constraint);
        return self();
    }

    /** By Keras' name: {@code "max_norm"}. */
    public T depthwiseConstraint(String name) {
        return depthwiseConstraint(Constraints.named(name));
    }

    /** Keras' documents rule it out, but Keras computes it. */
    @Override
    boolean takesStridesWithDilation() {
        return true;
    }

    /** The depthwise step's geometry; its small side is the output. */
    final Geometry depthwise(Shape inputShape) {
        int channels = inputShape.last();
        return new Geometry(axes(inputShape), channels, Math.multiplyExact(channels, depthMultiplier), channels);
    }

    final void makeDepthwiseKernel(String name, Shape inputShape) {
        int[] sizes = Arrays.copyOf(kernelSize(), axes() + 2);
        sizes[axes()] = inputShape.last();
        sizes[axes() + 1] = depthMultiplier;
        kernel = addWeight(name, Shape.of(sizes), depthwiseSettings);
    }

    final Value depthwise(Value input) {
        Geometry geometry = depthwise(input.shape().from(1));
        // Keras (kernel axes..., channels, multiplier) -> grouped (kernel axes..., 1, channels * multiplier): the same
        // order in memory.
        Value grouped = input.graph()
                .apply(new Reshape(geometry.kernel()), input.graph().parameter(kernel));
        return input.graph().apply(new Convolution(geometry), input, grouped);
    }

    @Override
    protected void describe(Config config) {
        super.describe(config);
        config.with("depth_multiplier", depthMultiplier);
        depthwiseSettings.describe(config);
    }

    @Override
    protected void configure(Config config) {
        super.configure(config);
        if (config.has("depth_multiplier")) {
            depthMultiplier(config.integer("depth_multiplier"));
        }
        depthwiseSettings.configure(config);
    }
}
