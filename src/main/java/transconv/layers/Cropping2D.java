package transconv.layers;

/**
 * Cuts positions off the ends of each axis. Input (height, width, channels), output (height', width', channels).
 * Building fails where nothing is left. Source: Keras 3, {@code Cropping2D}.
 *
 * <pre>{@code
 * Layer layer = Layers.cropping2D(new int[] {1, 0}, new int[] {0, 2});
 * System.out.println(layer.outputShape(Shape.of(6, 8, 3))); // (5, 6, 3)
 * }</pre>
 */
public final class Cropping2D extends MarginLayer<Cropping2D> {

    /** Keras' default: 0 at each end. */
    public Cropping2D() {
        this(new int[] {0});
    }

    /**
     * @param cropping one number for all ends, or one for both ends of height and of width; at least 0
     * @throws IllegalArgumentException if a number is below 0, or there are too many
     */
    public Cropping2D(int... cropping) {
        this(symmetric(cropping));
    }

    /**
     * @param cropping begin and end of height, of width; at least 0
     * @throws IllegalArgumentException if a number is below 0, or there are too many
     */
    public Cropping2D(int[]... cropping) {
        super(2, "cropping", -1, cropping);
    }
}
