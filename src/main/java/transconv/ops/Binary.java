package transconv.ops;

import java.util.List;
import transconv.shape.Shape;

/** Inputs a and b of one shape; a function of each pair of values. */
public record Binary(BinaryFunction function) implements Op {

    @Override
    public Shape outputShape(List<Shape> inputs) {
        Op.requireShapes(function.name(), List.of(inputs.get(0), inputs.get(0)), inputs);
        return inputs.get(0);
    }

    @Override
    public Value gradient(Value output, Value outputGradient, int input) {
        Value a = output.inputs().get(0);
        Value b = output.inputs().get(1);
        boolean first = input == 0;
        return switch (function) {
            case ADD -> outputGradient;
            case SUBTRACT -> first ? outputGradient : Ops.affine(outputGradient, -1, 0);
            case MULTIPLY -> Ops.multiply(outputGradient, first ? b : a);
            case DIVIDE -> first
                    ? Ops.divide(outputGradient, b)
                    : Ops.affine(Ops.divide(Ops.multiply(outputGradient, output), b), -1, 0);
            case MAXIMUM -> Ops.multiply(outputGradient, first ? Ops.greaterEqual(a, b) : Ops.greater(b, a));
            case MINIMUM -> Ops.multiply(outputGradient, first ? Ops.greaterEqual(b, a) : Ops.greater(a, b));
            case POWER -> Ops.multiply(
                    outputGradient,
                    first
                            ? Ops.multiply(b, Ops.divide(output, a))
                            : Ops.multiply(output, Ops.unary(UnaryFunction.LOG, a)));
            case GREATER, GREATER_EQUAL, EQUAL -> null;
        };
    }
}
