package transconv.engines.nd4j;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * im2col: the windows of a padded tensor as rows of a matrix, (batch * positions, taps * channels of a group).
 */
final class Windows {

    /**
     * The windows of one axis: tap i of window j lies at position {@code j * step + offsets[i]} of the tensor.
     *
     * @param count   windows, at least 1
     * @param step    distance of neighbouring windows
     * @param offsets the taps, ascending, at least one
     */
    record AxisWindows(int count, int step, int[] offsets) {

        long low() {
            return offsets[0];
        }

        long high() {
            return offsets[offsets.length - 1] + (count - 1L) * step + 1;
        }

        /** Whether neighbouring taps are neighbouring positions. */
        boolean adjoin() {
            return offsets[offsets.length - 1] - offsets[0] == offsets.length - 1;
        }

        /** Whether each window is one position, in order. */
        boolean isIdentity(long size) {
            return offsets.length == 1 && offsets[0] == 0 && step == 1 && count == size;
        }
    }

    private final INDArray matrix;
    private final List<Copy> copies = new ArrayList<>();

    /**
     * The same channels for every tap.
     *
     * @param axes     three of them
     * @param group    which block of channels
     * @param channels of a group
     */
    Windows(Padded padded, List<AxisWindows> axes, int group, int channels, Scratch scratch) {
        this(padded, axes, (long) group * channels, 0, channels, scratch);
    }

    /** The first block of channels for the first tap, the second for the second, and so on. */
    static Windows oneBlockATap(Padded padded, List<AxisWindows> axes, int channels, Scratch scratch) {
        return new Windows(padded, axes, 0, channels, channels, scratch);
    }

    private Windows(
            Padded padded, List<AxisWindows> axes, long firstChannel, int channelsATap, int channels, Scratch scratch) {
        INDArray array = padded.array();
        AxisWindows depth = axes.get(0);
        AxisWindows height = axes.get(1);
        AxisWindows width = axes.get(2);
        long taps = (long) depth.offsets().length * height.offsets().length * width.offsets().length;
        long positions = array.size(0) * depth.count() * height.count() * width.count();
        if (array.size(4) == channels
                && depth.isIdentity(array.size(1))
                && height.isIdentity(array.size(2))
                && width.isIdentity(array.size(3))) {
            matrix = array.reshape('c', positions, channels);
            return;
        }
        matrix = scratch.shared(positions, taps * channels);
        // Taps of the last axis that adjoin in the tensor adjoin in the matrix too, and are copied in one run.
        int run = array.size(4) == channels && width.adjoin() ? width.offsets().length : 1;
        long[] shape = {array.size(0), depth.count(), height.count(), width.count(), (long) run * channels};
        long[] fromStrides = {
            array.stride(0),
            array.stride(1) * depth.step(),
            array.stride(2) * height.step(),
            array.stride(3) * width.step(),
            1
        };
        long row = taps * channels;
        long[] toStrides = {row * shape[1] * shape[2] * shape[3], row * shape[2] * shape[3], row * shape[3], row, 1};
        long column = 0;
        for (int d : depth.offsets()) {
            for (int h : height.offsets()) {
                for (int w = 0; w < width.offsets().length; w += run) {
                    long start = padded.offset(d, h, width.offsets()[w])
                            + firstChannel
                            + copies.size() * (long) channelsATap;
                    copies.add(new Copy(
                            Nd4j.create(array.data(), shape, fromStrides, start, 'c'),
                            Nd4j.create(matrix.data(), shape, toStrides, matrix.offset() + column, 'c')));
                    column += shape[4];
                }
            }
        }
    }

    /** Copies the windows into the matrix. */
    void copy() {
        copies.forEach(Copy::run);
    }

    INDArray matrix() {
        return matrix;
    }
}
