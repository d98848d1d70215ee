package transconv.layers;

/**
 * Cuts positions off the ends of each axis. Input (depth, height, width, channels), output (depth', height', width',
 * channels). Building fails where nothing is left. Source: Keras 3, {@code Cropping3D}.
 *
 * <pre>{@code
 * Layer layer = Layers.cropping3D(1, 1, 0);
 * System.out.println(layer.outputShape(Shape.of(6, 6, 4, 3))); // (4, 4, 4, 3)
 * }</pre>
 */
public final class Cropping3D extends MarginLayer<Cropping3D> {

    /** Keras' default: 1 at each end. */
    public Cropping3D() {
        this(new int[] {1});
    }

    /**
     * @param cropping one number for all ends, or one for both ends of depth, of height and of width; at least 0
     * @throws IllegalArgumentException if a number is below 0, or there are too many
     */
    public Cropping3D(int... cropping) {
        this(symmetric(cropping));
    }

    /**
     * @param cropping begin and end of depth, of height, of width; at least 0
     * @throws IllegalArgumentException if a number is below 0, or there are too many
     */
    public Cropping3D(int[]... cropping) {
        super(3, "cropping", -1, cropping);
    }
}
