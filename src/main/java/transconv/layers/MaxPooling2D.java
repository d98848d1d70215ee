package transconv.layers;

/**
 * The largest value of each window, channel by channel. Input (height, width, channels), output (height', width',
 * channels). Where several are largest, the first takes the gradient. Source: Keras 3, {@code MaxPooling2D}.
 *
 * <pre>{@code
 * Layer layer = Layers.maxPooling2D(2);
 * System.out.println(layer.outputShape(Shape.of(28, 20, 8))); // (14, 10, 8)
 * }</pre>
 */
public final class MaxPooling2D extends PoolingLayer<MaxPooling2D> {

    /** Keras' default: windows of 2. */
    public MaxPooling2D() {
        this(2);
    }

    /**
     * @param poolSize one number, or for height and width; at least 1
     * @throws IllegalArgumentException if a number is out of range
     */
    public MaxPooling2D(int... poolSize) {
        super(2, Pooling.MAX, poolSize);
    }
}
