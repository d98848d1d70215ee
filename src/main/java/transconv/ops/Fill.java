package transconv.ops;

import java.util.List;
import transconv.shape.Shape;

/** No input; a tensor of one value. */
public record Fill(Shape shape, double value) implements Op {

    @Override
    public Shape outputShape(List<Shape> inputs) {
        Op.requireInputs("Fill", 0, inputs);
        return shape;
    }

    @Override
    public Value gradient(Value output, Value outputGradient, int input) {
        throw new UnsupportedOperationException("Fill: it has no input to differentiate by");
    }
}
