package transconv.ops;

import java.util.ArrayList;
import java.util.List;
import transconv.shape.Axis;
import transconv.shape.Shape;

/**
 * Input (batch, axes..., channels), the large side; the largest value of each window, (batch, axes'..., channels), the
 * small side. Positions outside the input do not count.
 */
public record MaxPool(List<Axis> axes) implements Op {

    public MaxPool {
        axes = List.copyOf(axes);
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        Op.requireInputs("MaxPool", 1, inputs);
        Shape from = inputs.get(0);
        List<Integer> large = new ArrayList<>();
        List<Integer> small = new ArrayList<>();
        for (Axis axis : axes) {
            large.add(axis.large());
            small.add(axis.small());
        }
        Op.requireShapes("MaxPool", List.of(withBatchAndChannels(from, large)), inputs);
        return withBatchAndChannels(from, small);
    }

    private static Shape withBatchAndChannels(Shape from, List<Integer> positions) {
        List<Integer> sizes = new ArrayList<>(positions);
        sizes.add(0, from.size(0));
        sizes.add(from.last());
        return Shape.of(sizes.stream().mapToInt(Integer::intValue).toArray());
    }

    @Override
    public Value gradient(Value output, Value outputGradient, int input) {
        return output.graph().apply(new MaxPoolGradient(axes), output.inputs().get(0), output, outputGradient);
    }
}
