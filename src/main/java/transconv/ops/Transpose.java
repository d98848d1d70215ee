package transconv.ops;

import java.util.List;
import java.util.stream.IntStream;
import transconv.shape.Shape;

/** Input x; its axes in another order: the output's axis i is the input's axis {@code order[i]}. */
public record Transpose(List<Integer> order) implements Op {

    public Transpose {
        order = List.copyOf(order);
        List<Integer> all = IntStream.range(0, order.size()).boxed().toList();
        if (!order.stream().sorted().toList().equals(all)) {
            throw new IllegalArgumentException("Transpose: order %s must hold each of %s once".formatted(order, all));
        }
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        Op.requireInputs("Transpose", 1, inputs);
        Shape from = inputs.get(0);
        if (from.rank() != order.size()) {
            throw new IllegalArgumentException(
                    "Transpose: order %s for shape %s; it needs one number an axis".formatted(order, from));
        }
        return Shape.of(order.stream().mapToInt(from::size).toArray());
    }

    /** The order that undoes this one. */
    public Transpose inverse() {
        return new Transpose(
                IntStream.range(0, order.size()).map(order::indexOf).boxed().toList());
    }

    @Override
    public Value gradient(Value output, Value outputGradient, int input) {
        return output.graph().apply(inverse(), outputGradient);
    }
}
