package transconv.layers;

/**
 * Cuts positions off the ends of each axis. Input (steps, channels), output (steps', channels). Building fails where
 * nothing is left. Source: Keras 3, {@code Cropping1D} (channels last alone).
 *
 * <pre>{@code
 * Layer layer = Layers.cropping1D(1, 2);
 * System.out.println(layer.outputShape(Shape.of(7, 3))); // (4, 3)
 * }</pre>
 */
public final class Cropping1D extends MarginLayer<Cropping1D> {

    /** Keras' default: 1 at each end. */
    public Cropping1D() {
        this(new int[] {1});
    }

    /**
     * @param cropping one number for both ends, or begin and end; at least 0
     * @throws IllegalArgumentException if a number is below 0, or there are more than two
     */
    public Cropping1D(int... cropping) {
        super(1, "cropping", -1, cropping);
    }

    @Override
    boolean kerasHasDataFormat() {
        return false;
    }
}
