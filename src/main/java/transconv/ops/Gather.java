package transconv.ops;

import java.util.List;
import java.util.stream.IntStream;
import transconv.shape.Shape;

/**
 * Inputs table (rows, features) and indices (any axes), whole numbers from 0 to rows - 1; the rows, (axes...,
 * features).
 */
public record Gather() implements Op {

    @Override
    public Shape outputShape(List<Shape> inputs) {
        Op.requireInputs("Gather", 2, inputs);
        if (inputs.get(0).rank() != 2) {
            throw new IllegalArgumentException(
                    "Gather: table of shape %s; it needs (rows, features)".formatted(inputs.get(0)));
        }
        int[] indices = inputs.get(1).toArray();
        return Shape.of(IntStream.concat(
                        IntStream.of(indices), IntStream.of(inputs.get(0).last()))
                .toArray());
    }

    @Override
    public Value gradient(Value output, Value outputGradient, int input) {
        if (input == 1) {
            return null;
        }
        int rows = output.inputs().get(0).shape().size(0);
        return output.graph().apply(new ScatterAdd(rows), output.inputs().get(1), outputGradient);
    }
}
