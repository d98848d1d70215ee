package transconv.ops;

import java.util.List;
import transconv.shape.Shape;

/** Input x; the same elements in C order in another shape. */
public record Reshape(Shape target) implements Op {

    @Override
    public Shape outputShape(List<Shape> inputs) {
        if (inputs.get(0).elements() != target.elements()) {
            throw new IllegalArgumentException("Reshape: %s has %,d elements, %s has %,d; both must be equal"
                    .formatted(inputs.get(0), inputs.get(0).elements(), target, target.elements()));
        }
        return target;
    }

    @Override
    public Value gradient(Value output, Value outputGradient, int input) {
        return output.graph().apply(new Reshape(output.inputs().get(0).shape()), outputGradient);
    }
}
