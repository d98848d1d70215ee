package transconv.engines.nd4j;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A tensor (batch, three axes, channels) as far as windows reach over it: position p of the padded array is position p
 * + low of the tensor, and what lies outside of the tensor is zero. Where the windows stay inside, it is the tensor
 * itself.
 */
final class Padded {

    private final INDArray array;
    private final long[] low;
    /** The part that both have in common; null where there is none or both are the same. */
    private final INDArray from;

    private final INDArray to;

    /**
     * @param low  the first position that windows reach on each axis, negative before the tensor's first
     * @param high one after the last position that windows reach
     */
    Padded(INDArray tensor, long[] low, long[] high, Scratch scratch) {
        boolean inside = true;
        for (int axis = 0; axis < 3; axis++) {
            inside &= low[axis] >= 0 && high[axis] <= tensor.size(axis + 1);
        }
        if (inside) {
            array = tensor;
            this.low = new long[3];
            from = to = null;
            return;
        }
        array = scratch.zeros(tensor.size(0), high[0] - low[0], high[1] - low[1], high[2] - low[2], tensor.size(4));
        this.low = low.clone();
        long[] shape = tensor.shape().clone();
        long fromOffset = tensor.offset();
        long toOffset = array.offset();
        boolean overlap = true;
        for (int axis = 0; axis < 3; axis++) {
            long begin = Math.max(0, low[axis]);
            shape[axis + 1] = Math.min(tensor.size(axis + 1), high[axis]) - begin;
            overlap &= shape[axis + 1] > 0;
            fromOffset += begin * tensor.stride(axis + 1);
            toOffset += (begin - low[axis]) * array.stride(axis + 1);
        }
        from = overlap ? Nd4j.create(tensor.data(), shape, tensor.stride(), fromOffset, 'c') : null;
        to = overlap ? Nd4j.create(array.data(), shape, array.stride(), toOffset, 'c') : null;
    }

    /** Takes the tensor's present values. */
    void fill() {
        if (from != null) {
            to.assign(from);
        }
    }

    INDArray array() {
        return array;
    }

    /** Where a position of the tensor lies in the array's memory, for the first sample and channel. */
    long offset(long p0, long p1, long p2) {
        return array.offset()
                + (p0 - low[0]) * array.stride(1)
                + (p1 - low[1]) * array.stride(2)
                + (p2 - low[2]) * array.stride(3);
    }
}
