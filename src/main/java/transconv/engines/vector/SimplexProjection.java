package transconv.engines.vector;

import java.util.Arrays;
import transconv.engines.SimplexThreshold;

/** Each row of channels minus the threshold that lets what is above it sum to 1. */
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
            double threshold = SimplexThreshold.of(sorted);
            for (int i = row; i < row + sorted.length; i++) {
                out[i] = (float) Math.max(x[i] - threshold, 0);
            }
        }
    }
}
