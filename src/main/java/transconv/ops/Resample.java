package transconv.ops;

import java.util.List;
import transconv.shape.Shape;

/** Input x; one of its axes mapped by a matrix. */
public record Resample(int axis, AxisMatrix matrix) implements Op {

    @Override
    public Shape outputShape(List<Shape> inputs) {
        Op.requireInputs("Resample", 1, inputs);
        int[] sizes = inputs.get(0).toArray();
        if (axis < 0 || axis >= sizes.length || sizes[axis] != matrix.columns()) {
            throw new IllegalArgumentException("Resample: axis %d of %s by a matrix of %d columns; both must agree"
                    .formatted(axis, inputs.get(0), matrix.columns()));
        }
        sizes[axis] = matrix.rows().size();
        return Shape.of(sizes);
    }

    @Override
    public Value gradient(Value output, Value outputGradient, int input) {
        return output.graph().apply(new Resample(axis, matrix.transposed()), outputGradient);
    }
}
