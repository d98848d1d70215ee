package transconv.layers;

import transconv.shape.Shape;

/**
 * A tensor that is not there yet: a model's input, or what a layer will put out for such tensors. Models are drawn with
 * them. Source: Keras 3, {@code KerasTensor}.
 *
 * <pre>{@code
 * Tensor x = Layers.input(28, 28, 1);
 * System.out.println(Layers.conv2D(8, 3).apply(x).shape()); // (26, 26, 8)
 * }</pre>
 */
public sealed interface Tensor permits Input, Node.Output {

    /** Without the batch axis. */
    Shape shape();
}
