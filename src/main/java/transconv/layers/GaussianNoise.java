package transconv.layers;

import transconv.config.Config;
import transconv.ops.Ops;
import transconv.ops.Value;

/**
 * In training, adds to each value a normal number of mean 0; otherwise it changes nothing. As the first layer of an
 * autoencoder it makes a denoising one. Input and output (any axes). Random as {@link Dropout} is. Source: Keras 3,
 * {@code GaussianNoise}.
 *
 * <pre>{@code
 * Layer layer = Layers.gaussianNoise(0.1).seed(7);
 * System.out.println(layer.config().number("stddev")); // 0.1
 * }</pre>
 */
public final class GaussianNoise extends NoiseLayer<GaussianNoise> {

    private final double stddev;

    /**
     * @param stddev the noise's standard deviation, from 0 to 1
     * @throws IllegalArgumentException if it is outside
     */
    public GaussianNoise(double stddev) {
        super(Noise.Distribution.NORMAL);
        this.stddev = NoiseSettings.fromZeroToOne(label(), "stddev", stddev);
    }

    @Override
    boolean isNoisy() {
        return stddev > 0;
    }

    @Override
    Value noisy(Value input, Pass pass) {
        return Ops.add(input, Ops.affine(noise.draw(input.shape(), pass), stddev, 0));
    }

    @Override
    protected void describe(Config config) {
        config.with("stddev", stddev);
        super.describe(config);
    }
}
