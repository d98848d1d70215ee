package transconv.layers;

/**
 * The mean value of each channel. Input (height, width, channels), output (channels), or (1, 1, channels) with
 * keepdims. Source: Keras 3, {@code GlobalAveragePooling2D}.
 *
 * <pre>{@code
 * Layer layer = Layers.globalAveragePooling2D().keepdims(true);
 * System.out.println(layer.outputShape(Shape.of(7, 5, 3))); // (1, 1, 3)
 * }</pre>
 */
public final class GlobalAveragePooling2D extends GlobalPoolingLayer<GlobalAveragePooling2D> {

    public GlobalAveragePooling2D() {
        super(2, Pooling.AVERAGE);
    }
}
