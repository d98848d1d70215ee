package transconv.layers;

/**
 * The largest value of each channel. Input (height, width, channels), output (channels), or (1, 1, channels) with
 * keepdims. Where several are largest, they share the gradient equally, as in TensorFlow. Source: Keras 3, {@code
 * GlobalMaxPooling2D}.
 *
 * <pre>{@code
 * Layer layer = Layers.globalMaxPooling2D().keepdims(true);
 * System.out.println(layer.outputShape(Shape.of(7, 5, 3))); // (1, 1, 3)
 * }</pre>
 */
public final class GlobalMaxPooling2D extends GlobalPoolingLayer<GlobalMaxPooling2D> {

    public GlobalMaxPooling2D() {
        super(2, Pooling.MAX);
    }
}
