package transconv.layers;

/**
 * The mean value of each channel. Input (depth, height, width, channels), output (channels), or (1, 1, 1, channels)
 * with keepdims. Source: Keras 3, {@code GlobalAveragePooling3D}.
 *
 * <pre>{@code
 * Layer layer = Layers.globalAveragePooling3D();
 * System.out.println(layer.outputShape(Shape.of(4, 7, 5, 3))); // (3,)
 * }</pre>
 */
public final class GlobalAveragePooling3D extends GlobalPoolingLayer<GlobalAveragePooling3D> {

    public GlobalAveragePooling3D() {
        super(3, Pooling.AVERAGE);
    }
}
