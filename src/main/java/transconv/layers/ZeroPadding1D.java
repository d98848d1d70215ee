package transconv.layers;

/**
 * Adds zeros at the ends of each axis. Input (steps, channels), output (steps', channels). Source: Keras 3, {@code
 * ZeroPadding1D}.
 *
 * <pre>{@code
 * Layer layer = Layers.zeroPadding1D(1, 2);
 * System.out.println(layer.outputShape(Shape.of(4, 3))); // (7, 3)
 * }</pre>
 */
public final class ZeroPadding1D extends MarginLayer<ZeroPadding1D> {

    /** Keras' default: 1 at each end. */
    public ZeroPadding1D() {
        this(new int[] {1});
    }

    /**
     * @param padding one number for both ends, or begin and end; at least 0
     * @throws IllegalArgumentException if a number is below 0, or there are more than two
     */
    public ZeroPadding1D(int... padding) {
        super(1, "padding", 1, padding);
    }
}
