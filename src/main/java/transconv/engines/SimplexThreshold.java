package transconv.engines;

/**
 * What is to be taken off each of some values so that the rest above 0 sums to 1. Source: Martins and Astudillo (2016),
 * algorithm 1.
 */
public final class SimplexThreshold {

    private SimplexThreshold() {}

    /** @param sorted from the least value to the largest; NaN, which stands behind all numbers, makes the result NaN */
    public static double of(float[] sorted) {
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
