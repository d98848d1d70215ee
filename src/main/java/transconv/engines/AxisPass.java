package transconv.engines;

import java.util.ArrayList;
import java.util.List;
import transconv.shape.Shape;

/**
 * A tensor seen from one axis, or from several that adjoin: element (o, l, i) lies at {@code (o * length + l) * inner +
 * i}.
 */
public record AxisPass(int outer, int length, int inner) {

    /** The axes as passes, from the last to the first, each over a tensor in which those before have length 1. */
    public static List<AxisPass> over(Shape shape, List<Integer> axes) {
        List<AxisPass> passes = new ArrayList<>();
        int inner = 1;
        int length = 1;
        int outer = shape.elements();
        for (int axis = shape.rank() - 1; axis >= 0; axis--) {
            outer /= shape.size(axis);
            if (axes.contains(axis)) {
                length *= shape.size(axis);
            } else if (shape.size(axis) > 1) {
                if (length > 1) {
                    passes.add(new AxisPass(outer * shape.size(axis), length, inner));
                    length = 1;
                }
                inner *= shape.size(axis);
            }
        }
        if (length > 1 || passes.isEmpty()) {
            passes.add(new AxisPass(outer, length, inner));
        }
        return passes;
    }

    public int elements() {
        return outer * length * inner;
    }

    /** The elements of the tensor with length 1 on these axes. */
    public int slices() {
        return outer * inner;
    }
}
