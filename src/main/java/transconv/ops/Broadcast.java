package transconv.ops;

import java.util.List;
import java.util.stream.IntStream;
import transconv.shape.Shape;

/** Input x of the target's rank; axes of length 1 are repeated to the target's length. The transpose of {@link Sum}. */
public record Broadcast(Shape target) implements Op {

    @Override
    public Shape outputShape(List<Shape> inputs) {
        Op.requireInputs("Broadcast", 1, inputs);
        Shape from = inputs.get(0);
        boolean fits = from.rank() == target.rank()
                && IntStream.range(0, target.rank())
                        .allMatch(axis -> from.size(axis) == 1 || from.size(axis) == target.size(axis));
        if (!fits) {
            throw new IllegalArgumentException(
                    "Broadcast: %s to %s; each axis needs length 1 or the target's".formatted(from, target));
        }
        return target;
    }

    @Override
    public Value gradient(Value output, Value outputGradient, int input) {
        Shape from = output.inputs().get(0).shape();
        int[] repeated = IntStream.range(0, target.rank())
                .filter(axis -> from.size(axis) != target.size(axis))
                .toArray();
        return Ops.sum(outputGradient, repeated);
    }
}
