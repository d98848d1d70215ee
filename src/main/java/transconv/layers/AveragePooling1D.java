package transconv.layers;

/**
 * The mean value of each window, channel by channel. Input (steps, channels), output (steps', channels). What padding
 * adds does not count. Source: Keras 3, {@code AveragePooling1D}.
 *
 * <pre>{@code
 * Layer layer = Layers.averagePooling1D(3).padding(Padding.SAME);
 * System.out.println(layer.outputShape(Shape.of(7, 4))); // (3, 4)
 * }</pre>
 */
public final class AveragePooling1D extends PoolingLayer<AveragePooling1D> {

    /** Keras' default: windows of 2. */
    public AveragePooling1D() {
        this(2);
    }

    /**
     * @param poolSize the window, at least 1
     * @throws IllegalArgumentException if a number is out of range
     */
    public AveragePooling1D(int... poolSize) {
        super(1, Pooling.AVERAGE, poolSize);
    }
}
