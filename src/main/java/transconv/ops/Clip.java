package transconv.ops;

import java.util.List;
import transconv.shape.Shape;

/** Input x; the nearest value within [low, high]. The slope is 1 within, bounds included, and 0 outside. */
public record Clip(double low, double high) implements Op {

    public Clip {
        if (!(low <= high)) {
            throw new IllegalArgumentException("Clip: low=%s must not exceed high=%s".formatted(low, high));
        }
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        Op.requireInputs("Clip", 1, inputs);
        return inputs.get(0);
    }

    @Override
    public Value gradient(Value output, Value outputGradient, int input) {
        // The clipped value equals x just where x lies within.
        return Ops.multiply(outputGradient, Ops.equal(output, output.inputs().get(0)));
    }
}
