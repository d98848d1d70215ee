package transconv.ops;

import java.util.List;
import transconv.shape.Shape;

/** Inputs x (..., channels) and b (channels); adds b at every position. */
public record AddBias() implements Op {

    @Override
    public Shape outputShape(List<Shape> inputs) {
        Op.requireShapes(
                "AddBias", List.of(inputs.get(0), Shape.of(inputs.get(0).last())), inputs);
        return inputs.get(0);
    }

    @Override
    public Value gradient(Value output, Value outputGradient, int input) {
        return input == 0 ? outputGradient : output.graph().apply(new SumPositions(), outputGradient);
    }
}
