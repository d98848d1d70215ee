package transconv.layers;

/**
 * Adds zeros at the ends of each axis. Input (height, width, channels), output (height', width', channels). Source:
 * Keras 3, {@code ZeroPadding2D}.
 *
 * <pre>{@code
 * Layer layer = Layers.zeroPadding2D(1, 2);
 * System.out.println(layer.outputShape(Shape.of(4, 4, 3))); // (6, 8, 3)
 * }</pre>
 */
public final class ZeroPadding2D extends MarginLayer<ZeroPadding2D> {

    /** Keras' default: 1 at each end. */
    public ZeroPadding2D() {
        this(new int[] {1});
    }

    /**
     * @param padding one number for all ends, or one for both ends of height and of width; at least 0
     * @throws IllegalArgumentException if a number is below 0, or there are too many
     */
    public ZeroPadding2D(int... padding) {
        this(symmetric(padding));
    }

    /**
     * @param padding begin and end of height, of width; at least 0
     * @throws IllegalArgumentException if a number is below 0, or there are too many
     */
    public ZeroPadding2D(int[]... padding) {
        super(2, "padding", 1, padding);
    }
}
