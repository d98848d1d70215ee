package transconv.layers;

import transconv.config.Config;
import transconv.ops.Value;
import transconv.shape.Shape;

/**
 * Gives its input back as it is, and adds to the loss {@code l1 sum(|x|) + l2 sum(x²)} over a sample's values, in the
 * mean over the batch. Input and output (any axes). Source: Keras 3, {@code ActivityRegularization}.
 *
 * <pre>{@code
 * Layer layer = Layers.activityRegularization().l1(0.01);
 * System.out.println(layer.config().number("l1") + " " + layer.config().number("l2")); // 0.01 0.0
 * }</pre>
 */
public final class ActivityRegularization extends Layer {

    private double l1;
    private double l2;

    /**
     * The factor of absolute values; default 0.
     *
     * @throws IllegalArgumentException if it is below 0 or not finite
     */
    public ActivityRegularization l1(double l1) {
        this.l1 = factor("l1", l1);
        return this;
    }

    /**
     * The factor of squares; default 0.
     *
     * @throws IllegalArgumentException if it is below 0 or not finite
     */
    public ActivityRegularization l2(double l2) {
        this.l2 = factor("l2", l2);
        return this;
    }

    private double factor(String argument, double value) {
        requireUnbuilt(argument);
        return Regularizers.factor(label(), argument, value);
    }

    @Override
    public ActivityRegularization name(String name) {
        super.name(name);
        return this;
    }

    @Override
    public Shape outputShape(Shape inputShape) {
        return inputShape;
    }

    @Override
    protected Value lower(Value input, Pass pass) {
        if (l1 > 0 || l2 > 0) {
            pass.penalty(Regularizers.l1l2(l1, l2).ofSamples(input));
        }
        return input;
    }

    @Override
    protected void describe(Config config) {
        config.with("l1", l1).with("l2", l2);
    }

    @Override
    protected void configure(Config config) {
        if (config.has("l1")) {
            l1(config.number("l1"));
        }
        if (config.has("l2")) {
            l2(config.number("l2"));
        }
    }
}
