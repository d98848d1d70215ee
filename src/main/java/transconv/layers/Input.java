package transconv.layers;

import transconv.ops.Value;
import transconv.shape.Shape;

/**
 * The input's shape, without the batch axis. Source: Keras 3, {@code Input}.
 *
 * <pre>{@code
 * Input input = Layers.input(28, 28, 1);
 * System.out.println(input.shape().toBatchString()); // (None, 28, 28, 1)
 * }</pre>
 */
public final class Input extends Layer {

    private final Shape shape;

    /** @param shape the axis lengths, at least 1 each */
    public Input(int... shape) {
        this.shape = Shape.of(shape);
    }

    public Shape shape() {
        return shape;
    }

    @Override
    public String baseName() {
        return "input_layer";
    }

    @Override
    public String type() {
        return "InputLayer";
    }

    @Override
    public Shape outputShape(Shape inputShape) {
        return shape;
    }

    @Override
    public Value lower(Value input) {
        return input;
    }
}
