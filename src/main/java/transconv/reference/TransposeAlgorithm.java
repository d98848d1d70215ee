package transconv.reference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Four ways to the same transposed convolution, each in plain loops that differ in their order only: how much work is
 * wasted, and how much memory it takes, is counted. This file needs nothing but a JDK.
 *
 * <p>All compute {@code x[o * stride + t * dilation - crop] += y[o] k[t]}. Tensors are flat arrays, channels last: the
 * input y is (batch, small axes, small channels), the output x is (batch, large axes, large channels), the kernel k is
 * (kernel axes, large channels / groups, small channels). Sources: Dumoulin and Visin (2016), "A guide to convolution
 * arithmetic for deep learning", chapter 4 (scatter, zero insertion); Shi et al. (2016), "Is the deconvolution layer
 * the same as a convolutional layer?" (output phases); Chellapilla, Puri and Simard (2006), "High performance
 * convolutional neural networks for document processing" (unrolling to a matrix product).
 *
 * <pre>{@code
 * var problem = new TransposeAlgorithm.Problem(1, 1, 1, 1, new int[] {1, 1, 5}, new int[] {1, 1, 2}, new int[] {1, 1, 3}, new int[] {1, 1, 2}, new int[] {1, 1, 1}, new int[] {0, 0, 0});
 * var result = TransposeAlgorithm.ZERO_INSERTION.compute(problem, new double[] {1, 2}, new double[] {1, 10, 100});
 * System.out.println(java.util.Arrays.toString(result.x()) + " by " + result.multiplyAdds()); // [1.0, 10.0, 102.0, 20.0, 200.0] by 15
 * }</pre>
 */
public enum TransposeAlgorithm {

    /** Each input value adds its stamp, the kernel times the value, to the output. */
    SCATTER("scatter") {
        @Override
        void compute(Work work) {
            Problem p = work.problem;
            int[][] taps = positions(p.kernel);
            for (int n = 0; n < p.batch; n++) {
                for (int[] o : positions(p.small)) {
                    for (int[] t : taps) {
                        int[] i = p.meet(o, t);
                        if (isInside(i, p.large)) {
                            work.add(work.y, at(n, o, p.small), t, work.x, at(n, i, p.large));
                        }
                    }
                }
            }
        }
    },

    /** Zeros between the inputs and around them, then an ordinary convolution of stride 1 with the turned kernel. */
    ZERO_INSERTION("zero insertion") {
        @Override
        void compute(Work work) {
            Problem p = work.problem;
            int[][] taps = positions(p.kernel);
            int[] first = new int[3];
            int[] size = new int[3];
            for (int axis = 0; axis < 3; axis++) {
                int reach = (p.kernel[axis] - 1) * p.dilation[axis];
                first[axis] = reach - p.crop[axis];
                size[axis] = p.large[axis] + reach;
            }
            double[] stretched = work.memory(p.batch * volume(size) * p.smallChannels);
            for (int n = 0; n < p.batch; n++) {
                for (int[] o : positions(p.small)) {
                    int[] to = sum(first, o, p.stride);
                    if (isInside(to, size)) {
                        int from = at(n, o, p.small) * p.smallChannels;
                        System.arraycopy(work.y, from, stretched, at(n, to, size) * p.smallChannels, p.smallChannels);
                    }
                }
                for (int[] i : positions(p.large)) {
                    for (int t = 0; t < taps.length; t++) {
                        int from = at(n, sum(i, taps[t], p.dilation), size);
                        // The turned kernel is the kernel read from its end.
                        work.add(stretched, from, taps[taps.length - 1 - t], work.x, at(n, i, p.large));
                    }
                }
            }
        }
    },

    /** Outputs that differ by the stride meet the same taps: each such phase is an ordinary convolution with them. */
    OUTPUT_PHASES("output phases") {
        @Override
        void compute(Work work) {
            Problem p = work.problem;
            int[][] taps = positions(p.kernel);
            for (int[] phase : positions(p.stride)) {
                int[] count = new int[3];
                for (int axis = 0; axis < 3; axis++) {
                    count[axis] = Math.max(0, (p.large[axis] - phase[axis] + p.stride[axis] - 1) / p.stride[axis]);
                }
                List<int[]> meeting = Arrays.stream(taps)
                        .filter(t -> p.source(phase, t) != null)
                        .toList();
                for (int n = 0; n < p.batch; n++) {
                    for (int[] j : positions(count)) {
                        int[] i = sum(phase, j, p.stride);
                        for (int[] t : meeting) {
                            int[] o = p.source(i, t);
                            if (isInside(o, p.small)) {
                                work.add(work.y, at(n, o, p.small), t, work.x, at(n, i, p.large));
                            }
                        }
                    }
                }
            }
        }
    },

    /** All inputs times all taps as one matrix product, whose columns are then added where they belong. */
    PRODUCT_AND_COL2IM("matrix product and col2im") {
        @Override
        void compute(Work work) {
            Problem p = work.problem;
            int[][] taps = positions(p.kernel);
            double[] columns = work.memory(p.batch * volume(p.small) * taps.length * p.largeChannels);
            for (int row = 0; row < p.batch * volume(p.small); row++) {
                for (int[] t : taps) {
                    work.add(work.y, row, t, columns, row * taps.length + at(0, t, p.kernel));
                }
            }
            for (int n = 0; n < p.batch; n++) {
                for (int[] o : positions(p.small)) {
                    for (int[] t : taps) {
                        int[] i = p.meet(o, t);
                        if (isInside(i, p.large)) {
                            int from = (at(n, o, p.small) * taps.length + at(0, t, p.kernel)) * p.largeChannels;
                            int to = at(n, i, p.large) * p.largeChannels;
                            for (int c = 0; c < p.largeChannels; c++) {
                                work.x[to + c] += columns[from + c];
                            }
                        }
                    }
                }
            }
        }
    };

    /**
     * What is to be computed; always three axes, those in front of length 1 where there are fewer.
     *
     * @param batch         number of samples, at least 1
     * @param largeChannels channels of the output
     * @param smallChannels channels of the input
     * @param groups        blocks of channels that do not mix; divides both numbers of channels
     * @param large         lengths of the output's axes
     * @param small         lengths of the input's axes
     * @param kernel        taps of each axis
     * @param stride        output positions an input position, at least 1 each
     * @param dilation      output positions a tap, at least 1 each
     * @param crop          positions of the full result before the output's first; may be negative
     */
    public record Problem(
            int batch,
            int largeChannels,
            int smallChannels,
            int groups,
            int[] large,
            int[] small,
            int[] kernel,
            int[] stride,
            int[] dilation,
            int[] crop) {

        private int[] meet(int[] o, int[] t) {
            int[] i = new int[3];
            for (int axis = 0; axis < 3; axis++) {
                i[axis] = o[axis] * stride[axis] + t[axis] * dilation[axis] - crop[axis];
            }
            return i;
        }

        /** The input position that an output meets at a tap, which may lie outside; null where it lies between two. */
        private int[] source(int[] i, int[] t) {
            int[] o = new int[3];
            for (int axis = 0; axis < 3; axis++) {
                int distance = i[axis] + crop[axis] - t[axis] * dilation[axis];
                if (distance % stride[axis] != 0) {
                    return null;
                }
                o[axis] = distance / stride[axis];
            }
            return o;
        }
    }

    /**
     * What came out, and at what price.
     *
     * @param x            the output
     * @param multiplyAdds that were carried out, counted as they were
     * @param workBytes    of arrays beside input, kernel and output
     */
    public record Result(double[] x, long multiplyAdds, long workBytes) {}

    private final String words;

    TransposeAlgorithm(String words) {
        this.words = words;
    }

    abstract void compute(Work work);

    /**
     * The transposed convolution.
     *
     * @param y input, (batch, small axes, small channels)
     * @param k kernel, (kernel axes, large channels / groups, small channels)
     * @throws IllegalArgumentException if an array's length is not that of its shape
     */
    public Result compute(Problem problem, double[] y, double[] k) {
        requireLength("y", y, problem.batch * volume(problem.small) * problem.smallChannels);
        requireLength("k", k, volume(problem.kernel) * problem.largeChannels / problem.groups * problem.smallChannels);
        Work work = new Work(problem, y, k);
        compute(work);
        return new Result(work.x, work.multiplyAdds, work.workBytes);
    }

    /** The algorithm's name: {@code zero insertion}. */
    @Override
    public String toString() {
        return words;
    }

    private static void requireLength(String what, double[] values, int length) {
        if (values.length != length) {
            throw new IllegalArgumentException(
                    "TransposeAlgorithm: %s has %d values, its shape needs %d".formatted(what, values.length, length));
        }
    }

    /** One computation, and what it has taken so far. */
    private static final class Work {

        private final Problem problem;
        private final double[] y;
        private final double[] k;
        private final double[] x;
        private long multiplyAdds;
        private long workBytes;

        Work(Problem problem, double[] y, double[] k) {
            this.problem = problem;
            this.y = y;
            this.k = k;
            x = new double[problem.batch * volume(problem.large) * problem.largeChannels];
        }

        double[] memory(int length) {
            workBytes += (long) length * Double.BYTES;
            return new double[length];
        }

        /** The channels at one position times the kernel at one tap, added to the channels at another position. */
        void add(double[] from, int position, int[] tap, double[] to, int target) {
            int all = problem.smallChannels;
            int in = all / problem.groups;
            int out = problem.largeChannels / problem.groups;
            int weights = at(0, tap, problem.kernel) * out * all;
            for (int c = 0; c < problem.largeChannels; c++) {
                int first = c / out * in;
                double sum = 0;
                for (int f = first; f < first + in; f++) {
                    sum += from[position * all + f] * k[weights + c % out * all + f];
                }
                to[target * problem.largeChannels + c] += sum;
            }
            multiplyAdds += (long) in * problem.largeChannels;
        }
    }

    private static int volume(int[] sizes) {
        return sizes[0] * sizes[1] * sizes[2];
    }

    /** All positions of a grid, in C order. */
    private static int[][] positions(int[] sizes) {
        List<int[]> all = new ArrayList<>();
        for (int a = 0; a < sizes[0]; a++) {
            for (int b = 0; b < sizes[1]; b++) {
                for (int c = 0; c < sizes[2]; c++) {
                    all.add(new int[] {a, b, c});
                }
            }
        }
        return all.toArray(int[][]::new);
    }

    /** The number of a position, counted over the batch. */
    private static int at(int sample, int[] position, int[] sizes) {
        return ((sample * sizes[0] + position[0]) * sizes[1] + position[1]) * sizes[2] + position[2];
    }

    private static int[] sum(int[] first, int[] steps, int[] step) {
        return new int[] {first[0] + steps[0] * step[0], first[1] + steps[1] * step[1], first[2] + steps[2] * step[2]};
    }

    private static boolean isInside(int[] position, int[] sizes) {
        for (int axis = 0; axis < 3; axis++) {
            if (position[axis] < 0 || position[axis] >= sizes[axis]) {
                return false;
            }
        }
        return true;
    }
}
