package transconv.measures;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The receiver operating characteristic: the share of positives that a threshold finds over the share of negatives that
 * it takes for positives, exactly, at every score that occurs; equal scores are one point.
 *
 * <p>Where {@link transconv.training.metrics.AUC} adds up batches at a fixed number of thresholds, this takes all
 * scores at once and its area is exact: the share of pairs of a positive and a negative with the positive's score
 * higher, ties counting half. Source: scikit-learn, {@code sklearn.metrics.roc_curve}, {@code roc_auc_score}.
 *
 * <pre>{@code
 * INDArray labels = Nd4j.createFromArray(0, 0, 1, 1);
 * RocCurve curve = RocCurve.of(labels, Nd4j.createFromArray(0.1, 0.4, 0.35, 0.8));
 * System.out.println(curve.area()); // 0.75
 * }</pre>
 */
public final class RocCurve {

    private final long[] falsePositives;
    private final long[] truePositives;
    private final double[] thresholds;

    private RocCurve(long[] falsePositives, long[] truePositives, double[] thresholds) {
        this.falsePositives = falsePositives;
        this.truePositives = truePositives;
        this.thresholds = thresholds;
    }

    /**
     * The curve with a point for every score that occurs.
     *
     * @param labels 1 for positive, 0 for negative, in any shape
     * @param scores as many numbers, higher for what is more likely positive
     * @throws IllegalArgumentException if their numbers differ, a label is neither 0 nor 1, all labels are the same, or
     *     a score is not finite
     */
    public static RocCurve of(INDArray labels, INDArray scores) {
        double[] label = values("labels", labels);
        double[] score = values("scores", scores);
        if (label.length != score.length) {
            throw new IllegalArgumentException("RocCurve: %d labels for %d scores; give one label for each score"
                    .formatted(label.length, score.length));
        }
        requireBothClasses(label);
        for (double one : score) {
            if (!Double.isFinite(one)) {
                throw new IllegalArgumentException(
                        "RocCurve: a score is %s; every score must be finite; look for where it comes from"
                                .formatted(one));
            }
        }
        return of(label, score);
    }

    private static RocCurve of(double[] label, double[] score) {
        double[] positives = sorted(1, label, score);
        double[] negatives = sorted(0, label, score);
        long[] found = new long[score.length + 1];
        long[] mistaken = new long[score.length + 1];
        double[] thresholds = new double[score.length + 1];
        // Above every score nothing is taken for positive.
        thresholds[0] = Double.POSITIVE_INFINITY;
        int points = 1;
        int p = positives.length;
        int n = negatives.length;
        while (p > 0 || n > 0) {
            boolean positive = n == 0 || p > 0 && positives[p - 1] >= negatives[n - 1];
            double threshold = positive ? positives[p - 1] : negatives[n - 1];
            while (p > 0 && positives[p - 1] == threshold) {
                p--;
            }
            while (n > 0 && negatives[n - 1] == threshold) {
                n--;
            }
            found[points] = positives.length - p;
            mistaken[points] = negatives.length - n;
            thresholds[points++] = threshold;
        }
        return new RocCurve(
                Arrays.copyOf(mistaken, points), Arrays.copyOf(found, points), Arrays.copyOf(thresholds, points));
    }

    private static double[] sorted(int wanted, double[] label, double[] score) {
        return IntStream.range(0, score.length)
                .filter(i -> label[i] == wanted)
                .mapToDouble(i -> score[i])
                .sorted()
                .toArray();
    }

    /** The same curve and area without points halfway between their neighbours: less to draw. */
    public RocCurve withoutIntermediate() {
        int last = thresholds.length - 1;
        int[] corners = IntStream.rangeClosed(0, last)
                .filter(i -> i <= 1 || i == last || isCorner(i))
                .toArray();
        return new RocCurve(
                Arrays.stream(corners).mapToLong(i -> falsePositives[i]).toArray(),
                Arrays.stream(corners).mapToLong(i -> truePositives[i]).toArray(),
                Arrays.stream(corners).mapToDouble(i -> thresholds[i]).toArray());
    }

    // By steps alike on both sides and not by slope, and the highest score stays, both as in scikit-learn: a few points
    // on straight lines remain.
    private boolean isCorner(int i) {
        return falsePositives[i + 1] - falsePositives[i] != falsePositives[i] - falsePositives[i - 1]
                || truePositives[i + 1] - truePositives[i] != truePositives[i] - truePositives[i - 1];
    }

    /** The share of negatives with scores at or above each threshold, rising from 0 to 1. */
    public double[] falsePositiveRates() {
        return rates(falsePositives);
    }

    /** The share of positives with scores at or above each threshold, rising from 0 to 1. */
    public double[] truePositiveRates() {
        return rates(truePositives);
    }

    /** Infinity, then the scores, falling. */
    public double[] thresholds() {
        return thresholds.clone();
    }

    /** The area under the curve: 1 where every positive scores higher than every negative, 0.5 for chance. */
    public double area() {
        double twice = 0;
        for (int i = 1; i < thresholds.length; i++) {
            twice += (double) (falsePositives[i] - falsePositives[i - 1]) * (truePositives[i] + truePositives[i - 1]);
        }
        int last = thresholds.length - 1;
        return twice / 2 / ((double) falsePositives[last] * truePositives[last]);
    }

    private static double[] rates(long[] counts) {
        double all = counts[counts.length - 1];
        return Arrays.stream(counts).mapToDouble(count -> count / all).toArray();
    }

    private static double[] values(String what, INDArray array) {
        if (array == null || array.isEmpty()) {
            throw new IllegalArgumentException("RocCurve: %s=%s must be an array of at least two values"
                    .formatted(what, array == null ? null : "[]"));
        }
        return array.castTo(DataType.DOUBLE).dup('c').data().asDouble();
    }

    private static void requireBothClasses(double[] labels) {
        long positives = 0;
        for (double label : labels) {
            if (label != 0 && label != 1) {
                throw new IllegalArgumentException(
                        "RocCurve: a label is %s; it must be 0 or 1; compare labels to the positive one first"
                                .formatted(label));
            }
            positives += (long) label;
        }
        if (positives == 0 || positives == labels.length) {
            throw new IllegalArgumentException(
                    "RocCurve: all %d labels are %d; a curve needs both positives and negatives; add the other ones"
                            .formatted(labels.length, positives == 0 ? 0 : 1));
        }
    }
}
