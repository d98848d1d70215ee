package transconv.layers;

import transconv.config.Config;
import transconv.ops.Activations;
import transconv.ops.Value;

/**
 * {@code x}, below 0 {@code negativeSlope x}. Input and output (any axes). Source: Keras 3, {@code LeakyReLU}.
 *
 * <pre>{@code
 * Layer layer = Layers.leakyRelu(0.2);
 * System.out.println(layer.config().number("negative_slope")); // 0.2
 * }</pre>
 */
public final class LeakyReLU extends ActivationFunctionLayer<LeakyReLU> {

    /** Keras' default; that of the activation function {@code leaky_relu} is 0.2. */
    private static final double DEFAULT = 0.3;

    private final double negativeSlope;

    /** Slope 0.3 below 0. */
    public LeakyReLU() {
        this(DEFAULT);
    }

    /**
     * @param negativeSlope slope below 0, at least 0
     * @throws IllegalArgumentException if it is below 0 or not finite
     */
    public LeakyReLU(double negativeSlope) {
        this.negativeSlope = notNegative("negativeSlope", negativeSlope);
    }

    static LeakyReLU from(Config config) {
        return config.has("negative_slope") ? new LeakyReLU(config.number("negative_slope")) : new LeakyReLU();
    }

    @Override
    protected Value lower(Value input, Pass pass) {
        return Activations.leakyRelu(input, negativeSlope);
    }

    @Override
    protected void describe(Config config) {
        config.with("negative_slope", negativeSlope);
    }
}
