package transconv.engines.vector;

import java.util.Arrays;

/**
 * Each row of channels minus the threshold that lets what is above it sum to 1. Source: Martins and Astudillo (2016),
 * algorithm 1.
 */
final class SimplexProjection {

    private final int length;
    private final float[] sorted;

    /** @param length of all rows */
    SimplexProjection(int length, int channels) {
        this.length = length;
        sorted = new float[channels];
    }

    void run(float[] x, float[] out) {
        for (int row = 0; row < length; row += sorted.length) {
            System.arraycopy(x, row, sorted, 0, sorted.length);
            Arrays.sort(sorted);
            double threshold = threshold();
            for (int i = row; i < row + sorted.length; i++) {
                out[i] = (float) Math.max(x[i] - threshold, 0);
            }
        }
    }

    /** NaN for a row with NaN, which is sorted behind all numbers. */
    private double threshold() {
        double threshold = Double.NaN;
        double sum = 0;
        for (int count = 1; count <= sorted.length; count++) {
            double next = sorted[sorted.length - count];
            sum += next;
            if (1 + count * next > sum) {
                threshold = (sum - 1) / count;
            }
        }
        return threshold;
    }
}
