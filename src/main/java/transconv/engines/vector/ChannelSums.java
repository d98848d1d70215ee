package transconv.engines.vector;

import static transconv.engines.vector.Lanes.COUNT;
import static transconv.engines.vector.Lanes.SPECIES;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * A value for each channel, added at all positions, and its gradient. After a few vectors the same channels are in the
 * same lanes again: {@code period} values hold a whole number of positions and of vectors.
 */
final class ChannelSums {

    private final int channels;
    private final int period;
    private final float[] repeated;

    ChannelSums(int channels) {
        this.channels = channels;
        int vectors = channels;
        for (int part = COUNT; part > 1 && vectors % 2 == 0; part /= 2) {
            vectors /= 2;
        }
        period = vectors * COUNT;
        repeated = new float[period];
    }

    /** Adds the bias at each position; the arrays are as long as whole vectors. */
    void addBias(float[] x, float[] bias, float[] out, int length) {
        for (int i = 0; i < period; i++) {
            repeated[i] = bias[i % channels];
        }
        for (int start = 0; start < length; start += period) {
            int end = Math.min(period, length - start);
            for (int i = 0; i < end; i += COUNT) {
                FloatVector.fromArray(SPECIES, x, start + i)
                        .add(FloatVector.fromArray(SPECIES, repeated, i))
                        .intoArray(out, start + i);
            }
        }
    }

    /** Sums up each channel. */
    void sum(float[] x, float[] out, int length) {
        int whole = length / period * period;
        for (int i = 0; i < period; i += COUNT) {
            sumOneVector(x, i, whole);
        }
        Arrays.fill(out, 0, channels, 0);
        for (int i = 0; i < period; i++) {
            out[i % channels] += repeated[i];
        }
        for (int i = whole; i < length; i++) {
            out[i % channels] += x[i];
        }
    }

    /** Four sums side by side: an addition need not wait for the last one. */
    private void sumOneVector(float[] x, int first, int end) {
        FloatVector a = FloatVector.zero(SPECIES);
        FloatVector b = a;
        FloatVector c = a;
        FloatVector d = a;
        int i = first;
        for (; i + 3 * period < end; i += 4 * period) {
            a = a.add(FloatVector.fromArray(SPECIES, x, i));
            b = b.add(FloatVector.fromArray(SPECIES, x, i + period));
            c = c.add(FloatVector.fromArray(SPECIES, x, i + 2 * period));
            d = d.add(FloatVector.fromArray(SPECIES, x, i + 3 * period));
        }
        for (; i < end; i += period) {
            a = a.add(FloatVector.fromArray(SPECIES, x, i));
        }
        a.add(b).add(c.add(d)).intoArray(repeated, first);
    }
}
