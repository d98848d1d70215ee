package transconv.layers;

/**
 * The largest value of each window, channel by channel. Input (steps, channels), output (steps', channels). Where
 * several are largest, the first takes the gradient. Source: Keras 3, {@code MaxPooling1D}.
 *
 * <pre>{@code
 * Layer layer = Layers.maxPooling1D(2).strides(1);
 * System.out.println(layer.outputShape(Shape.of(5, 3))); // (4, 3)
 * }</pre>
 */
public final class MaxPooling1D extends PoolingLayer<MaxPooling1D> {

    /** Keras' default: windows of 2. */
    public MaxPooling1D() {
        this(2);
    }

    /**
     * @param poolSize the window, at least 1
     * @throws IllegalArgumentException if a number is out of range
     */
    public MaxPooling1D(int... poolSize) {
        super(1, Pooling.MAX, poolSize);
    }
}
