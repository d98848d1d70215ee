package transconv.ops;

import java.util.List;
import transconv.shape.Shape;

/** Input x (..., channels), output (channels): the sum over all axes but the last. */
public record SumPositions() implements Op {

    @Override
    public Shape outputShape(List<Shape> inputs) {
        return Shape.of(inputs.get(0).last());
    }

    @Override
    public Value gradient(Value output, Value outputGradient, int input) {
        throw new UnsupportedOperationException(
                "SumPositions: no second derivative is needed of a bias; none is defined");
    }
}
