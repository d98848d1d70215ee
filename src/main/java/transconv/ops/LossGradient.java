package transconv.ops;

import java.util.List;
import transconv.shape.Shape;

/**
 * Inputs prediction and target, both (batch, ...), and the gradient of each sample's loss, (batch); the prediction's
 * gradient.
 */
public record LossGradient(LossFunction function) implements Op {

    @Override
    public Shape outputShape(List<Shape> inputs) {
        Shape prediction = inputs.get(0);
        Op.requireShapes("LossGradient", List.of(prediction, prediction, Shape.of(prediction.size(0))), inputs);
        return prediction;
    }

    @Override
    public Value gradient(Value output, Value outputGradient, int input) {
        throw new UnsupportedOperationException("LossGradient: second derivatives of losses are not defined");
    }
}
