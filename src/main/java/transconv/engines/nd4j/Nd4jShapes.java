package transconv.engines.nd4j;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Values moved, not changed: copies between strided views. */
final class Nd4jShapes {

    private Nd4jShapes() {}

    static Runnable transpose(List<Integer> order, INDArray x, INDArray out) {
        return copy(x.permute(order.stream().mapToInt(Integer::intValue).toArray()), out);
    }

    /** Negative numbers cut off. */
    static Runnable pad(List<Integer> begin, List<Integer> end, INDArray x, INDArray out) {
        long[] shape = x.shape().clone();
        long[] from = new long[shape.length];
        long[] to = new long[shape.length];
        boolean grows = false;
        for (int axis = 0; axis < shape.length; axis++) {
            shape[axis] += Math.min(0, begin.get(axis)) + Math.min(0, end.get(axis));
            from[axis] = Math.max(0, -begin.get(axis));
            to[axis] = Math.max(0, begin.get(axis));
            grows |= begin.get(axis) > 0 || end.get(axis) > 0;
        }
        for (long size : shape) {
            if (size < 1) {
                return () -> out.assign(0);
            }
        }
        Copy copy = copy(part(x, from, shape), part(out, to, shape));
        return grows
                ? () -> {
                    out.assign(0);
                    copy.run();
                }
                : copy;
    }

    static Runnable concatenate(int axis, List<INDArray> in, INDArray out) {
        List<Copy> copies = new ArrayList<>();
        long[] begin = new long[out.rank()];
        for (INDArray each : in) {
            copies.add(copy(each, part(out, begin, each.shape())));
            begin[axis] += each.size(axis);
        }
        return () -> copies.forEach(Copy::run);
    }

    private static INDArray part(INDArray whole, long[] begin, long[] shape) {
        long offset = whole.offset();
        for (int axis = 0; axis < shape.length; axis++) {
            offset += begin[axis] * whole.stride(axis);
        }
        return Nd4j.create(whole.data(), shape, whole.stride(), offset, 'c');
    }

    /** With axes joined that adjoin in both memories: ND4J copies along few long axes faster. */
    private static Copy copy(INDArray from, INDArray to) {
        int joined = 0;
        long[] shape = new long[from.rank() + 1];
        long[] fromStrides = new long[shape.length];
        long[] toStrides = new long[shape.length];
        shape[0] = 1;
        for (int axis = 0; axis < from.rank(); axis++) {
            long size = from.size(axis);
            if (size == 1) {
                continue;
            }
            boolean adjoins =
                    fromStrides[joined] == size * from.stride(axis) && toStrides[joined] == size * to.stride(axis);
            if (!adjoins) {
                joined++;
                shape[joined] = 1;
            }
            shape[joined] *= size;
            fromStrides[joined] = from.stride(axis);
            toStrides[joined] = to.stride(axis);
        }
        return new Copy(
                view(from, Arrays.copyOf(shape, joined + 1), fromStrides),
                view(to, Arrays.copyOf(shape, joined + 1), toStrides));
    }

    private static INDArray view(INDArray array, long[] shape, long[] strides) {
        return Nd4j.create(array.data(), shape, Arrays.copyOf(strides, shape.length), array.offset(), 'c');
    }
}
