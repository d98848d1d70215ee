package transconv.ops;

import java.util.List;
import transconv.shape.Shape;

/** Input x; the function's values, of x's shape. */
public record Activate(FusedActivation function) implements Op {

    @Override
    public Shape outputShape(List<Shape> inputs) {
        return inputs.get(0);
    }

    @Override
    public Value gradient(Value output, Value outputGradient, int input) {
        return output.graph().apply(new ActivateGradient(function), output, outputGradient);
    }
}
