package transconv.engines.vector;

import java.util.List;
import transconv.ops.Value;
import transconv.shape.Shape;

/** A value with the arrays that it is computed from and into. */
record Operands(Value value, List<float[]> in, float[] out) {

    float[] in(int input) {
        return in.get(input);
    }

    Shape inShape(int input) {
        return value.inputs().get(input).shape();
    }

    List<Shape> inShapes() {
        return value.inputs().stream().map(Value::shape).toList();
    }

    /** The values of an input. */
    int inLength(int input) {
        return inShape(input).elements();
    }

    Shape shape() {
        return value.shape();
    }

    int length() {
        return shape().elements();
    }
}
