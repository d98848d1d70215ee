package transconv.layers;

/**
 * The mean value of each window, channel by channel. Input (depth, height, width, channels), output (depth', height',
 * width', channels). What padding adds does not count. Source: Keras 3, {@code AveragePooling3D}.
 *
 * <pre>{@code
 * Layer layer = Layers.averagePooling3D(2).strides(1);
 * System.out.println(layer.outputShape(Shape.of(3, 4, 5, 8))); // (2, 3, 4, 8)
 * }</pre>
 */
public final class AveragePooling3D extends PoolingLayer<AveragePooling3D> {

    /** Keras' default: windows of 2. */
    public AveragePooling3D() {
        this(2);
    }

    /**
     * @param poolSize one number, or for depth, height and width; at least 1
     * @throws IllegalArgumentException if a number is out of range
     */
    public AveragePooling3D(int... poolSize) {
        super(3, Pooling.AVERAGE, poolSize);
    }
}
