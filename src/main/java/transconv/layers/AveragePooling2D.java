package transconv.layers;

/**
 * The mean value of each window, channel by channel. Input (height, width, channels), output (height', width',
 * channels). What padding adds does not count. Source: Keras 3, {@code AveragePooling2D}.
 *
 * <pre>{@code
 * Layer layer = Layers.averagePooling2D(3, 2);
 * System.out.println(layer.outputShape(Shape.of(28, 20, 8))); // (9, 10, 8)
 * }</pre>
 */
public final class AveragePooling2D extends PoolingLayer<AveragePooling2D> {

    /** Keras' default: windows of 2. */
    public AveragePooling2D() {
        this(2);
    }

    /**
     * @param poolSize one number, or for height and width; at least 1
     * @throws IllegalArgumentException if a number is out of range
     */
    public AveragePooling2D(int... poolSize) {
        super(2, Pooling.AVERAGE, poolSize);
    }
}
