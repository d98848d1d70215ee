package transconv.ops;

import java.util.List;
import transconv.shape.Shape;

/** Input x; its sum over the given axes, which stay with length 1. The transpose of {@link Broadcast}. */
public record Sum(List<Integer> axes) implements Op {

    public Sum {
        axes = List.copyOf(axes);
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        Op.requireInputs("Sum", 1, inputs);
        return Op.reduced("Sum", inputs.get(0), axes);
    }

    @Override
    public Value gradient(Value output, Value outputGradient, int input) {
        return Ops.broadcast(outputGradient, output.inputs().get(0).shape());
    }
}
