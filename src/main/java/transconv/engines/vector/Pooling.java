package transconv.engines.vector;

import static transconv.engines.vector.Lanes.COUNT;
import static transconv.engines.vector.Lanes.SPECIES;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import transconv.shape.Axis;
import transconv.shape.Shape;

/**
 * Maxima of windows, as loops over windows, taps and vectors of channels. Windows are computed in order: what a vector
 * writes behind a window's last channel is the next window's, which is computed later.
 */
final class Pooling {

    private final int batch;
    private final int channels;
    /** Elements of one sample of the large side. */
    private final int sample;
    /** For each window of a sample, where its taps begin in {@link #taps}; one entry more for their end. */
    private final int[] begin;
    /** Where the taps that are not beyond the large side lie in a sample, window by window in C order. */
    private final int[] taps;
    /** The gradient of each channel that is still to be given away, and zeros up to a whole vector. */
    private final float[] rest;

    /** @param large the shape of the large side, (batch, axes..., channels) */
    Pooling(List<Axis> axes, Shape large) {
        batch = large.size(0);
        channels = large.last();
        sample = large.elements() / batch;
        rest = Lanes.array(channels);
        List<Axis> three = new ArrayList<>(axes);
        while (three.size() < 3) {
            three.add(0, Axis.UNIT);
        }
        Axis depth = three.get(0);
        Axis height = three.get(1);
        Axis width = three.get(2);
        begin = new int[depth.small() * height.small() * width.small() + 1];
        int[] found = new int[Math.toIntExact(depth.meetings() * height.meetings() * width.meetings())];
        int window = 0;
        int count = 0;
        for (int d = 0; d < depth.small(); d++) {
            for (int h = 0; h < height.small(); h++) {
                for (int w = 0; w < width.small(); w++) {
                    for (int i : positions(depth, d)) {
                        for (int j : positions(height, h)) {
                            for (int k : positions(width, w)) {
                                found[count++] = ((i * height.large() + j) * width.large() + k) * channels;
                            }
                        }
                    }
                    begin[++window] = count;
                }
            }
        }
        taps = found;
    }

    /** The large positions that a window covers, those beyond either end left out. */
    private static int[] positions(Axis axis, int small) {
        int first = small * axis.stride() - axis.crop();
        int[] positions = new int[axis.kernel()];
        int count = 0;
        for (int tap = 0; tap < axis.kernel(); tap++) {
            int position = first + tap * axis.dilation();
            if (position >= 0 && position < axis.large()) {
                positions[count++] = position;
            }
        }
        return Arrays.copyOf(positions, count);
    }

    long workBytes() {
        return (long) (begin.length + taps.length) * Integer.BYTES + (long) rest.length * Float.BYTES;
    }

    /** The first largest value of each window and channel; -∞ of a window that lies outside altogether. */
    void max(float[] x, float[] y) {
        int to = 0;
        for (int at = 0; at < batch * sample; at += sample) {
            for (int window = 0; window + 1 < begin.length; window++, to += channels) {
                Arrays.fill(y, to, to + channels, Float.NEGATIVE_INFINITY);
                for (int tap = begin[window]; tap < begin[window + 1]; tap++) {
                    keepLarger(x, at + taps[tap], y, to, channels);
                }
            }
        }
    }

    /** Keeps the earlier of equal values and the last NaN. */
    private static void keepLarger(float[] x, int from, float[] y, int to, int channels) {
        for (int c = 0; c < channels; c += COUNT) {
            FloatVector largest = FloatVector.fromArray(SPECIES, y, to + c);
            FloatVector value = FloatVector.fromArray(SPECIES, x, from + c);
            VectorMask<Float> isLarger = value.compare(VectorOperators.GT, largest);
            VectorMask<Float> isNaN = value.compare(VectorOperators.NE, value);
            largest.blend(value, isLarger.or(isNaN)).intoArray(y, to + c);
        }
    }

    /**
     * The gradient by x: each window's goes to its first largest value.
     *
     * @param y        the windows' maxima
     * @param gradient of y
     */
    void maxGradient(float[] x, float[] y, float[] gradient, float[] out) {
        Arrays.fill(out, 0, batch * sample, 0);
        int from = 0;
        for (int at = 0; at < batch * sample; at += sample) {
            for (int window = 0; window + 1 < begin.length; window++, from += channels) {
                System.arraycopy(gradient, from, rest, 0, channels);
                for (int tap = begin[window]; tap < begin[window + 1]; tap++) {
                    give(x, at + taps[tap], y, from, out, rest, channels);
                }
            }
        }
    }

    /** Adds what is left of the gradient where a tap's value is the largest. */
    private static void give(float[] x, int at, float[] y, int window, float[] out, float[] rest, int channels) {
        FloatVector zero = FloatVector.zero(SPECIES);
        for (int c = 0; c < channels; c += COUNT) {
            FloatVector value = FloatVector.fromArray(SPECIES, x, at + c);
            FloatVector largest = FloatVector.fromArray(SPECIES, y, window + c);
            FloatVector left = FloatVector.fromArray(SPECIES, rest, c);
            VectorMask<Float> isLargest =
                    value.compare(VectorOperators.EQ, largest).or(value.compare(VectorOperators.NE, value));
            FloatVector sum = FloatVector.fromArray(SPECIES, out, at + c);
            sum.add(zero.blend(left, isLargest)).intoArray(out, at + c);
            left.blend(zero, isLargest).intoArray(rest, c);
        }
    }
}
