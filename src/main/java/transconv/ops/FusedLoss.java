package transconv.ops;

import java.util.List;
import transconv.shape.Shape;

/**
 * Inputs prediction and target, both (batch, ...); the loss of each sample, (batch), a mean over all axes but the
 * first.
 */
public record FusedLoss(LossFunction function) implements Op {

    @Override
    public Shape outputShape(List<Shape> inputs) {
        Op.requireShapes("FusedLoss", List.of(inputs.get(0), inputs.get(0)), inputs);
        return Shape.of(inputs.get(0).size(0));
    }

    @Override
    public Value gradient(Value output, Value outputGradient, int input) {
        if (input != 0) {
            throw new UnsupportedOperationException("FusedLoss: differentiable by the prediction, not by the target");
        }
        return output.graph()
                .apply(
                        new LossGradient(function),
                        output.inputs().get(0),
                        output.inputs().get(1),
                        outputGradient);
    }
}
