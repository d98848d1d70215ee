package transconv.ops;

import java.util.List;
import java.util.stream.IntStream;
import transconv.shape.Shape;

/**
 * Input x; zeros added at the beginning and the end of each axis. Negative numbers cut off instead, so that a slice is
 * a padding too, and each is the gradient of its opposite.
 *
 * @param begin one number an axis, batch axis included
 * @param end   likewise
 */
public record Pad(List<Integer> begin, List<Integer> end) implements Op {

    public Pad {
        begin = List.copyOf(begin);
        end = List.copyOf(end);
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        Op.requireInputs("Pad", 1, inputs);
        Shape from = inputs.get(0);
        if (begin.size() != from.rank() || end.size() != from.rank()) {
            throw new IllegalArgumentException(
                    "Pad: begin %s and end %s for shape %s; each needs one number an axis".formatted(begin, end, from));
        }
        int[] sizes = IntStream.range(0, from.rank())
                .map(axis -> from.size(axis) + begin.get(axis) + end.get(axis))
                .toArray();
        for (int axis = 0; axis < sizes.length; axis++) {
            if (sizes[axis] < 1 || begin.get(axis) <= -from.size(axis) || end.get(axis) <= -from.size(axis)) {
                throw new IllegalArgumentException(
                        "Pad: begin %d and end %d leave nothing of axis %d of %s; cut off less"
                                .formatted(begin.get(axis), end.get(axis), axis, from));
            }
        }
        return Shape.of(sizes);
    }

    @Override
    public Value gradient(Value output, Value outputGradient, int input) {
        return output.graph().apply(new Pad(negated(begin), negated(end)), outputGradient);
    }

    private static List<Integer> negated(List<Integer> numbers) {
        return numbers.stream().map(number -> -number).toList();
    }
}
