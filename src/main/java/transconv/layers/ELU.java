package transconv.layers;

import transconv.config.Config;
import transconv.ops.Activations;
import transconv.ops.Value;

/**
 * {@code x}, below 0 {@code alpha (exp(x) - 1)}. Input and output (any axes). Source: Keras 3, {@code ELU}.
 *
 * <pre>{@code
 * Layer layer = Layers.elu(0.5);
 * System.out.println(layer.config().number("alpha")); // 0.5
 * }</pre>
 */
public final class ELU extends ActivationFunctionLayer<ELU> {

    private final double alpha;

    /** Alpha 1. */
    public ELU() {
        this(1);
    }

    /**
     * @param alpha minus the lowest value, finite
     * @throws IllegalArgumentException if it is not finite
     */
    public ELU(double alpha) {
        this.alpha = finite("alpha", alpha);
    }

    static ELU from(Config config) {
        return config.has("alpha") ? new ELU(config.number("alpha")) : new ELU();
    }

    @Override
    protected Value lower(Value input, Pass pass) {
        return Activations.elu(input, alpha);
    }

    @Override
    protected void describe(Config config) {
        config.with("alpha", alpha);
    }
}
