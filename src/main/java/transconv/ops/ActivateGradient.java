package transconv.ops;

import java.util.List;
import transconv.shape.Shape;

/**
 * Inputs y (the activation's output) and y's gradient; the gradient of the activation's input. Every function's slope
 * follows from its output, so that the input need not be kept.
 */
public record ActivateGradient(FusedActivation function) implements Op {

    @Override
    public Shape outputShape(List<Shape> inputs) {
        Op.requireShapes("ActivateGradient", List.of(inputs.get(0), inputs.get(0)), inputs);
        return inputs.get(0);
    }

    @Override
    public Value gradient(Value output, Value outputGradient, int input) {
        throw new UnsupportedOperationException("ActivateGradient: second derivatives of activations are not defined");
    }
}
