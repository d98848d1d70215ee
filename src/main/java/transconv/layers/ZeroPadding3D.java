package transconv.layers;

/**
 * Adds zeros at the ends of each axis. Input (depth, height, width, channels), output (depth', height', width',
 * channels). Source: Keras 3, {@code ZeroPadding3D}.
 *
 * <pre>{@code
 * Layer layer = Layers.zeroPadding3D(1);
 * System.out.println(layer.outputShape(Shape.of(4, 4, 2, 3))); // (6, 6, 4, 3)
 * }</pre>
 */
public final class ZeroPadding3D extends MarginLayer<ZeroPadding3D> {

    /** Keras' default: 1 at each end. */
    public ZeroPadding3D() {
        this(new int[] {1});
    }

    /**
     * @param padding one number for all ends, or one for both ends of depth, of height and of width; at least 0
     * @throws IllegalArgumentException if a number is below 0, or there are too many
     */
    public ZeroPadding3D(int... padding) {
        this(symmetric(padding));
    }

    /**
     * @param padding begin and end of depth, of height, of width; at least 0
     * @throws IllegalArgumentException if a number is below 0, or there are too many
     */
    public ZeroPadding3D(int[]... padding) {
        super(3, "padding", 1, padding);
    }
}
