package transconv.layers;

import transconv.config.Config;
import transconv.ops.Activations;
import transconv.ops.Value;

/**
 * {@code x} above a threshold, cut at a largest value, and {@code negativeSlope (x - threshold)} below it. Input and
 * output (any axes). Source: Keras 3, {@code ReLU}.
 *
 * <pre>{@code
 * Layer layer = Layers.relu().maxValue(6).negativeSlope(0.1);
 * System.out.println(layer.config().number("max_value")); // 6.0
 * }</pre>
 */
public final class ReLU extends ActivationFunctionLayer<ReLU> {

    private double maxValue = Double.POSITIVE_INFINITY;
    private double negativeSlope;
    private double threshold;

    /** The output's largest value, at least 0; default none. */
    public ReLU maxValue(double maxValue) {
        this.maxValue = notNegative("maxValue", maxValue);
        return this;
    }

    /** Slope below the threshold, at least 0; default 0. */
    public ReLU negativeSlope(double negativeSlope) {
        this.negativeSlope = notNegative("negativeSlope", negativeSlope);
        return this;
    }

    /** Values above it stay as they are, at least 0; default 0. */
    public ReLU threshold(double threshold) {
        this.threshold = notNegative("threshold", threshold);
        return this;
    }

    @Override
    protected Value lower(Value input, Pass pass) {
        return Activations.relu(input, negativeSlope, maxValue, threshold);
    }

    @Override
    protected void describe(Config config) {
        config.with("max_value", maxValue == Double.POSITIVE_INFINITY ? null : maxValue)
                .with("negative_slope", negativeSlope)
                .with("threshold", threshold);
    }

    @Override
    protected void configure(Config config) {
        if (config.has("max_value")) {
            maxValue(config.number("max_value"));
        }
        if (config.has("negative_slope")) {
            negativeSlope(config.number("negative_slope"));
        }
        if (config.has("threshold")) {
            threshold(config.number("threshold"));
        }
    }
}
