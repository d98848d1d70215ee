package transconv.layers;

import transconv.config.Config;

/**
 * Repeats each step. Input (steps, channels), output (size · steps, channels). Source: Keras 3, {@code UpSampling1D}
 * (channels last alone).
 *
 * <pre>{@code
 * Layer layer = Layers.upSampling1D(3);
 * System.out.println(layer.outputShape(Shape.of(4, 2))); // (12, 2)
 * }</pre>
 */
public final class UpSampling1D extends UpSamplingLayer<UpSampling1D> {

    /** Keras' default: size 2. */
    public UpSampling1D() {
        this(2);
    }

    /**
     * @param size output steps an input step, at least 1
     * @throws IllegalArgumentException if the size is below 1
     */
    public UpSampling1D(int size) {
        super(1, size);
    }

    @Override
    protected void describe(Config config) {
        super.describe(config);
        config.with("size", size()[0]);
    }

    @Override
    boolean kerasHasDataFormat() {
        return false;
    }
}
