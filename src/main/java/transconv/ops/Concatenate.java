package transconv.ops;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import transconv.shape.Shape;

/** Any number of inputs whose shapes differ at most in one axis; their values one after another along it. */
public record Concatenate(int axis) implements Op {

    @Override
    public Shape outputShape(List<Shape> inputs) {
        if (inputs.isEmpty()) {
            throw new IllegalArgumentException("Concatenate: no input; it needs at least one");
        }
        int length = 0;
        for (Shape input : inputs) {
            if (axis < 0 || axis >= input.rank() || !with(input, 1).equals(with(inputs.get(0), 1))) {
                throw new IllegalArgumentException(
                        "Concatenate: input shapes %s along axis %d; all other axes must be equal"
                                .formatted(inputs, axis));
            }
            length += input.size(axis);
        }
        return with(inputs.get(0), length);
    }

    private Shape with(Shape shape, int length) {
        int[] sizes = shape.toArray();
        sizes[axis] = length;
        return Shape.of(sizes);
    }

    @Override
    public Value gradient(Value output, Value outputGradient, int input) {
        int before = output.inputs().subList(0, input).stream()
                .mapToInt(value -> value.shape().size(axis))
                .sum();
        int own = output.inputs().get(input).shape().size(axis);
        int after = output.shape().size(axis) - before - own;
        return output.graph().apply(new Pad(cut(output, before), cut(output, after)), outputGradient);
    }

    private List<Integer> cut(Value output, int length) {
        List<Integer> each = new ArrayList<>(Collections.nCopies(output.shape().rank(), 0));
        each.set(axis, -length);
        return each;
    }
}
