package transconv.layers;

/**
 * Repeats the values along each axis. Input (depth, height, width, channels), output (size · depth, size · height, size
 * · width, channels). Source: Keras 3, {@code UpSampling3D}.
 *
 * <pre>{@code
 * Layer layer = Layers.upSampling3D(1, 2, 3);
 * System.out.println(layer.outputShape(Shape.of(4, 4, 4, 8))); // (4, 8, 12, 8)
 * }</pre>
 */
public final class UpSampling3D extends UpSamplingLayer<UpSampling3D> {

    /** Keras' default: size 2. */
    public UpSampling3D() {
        this(2);
    }

    /**
     * @param size one number, or for depth, height and width; at least 1
     * @throws IllegalArgumentException if a number is out of range
     */
    public UpSampling3D(int... size) {
        super(3, size);
    }
}
