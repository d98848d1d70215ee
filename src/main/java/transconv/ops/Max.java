package transconv.ops;

import java.util.List;
import transconv.shape.Shape;

/**
 * Input x; its largest value over the given axes, which stay with length 1. Where several values are largest, they
 * share the gradient equally, as in TensorFlow's {@code reduce_max}.
 */
public record Max(List<Integer> axes) implements Op {

    public Max {
        axes = List.copyOf(axes);
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        Op.requireInputs("Max", 1, inputs);
        return Op.reduced("Max", inputs.get(0), axes);
    }

    @Override
    public Value gradient(Value output, Value outputGradient, int input) {
        Value x = output.inputs().get(0);
        Value largest = Ops.equal(x, Ops.broadcast(output, x.shape()));
        Value share = Ops.divide(outputGradient, output.graph().apply(new Sum(axes), largest));
        return Ops.multiply(largest, Ops.broadcast(share, x.shape()));
    }
}
