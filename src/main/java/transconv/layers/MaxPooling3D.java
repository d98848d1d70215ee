package transconv.layers;

/**
 * The largest value of each window, channel by channel. Input (depth, height, width, channels), output (depth',
 * height', width', channels). Where several are largest, the first takes the gradient, as in 2-D; TensorFlow gives all
 * of it to each of them in 3-D alone. Source: Keras 3, {@code MaxPooling3D}.
 *
 * <pre>{@code
 * Layer layer = Layers.maxPooling3D(2, 2, 1);
 * System.out.println(layer.outputShape(Shape.of(6, 4, 4, 8))); // (3, 2, 4, 8)
 * }</pre>
 */
public final class MaxPooling3D extends PoolingLayer<MaxPooling3D> {

    /** Keras' default: windows of 2. */
    public MaxPooling3D() {
        this(2);
    }

    /**
     * @param poolSize one number, or for depth, height and width; at least 1
     * @throws IllegalArgumentException if a number is out of range
     */
    public MaxPooling3D(int... poolSize) {
        super(3, Pooling.MAX, poolSize);
    }
}
