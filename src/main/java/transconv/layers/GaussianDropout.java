package transconv.layers;

import transconv.config.Config;
import transconv.ops.Ops;
import transconv.ops.Value;

/**
 * In training, multiplies each value by a normal number of mean 1 and deviation {@code sqrt(rate / (1 - rate))}, which
 * is the deviation of {@link Dropout}'s factor; otherwise it changes nothing. Input and output (any axes). Random as
 * Dropout is. Source: Srivastava et al. (2014); Keras 3, {@code GaussianDropout}.
 *
 * <pre>{@code
 * Layer layer = Layers.gaussianDropout(0.2);
 * System.out.println(layer.outputShape(Shape.of(28, 20, 3))); // (28, 20, 3)
 * }</pre>
 */
public final class GaussianDropout extends NoiseLayer<GaussianDropout> {

    private final double rate;

    /**
     * @param rate at least 0 and below 1; Keras takes 1 as well, and then cannot train
     * @throws IllegalArgumentException if it is outside
     */
    public GaussianDropout(double rate) {
        super(Noise.Distribution.NORMAL);
        this.rate = NoiseSettings.belowOne(label(), "rate", rate);
    }

    @Override
    boolean isNoisy() {
        return rate > 0;
    }

    @Override
    Value noisy(Value input, Pass pass) {
        return Ops.multiply(input, Ops.affine(noise.draw(input.shape(), pass), Math.sqrt(rate / (1 - rate)), 1));
    }

    @Override
    protected void describe(Config config) {
        config.with("rate", rate);
        super.describe(config);
    }
}
