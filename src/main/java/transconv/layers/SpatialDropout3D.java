package transconv.layers;

/**
 * {@link Dropout} of whole channels: in training, a sample's channel is set to 0 at all voxels, or kept at all and
 * scaled by {@code 1 / (1 - rate)}; otherwise nothing changes. Input and output (depth, height, width, channels), or
 * with the channels first. Random as Dropout is. Source: Tompson et al. (2014); Keras 3, {@code SpatialDropout3D}.
 *
 * <pre>{@code
 * Layer layer = Layers.spatialDropout3D(0.2).seed(7);
 * System.out.println(layer.outputShape(Shape.of(5, 28, 20, 3))); // (5, 28, 20, 3)
 * }</pre>
 */
public final class SpatialDropout3D extends SpatialDropoutLayer<SpatialDropout3D> {

    /**
     * @param rate the share of channels that is dropped, from 0 to 1; 1 drops all
     * @throws IllegalArgumentException if it is outside
     */
    public SpatialDropout3D(double rate) {
        super(3, rate);
    }
}
