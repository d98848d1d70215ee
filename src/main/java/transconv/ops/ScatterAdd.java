package transconv.ops;

import java.util.List;
import java.util.stream.IntStream;
import transconv.shape.Shape;

/**
 * Inputs indices (any axes), whole numbers from 0 to rows - 1, and values (axes..., features); a table (rows, features)
 * of the sums of the values with the same index. The transpose of {@link Gather}.
 */
public record ScatterAdd(int rows) implements Op {

    @Override
    public Shape outputShape(List<Shape> inputs) {
        Op.requireInputs("ScatterAdd", 2, inputs);
        int features = inputs.get(1).last();
        int[] wanted = IntStream.concat(IntStream.of(inputs.get(0).toArray()), IntStream.of(features))
                .toArray();
        Op.requireShapes("ScatterAdd", List.of(inputs.get(0), Shape.of(wanted)), inputs);
        return Shape.of(rows, features);
    }

    @Override
    public Value gradient(Value output, Value outputGradient, int input) {
        return input == 0
                ? null
                : output.graph()
                        .apply(new Gather(), outputGradient, output.inputs().get(0));
    }
}
