package transconv.interop.onnx;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import transconv.shape.Shape;

/** Numbers that are known when a graph is written: weights, and what is computed of them alone. */
record Constant(float[] values, Shape shape) {

    static Constant of(INDArray array) {
        return new Constant(array.dup('c').data().asFloat(), Shape.of(array.shape()));
    }

    /** One number, of any rank. */
    static Constant scalar(double value, int rank) {
        int[] ones = new int[rank];
        Arrays.fill(ones, 1);
        return new Constant(new float[] {(float) value}, Shape.of(ones));
    }

    Constant reshaped(Shape target) {
        return new Constant(values, target);
    }

    /** The output's axis i is this one's axis {@code order[i]}. */
    Constant transposed(int... order) {
        int rank = order.length;
        int[] sizes = IntStream.of(order).map(shape::size).toArray();
        if (values.length == 1 || isInOrder(order)) {
            return reshaped(Shape.of(sizes));
        }
        int[] strides = new int[rank];
        for (int axis = rank - 1, stride = 1; axis >= 0; stride *= shape.size(axis--)) {
            strides[axis] = stride;
        }
        float[] turned = new float[values.length];
        int[] place = new int[rank];
        int from = 0;
        int last = sizes[rank - 1];
        int step = strides[order[rank - 1]];
        for (int to = 0; to < turned.length; ) {
            for (int i = 0; i < last; i++) {
                turned[to++] = values[from + i * step];
            }
            for (int axis = rank - 2; axis >= 0; axis--) {
                from += strides[order[axis]];
                if (++place[axis] < sizes[axis]) {
                    break;
                }
                from -= strides[order[axis]] * sizes[axis];
                place[axis] = 0;
            }
        }
        return new Constant(turned, Shape.of(sizes));
    }

    /** Whether no two axes longer than 1 change places. */
    private boolean isInOrder(int... order) {
        int[] wide = IntStream.of(order).filter(axis -> shape.size(axis) > 1).toArray();
        return IntStream.range(1, wide.length).allMatch(i -> wide[i] > wide[i - 1]);
    }

    /** Without the axes of length 1 in front, which broadcasting adds again. */
    Constant trimmed() {
        int first = 0;
        while (first < shape.rank() && shape.size(first) == 1) {
            first++;
        }
        return reshaped(shape.from(first));
    }
}
