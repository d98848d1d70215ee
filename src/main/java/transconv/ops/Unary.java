package transconv.ops;

import java.util.List;
import transconv.shape.Shape;

/** Input x; a function of each of its values, of x's shape. */
public record Unary(UnaryFunction function) implements Op {

    @Override
    public Shape outputShape(List<Shape> inputs) {
        Op.requireInputs("Unary", 1, inputs);
        return inputs.get(0);
    }

    @Override
    public Value gradient(Value output, Value outputGradient, int input) {
        Value slope = function.slope(output.inputs().get(0), output);
        return slope == null ? null : Ops.multiply(outputGradient, slope);
    }
}
