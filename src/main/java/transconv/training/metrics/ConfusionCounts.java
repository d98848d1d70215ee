package transconv.training.metrics;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Weights of true and false positives and negatives at each of some thresholds; a prediction above the threshold is
 * positive. Each prediction goes into one bucket, by how many thresholds it is above; sums over buckets give the
 * counts. Source: Keras 3, {@code metrics_utils}.
 */
final class ConfusionCounts {

    private static final double EPSILON = 1e-7;

    private final int[] rank;
    private final float[] sorted;
    private final boolean even;
    private final boolean firstBelowZero;
    private final double[] positives;
    private final double[] negatives;

    ConfusionCounts(double[] thresholds) {
        sorted = new float[thresholds.length];
        rank = new int[thresholds.length];
        int[] order = IntStream.range(0, thresholds.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> thresholds[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        for (int place = 0; place < order.length; place++) {
            sorted[place] = (float) thresholds[order[place]];
            rank[order[place]] = place;
        }
        even = areEven(thresholds);
        firstBelowZero = thresholds[0] < 0;
        positives = new double[thresholds.length + 1];
        negatives = new double[thresholds.length + 1];
    }

    /**
     * Whether the thresholds are 0 to 1 in equal steps, about: then Keras computes the bucket instead of comparing,
     * which can differ for predictions that lie on a threshold.
     */
    static boolean areEven(double[] thresholds) {
        int n = thresholds.length;
        return n > 2
                && IntStream.range(0, n).allMatch(i -> {
                    double step = (double) i / (n - 1);
                    return Math.abs(thresholds[i] - step) <= EPSILON + 1e-5 * step;
                });
    }

    void add(boolean positive, float prediction, double weight) {
        (positive ? positives : negatives)[bucket(prediction)] += weight;
    }

    /** How many thresholds the prediction is above. */
    private int bucket(float prediction) {
        if (Float.isNaN(prediction)) {
            return 0;
        }
        if (even) {
            float within = Math.min(Math.max(prediction, 0), 1);
            int above = (int) Math.ceil(within * (float) (sorted.length - 1));
            return firstBelowZero ? Math.max(above, 1) : above;
        }
        int above = 0;
        while (above < sorted.length && prediction > sorted[above]) {
            above++;
        }
        return above;
    }

    double[] truePositives() {
        return above(positives);
    }

    double[] falsePositives() {
        return above(negatives);
    }

    double[] trueNegatives() {
        return below(negatives);
    }

    double[] falseNegatives() {
        return below(positives);
    }

    private double[] above(double[] buckets) {
        double[] sums = new double[sorted.length];
        double sum = 0;
        for (int place = sorted.length - 1; place >= 0; place--) {
            sum += buckets[place + 1];
            sums[place] = sum;
        }
        return inOrder(sums);
    }

    private double[] below(double[] buckets) {
        double[] sums = new double[sorted.length];
        double sum = 0;
        for (int place = 0; place < sorted.length; place++) {
            sum += buckets[place];
            sums[place] = sum;
        }
        return inOrder(sums);
    }

    private double[] inOrder(double[] sums) {
        return Arrays.stream(rank).mapToDouble(place -> sums[place]).toArray();
    }
}
