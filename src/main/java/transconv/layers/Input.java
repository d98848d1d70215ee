package transconv.layers;

import transconv.config.Config;
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
public final class Input extends Layer implements Tensor {

    private final Shape shape;

    /** @param shape the axis lengths, at least 1 each */
    public Input(int... shape) {
        this.shape = Shape.of(shape);
    }

    @Override
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
    protected Value lower(Value input, Pass pass) {
        return input;
    }

    @Override
    public Input name(String name) {
        super.name(name);
        return this;
    }

    @Override
    protected void describe(Config config) {
        config.with("shape", shape.toArray());
    }
}
