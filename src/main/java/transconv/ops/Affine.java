package transconv.ops;

import java.util.List;
import transconv.shape.Shape;

/** Input x; {@code factor * x + offset}. */
public record Affine(double factor, double offset) implements Op {

    @Override
    public Shape outputShape(List<Shape> inputs) {
        Op.requireInputs("Affine", 1, inputs);
        return inputs.get(0);
    }

    @Override
    public Value gradient(Value output, Value outputGradient, int input) {
        return Ops.affine(outputGradient, factor, 0);
    }
}
