package transconv.ops;

import java.util.List;
import transconv.shape.Shape;

/**
 * Input x (..., channels); the point of the probability simplex nearest to each row of channels. Source: Martins and
 * Astudillo (2016), as in Keras 3, {@code sparsemax}.
 */
public record Sparsemax() implements Op {

    @Override
    public Shape outputShape(List<Shape> inputs) {
        Op.requireInputs("Sparsemax", 1, inputs);
        return inputs.get(0);
    }

    @Override
    public Value gradient(Value output, Value outputGradient, int input) {
        int last = output.shape().rank() - 1;
        Value support = Ops.greater(output, Ops.fill(output.graph(), output.shape(), 0));
        Value within = Ops.multiply(support, outputGradient);
        Value mean = Ops.divide(Ops.sum(within, last), Ops.sum(support, last));
        return Ops.multiply(support, Ops.subtract(outputGradient, Ops.broadcast(mean, output.shape())));
    }
}
