package transconv.layers;

/**
 * {@link Dropout} of whole channels: in training, a sample's channel is set to 0 at all steps, or kept at all and
 * scaled by {@code 1 / (1 - rate)}; otherwise nothing changes. Input and output (steps, channels), or with the
 * channels first. Random as Dropout is. Source: Tompson et al. (2014); Keras 3, {@code SpatialDropout1D}, without a
 * data format of its own.
 *
 * <pre>{@code
 * Layer layer = Layers.spatialDropout1D(0.2);
 * System.out.println(layer.outputShape(Shape.of(28, 3))); // (28, 3)
 * }</pre>
 */
public final class SpatialDropout1D extends SpatialDropoutLayer<SpatialDropout1D> {

    /**
     * @param rate the share of channels that is dropped, from 0 to 1; 1 drops all
     * @throws IllegalArgumentException if it is outside
     */
    public SpatialDropout1D(double rate) {
        super(1, rate);
    }

    @Override
    boolean kerasHasDataFormat() {
        return false;
    }
}
