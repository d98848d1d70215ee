package transconv.layers;

import transconv.config.Config;
import transconv.ops.Ops;
import transconv.ops.Value;
import transconv.shape.Shape;

/**
 * The same vector several times. Input (features), output (n, features). Source: Keras 3, {@code RepeatVector}.
 *
 * <pre>{@code
 * Layer layer = Layers.repeatVector(7);
 * System.out.println(layer.outputShape(Shape.of(32))); // (7, 32)
 * }</pre>
 */
public final class RepeatVector extends Layer {

    private final int n;

    /**
     * @param n how often, at least 1
     * @throws IllegalArgumentException if n is below 1
     */
    public RepeatVector(int n) {
        this.n = atLeast(1, "n", n);
    }

    @Override
    public RepeatVector name(String name) {
        super.name(name);
        return this;
    }

    @Override
    public Shape outputShape(Shape inputShape) {
        if (inputShape.rank() != 1) {
            throw new IllegalArgumentException(
                    "input shape %s has %d axes; it needs 1: (features); put flatten() before it"
                            .formatted(inputShape, inputShape.rank()));
        }
        return inputShape.prepend(n);
    }

    @Override
    protected Value lower(Value input, Pass pass) {
        int batch = input.shape().size(0);
        Value one = Ops.reshape(input, Shape.of(batch, 1, input.shape().last()));
        return Ops.broadcast(one, Shape.of(batch, n, input.shape().last()));
    }

    @Override
    protected void describe(Config config) {
        config.with("n", n);
    }
}
