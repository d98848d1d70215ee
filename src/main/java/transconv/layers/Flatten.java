package transconv.layers;

import transconv.ops.Reshape;
import transconv.ops.Value;
import transconv.shape.Shape;

/**
 * All axes but the batch axis in one. Input (any axes), output (their product), in C order. Source: Keras 3, {@code
 * Flatten}.
 *
 * <pre>{@code
 * Layer layer = Layers.flatten();
 * System.out.println(layer.outputShape(Shape.of(4, 4, 128))); // (2048,)
 * }</pre>
 */
public final class Flatten extends Layer {

    @Override
    public Flatten name(String name) {
        super.name(name);
        return this;
    }

    @Override
    public Shape outputShape(Shape inputShape) {
        return Shape.of(inputShape.elements());
    }

    @Override
    public Value lower(Value input) {
        return input.graph()
                .apply(new Reshape(outputShape().prepend(input.shape().size(0))), input);
    }
}
