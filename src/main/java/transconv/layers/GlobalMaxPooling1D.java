package transconv.layers;

/**
 * The largest value of each channel. Input (steps, channels), output (channels), or (1, channels) with keepdims. Where
 * several are largest, they share the gradient equally, as in TensorFlow. Source: Keras 3, {@code GlobalMaxPooling1D}.
 *
 * <pre>{@code
 * Layer layer = Layers.globalMaxPooling1D();
 * System.out.println(layer.outputShape(Shape.of(9, 3))); // (3,)
 * }</pre>
 */
public final class GlobalMaxPooling1D extends GlobalPoolingLayer<GlobalMaxPooling1D> {

    public GlobalMaxPooling1D() {
        super(1, Pooling.MAX);
    }
}
