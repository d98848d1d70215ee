package transconv.ops;

import java.util.List;
import transconv.shape.Shape;

/** Inputs a and b, both (n); the sum of their products, (1). */
public record Dot() implements Op {

    @Override
    public Shape outputShape(List<Shape> inputs) {
        Op.requireShapes("Dot", List.of(Shape.of(inputs.get(0).size(0)), inputs.get(0)), inputs);
        return Shape.of(1);
    }

    @Override
    public Value gradient(Value output, Value outputGradient, int input) {
        throw new UnsupportedOperationException("Dot: it ends a graph; the gradient starts at its inputs");
    }
}
