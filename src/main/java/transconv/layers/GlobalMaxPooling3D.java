package transconv.layers;

/**
 * The largest value of each channel. Input (depth, height, width, channels), output (channels), or (1, 1, 1, channels)
 * with keepdims. Where several are largest, they share the gradient equally, as in TensorFlow. Source: Keras 3, {@code
 * GlobalMaxPooling3D}.
 *
 * <pre>{@code
 * Layer layer = Layers.globalMaxPooling3D();
 * System.out.println(layer.outputShape(Shape.of(4, 7, 5, 3))); // (3,)
 * }</pre>
 */
public final class GlobalMaxPooling3D extends GlobalPoolingLayer<GlobalMaxPooling3D> {

    public GlobalMaxPooling3D() {
        super(3, Pooling.MAX);
    }
}
