package transconv.engines.vector;

import java.util.ArrayList;
import java.util.List;

/**
 * A box of values copied from one array into another in which it has other strides. Axes that adjoin in both are one.
 */
final class BoxCopy {

    /** Below, a loop costs less than a call. */
    private static final int SHORT = 16;

    private final int[] sizes;
    private final int[] readStrides;
    private final int[] writeStrides;
    private final int readStart;
    private final int writeStart;

    BoxCopy(int[] box, int readStart, int[] readStrides, int writeStart, int[] writeStrides) {
        this.readStart = readStart;
        this.writeStart = writeStart;
        List<int[]> axes = new ArrayList<>();
        for (int axis = 0; axis < box.length; axis++) {
            int[] next = {box[axis], readStrides[axis], writeStrides[axis]};
            int[] last = axes.isEmpty() ? null : axes.get(axes.size() - 1);
            if (last != null && last[1] == next[0] * next[1] && last[2] == next[0] * next[2]) {
                next[0] *= last[0];
                axes.set(axes.size() - 1, next);
            } else if (box[axis] > 1) {
                axes.add(next);
            }
        }
        if (axes.isEmpty()) {
            axes.add(new int[] {1, 1, 1});
        }
        sizes = axes.stream().mapToInt(axis -> axis[0]).toArray();
        this.readStrides = axes.stream().mapToInt(axis -> axis[1]).toArray();
        this.writeStrides = axes.stream().mapToInt(axis -> axis[2]).toArray();
    }

    /** How far apart neighbours along each axis lie in C order. */
    static int[] strides(int... sizes) {
        int[] strides = new int[sizes.length];
        int stride = 1;
        for (int axis = sizes.length - 1; axis >= 0; axis--) {
            strides[axis] = stride;
            stride *= sizes[axis];
        }
        return strides;
    }

    void run(float[] x, float[] out) {
        copy(0, x, readStart, out, writeStart);
    }

    private void copy(int axis, float[] x, int from, float[] out, int to) {
        int size = sizes[axis];
        int read = readStrides[axis];
        int write = writeStrides[axis];
        if (axis + 1 < sizes.length) {
            for (int i = 0; i < size; i++) {
                copy(axis + 1, x, from + i * read, out, to + i * write);
            }
        } else if (read == 1 && write == 1 && size >= SHORT) {
            System.arraycopy(x, from, out, to, size);
        } else {
            for (int i = 0; i < size; i++) {
                out[to + i * write] = x[from + i * read];
            }
        }
    }
}
