package transconv.layers;

/**
 * {@link Dropout} of whole channels: in training, a sample's channel is set to 0 at all pixels, or kept at all and
 * scaled by {@code 1 / (1 - rate)}; otherwise nothing changes. Input and output (height, width, channels), or with the
 * channels first. Random as Dropout is. Source: Tompson et al. (2014); Keras 3, {@code SpatialDropout2D}.
 *
 * <pre>{@code
 * Layer layer = Layers.spatialDropout2D(0.2).dataFormat(DataFormat.CHANNELS_FIRST);
 * System.out.println(layer.outputShape(Shape.of(3, 28, 20))); // (3, 28, 20)
 * }</pre>
 */
public final class SpatialDropout2D extends SpatialDropoutLayer<SpatialDropout2D> {

    /**
     * @param rate the share of channels that is dropped, from 0 to 1; 1 drops all
     * @throws IllegalArgumentException if it is outside
     */
    public SpatialDropout2D(double rate) {
        super(2, rate);
    }
}
