package transconv.layers;

import transconv.config.Config;
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
    protected Value lower(Value input, Pass pass) {
        Shape output = outputShape(input.shape().from(1)).prepend(input.shape().size(0));
        // An op also where the shape stays: a loss must not see a sigmoid through it, as it does not in Keras.
        return input.graph().apply(new transconv.ops.Reshape(output), input);
    }

    @Override
    protected void describe(Config config) {}
}
