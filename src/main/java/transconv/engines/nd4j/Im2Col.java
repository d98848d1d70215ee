package transconv.engines.nd4j;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import transconv.shape.Axis;
import transconv.shape.Geometry;

/**
 * The windows of the large side as rows of a matrix, one group of channels at a time: im2col copies them out of x, col2im adds them back
 * into x. The matrix is (batch * small positions, taps * channels of a group), in the kernel's order, so that it multiplies the kernel as it
 * lies in memory.
 */
final class Im2Col {

    /** A window view of x and the matrix' columns that hold it, of equal shape. */
    private record Pair(INDArray window, INDArray columns) {
    }

    private final List<Axis> axes;
    private final INDArray x;
    private final INDArray matrix;
    /** x with zeros around it, as far as the windows reach; x itself where they stay inside. */
    private final INDArray padded;
    /** The part that both have in common; null where there is none. */
    private final INDArray xInside;
    private final INDArray paddedInside;
    private final List<List<Pair>> runs = new ArrayList<>();
    private final List<List<Pair>> taps = new ArrayList<>();
    private final boolean identity;

    /**
     * @param geometry with three axes
     * @param x        (batch, three axes, large channels)
     */
    Im2Col(Geometry geometry, INDArray x, Scratch scratch) {
        this.axes = geometry.axes();
        this.x = x;
        int channels = geometry.largeChannels() / geometry.groups();
        long positions = x.size(0) * axes.get(0).small() * axes.get(1).small() * axes.get(2).small();
        identity = geometry.groups() == 1 && axes.stream().allMatch(Im2Col::isIdentity);
        matrix = identity ? x.reshape('c', positions, channels) : scratch.shared(positions, (long) geometry.taps() * channels);
        boolean windowsStayInside = axes.stream().allMatch(axis -> axis.crop() == 0 && axis.full() <= axis.large());
        padded = windowsStayInside ? x : scratch.zeros(x.size(0), axes.get(0).full(), axes.get(1).full(), axes.get(2).full(), x.size(4));
        xInside = inside(x, 0);
        paddedInside = inside(padded, 1);
        for (int group = 0; group < geometry.groups() && !identity; group++) {
            boolean tapsAdjoin = geometry.groups() == 1 && axes.get(2).dilation() == 1;
            runs.add(pairs(group, channels, tapsAdjoin ? axes.get(2).kernel() : 1));
            taps.add(pairs(group, channels, 1));
        }
    }

    private static boolean isIdentity(Axis axis) {
        return axis.kernel() == 1 && axis.stride() == 1 && axis.crop() == 0 && axis.large() == axis.small();
    }

    /** Padded position p is x position p - crop. */
    private INDArray inside(INDArray array, int shiftedByCrop) {
        long[] shape = array.shape().clone();
        long offset = array.offset();
        for (int i = 0; i < 3; i++) {
            Axis axis = axes.get(i);
            int begin = Math.max(0, -axis.crop());
            int end = Math.min(axis.large(), axis.full() - axis.crop());
            if (end <= begin) {
                return null;
            }
            shape[i + 1] = end - begin;
            offset += (begin + (long) shiftedByCrop * axis.crop()) * array.stride(i + 1);
        }
        return Nd4j.create(array.data(), shape, array.stride(), offset, 'c');
    }

    /**
     * Window views, {@code adjoining} taps of the last axis each: neighbours in the matrix that are neighbours in x as well, so that they can
     * be copied in one run. They cannot be added in one run, since their windows overlap.
     */
    private List<Pair> pairs(int group, int channels, int adjoining) {
        long[] shape = {padded.size(0), axes.get(0).small(), axes.get(1).small(), axes.get(2).small(), (long) adjoining * channels};
        long[] from = padded.stride();
        long[] strides = {from[0], from[1] * axes.get(0).stride(), from[2] * axes.get(1).stride(), from[3] * axes.get(2).stride(), 1};
        long row = matrix.size(1);
        long[] columnStrides = {shape[1] * shape[2] * shape[3] * row, shape[2] * shape[3] * row, shape[3] * row, row, 1};
        List<Pair> pairs = new ArrayList<>();
        long column = 0;
        for (int t0 = 0; t0 < axes.get(0).kernel(); t0++) {
            for (int t1 = 0; t1 < axes.get(1).kernel(); t1++) {
                for (int t2 = 0; t2 < axes.get(2).kernel(); t2 += adjoining) {
                    long start = padded.offset() + t0 * axes.get(0).dilation() * from[1] + t1 * axes.get(1).dilation() * from[2]
                            + t2 * axes.get(2).dilation() * from[3] + (long) group * channels;
                    pairs.add(new Pair(Nd4j.create(padded.data(), shape, strides, start, 'c'),
                            Nd4j.create(matrix.data(), shape, columnStrides, matrix.offset() + column, 'c')));
                    column += shape[4];
                }
            }
        }
        return pairs;
    }

    INDArray matrix() {
        return matrix;
    }

    /** Before the first {@link #im2col}: puts x between its zeros. */
    void pad() {
        if (padded != x && xInside != null) {
            paddedInside.assign(xInside);
        }
    }

    /** Copies the windows of a group into the matrix. */
    void im2col(int group) {
        if (!identity) {
            runs.get(group).forEach(pair -> pair.columns().assign(pair.window()));
        }
    }

    /** Before the first {@link #col2im}: an empty x. */
    void clear() {
        if (!identity) {
            padded.assign(0);
        }
    }

    /** Adds the matrix to the windows of a group. */
    void col2im(int group) {
        if (!identity) {
            taps.get(group).forEach(pair -> pair.window().addi(pair.columns()));
        }
    }

    /** After the last {@link #col2im}: takes x out from between its borders. */
    void crop() {
        if (padded != x) {
            x.assign(0);
            if (xInside != null) {
                xInside.assign(paddedInside);
            }
        }
    }
}
