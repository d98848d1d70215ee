package transconv.layers;

/**
 * The mean value of each channel. Input (steps, channels), output (channels), or (1, channels) with keepdims. Source:
 * Keras 3, {@code GlobalAveragePooling1D} (without masks).
 *
 * <pre>{@code
 * Layer layer = Layers.globalAveragePooling1D();
 * System.out.println(layer.outputShape(Shape.of(9, 3))); // (3,)
 * }</pre>
 */
public final class GlobalAveragePooling1D extends GlobalPoolingLayer<GlobalAveragePooling1D> {

    public GlobalAveragePooling1D() {
        super(1, Pooling.AVERAGE);
    }
}
