package transconv.layers;

import transconv.config.Config;
import transconv.ops.Ops;
import transconv.ops.Value;
import transconv.shape.Shape;

/**
 * Brings the values along some axes of each sample to mean 0 and standard deviation 1, then scales by gamma and shifts
 * by beta. Input and output (any axes); weights gamma and beta (those axes). Training and inference are the same.
 * Source: Ba, Kiros and Hinton (2016); Keras 3, {@code LayerNormalization}.
 *
 * <pre>{@code
 * Layer layer = Layers.layerNormalization().axis(1, 2, 3);
 * layer.build(Shape.of(4, 4, 8));
 * System.out.println(layer.parameterCount()); // 256
 * }</pre>
 */
public final class LayerNormalization extends NormalizationLayer<LayerNormalization> {

    private FeatureAxes axis = new FeatureAxes(this, -1);
    private boolean rmsScaling;

    /**
     * Along which to take mean and variance, and which gamma and beta have; default -1.
     *
     * @param axis from 1, the first behind the batch axis, or from -1, the last, downwards
     * @throws IllegalArgumentException if one is 0, or there is none
     */
    public LayerNormalization axis(int... axis) {
        requireUnbuilt("axis");
        this.axis = new FeatureAxes(this, axis);
        return this;
    }

    /**
     * Only divides by the standard deviation and scales by gamma, without subtracting the mean and without beta;
     * default false. Keras keeps it for models of old; {@link RMSNormalization} divides by the root mean square.
     */
    public LayerNormalization rmsScaling(boolean rmsScaling) {
        requireUnbuilt("rmsScaling");
        this.rmsScaling = rmsScaling;
        return this;
    }

    @Override
    boolean hasGamma() {
        return rmsScaling || super.hasGamma();
    }

    @Override
    boolean hasBeta() {
        return !rmsScaling && super.hasBeta();
    }

    @Override
    public Shape outputShape(Shape inputShape) {
        axis.positions(inputShape.rank() + 1);
        return inputShape;
    }

    @Override
    protected void makeWeights(Shape inputShape) {
        makeScaleAndOffset(axis.sizes(inputShape));
    }

    @Override
    protected Value lower(Value input, Pass pass) {
        int[] axes = axis.positions(input.shape().rank());
        Shape weights = axis.alone(input.shape());
        Value centred = centred(input, Ops.mean(input, axes));
        Value scaled = scaled(rmsScaling ? input : centred, variance(centred, axes), weights);
        return shifted(scaled, weights);
    }

    @Override
    protected void describe(Config config) {
        axis.describe(config);
        super.describe(config);
        config.with("rms_scaling", rmsScaling);
    }

    @Override
    protected void configure(Config config) {
        if (config.has("axis")) {
            axis = FeatureAxes.from(this, config);
        }
        super.configure(config);
        if (config.has("rms_scaling")) {
            rmsScaling(config.truth("rms_scaling"));
        }
    }
}
