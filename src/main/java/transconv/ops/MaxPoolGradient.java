package transconv.ops;

import java.util.List;
import transconv.shape.Axis;
import transconv.shape.Shape;

/**
 * Inputs x, the maxima y of its windows, and y's gradient; x's gradient: each window's goes to its first largest value,
 * in C order, as in TensorFlow.
 */
public record MaxPoolGradient(List<Axis> axes) implements Op {

    public MaxPoolGradient {
        axes = List.copyOf(axes);
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        Op.requireInputs("MaxPoolGradient", 3, inputs);
        Shape small = new MaxPool(axes).outputShape(inputs.subList(0, 1));
        Op.requireShapes("MaxPoolGradient", List.of(inputs.get(0), small, small), inputs);
        return inputs.get(0);
    }

    @Override
    public Value gradient(Value output, Value outputGradient, int input) {
        throw new UnsupportedOperationException("MaxPoolGradient: second derivatives of maxima are not defined");
    }
}
