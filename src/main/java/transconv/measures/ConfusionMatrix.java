package transconv.measures;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * How often each class was taken for each: rows are the classes that it was, columns those that were predicted. Values
 * are labels of samples, or of the pixels of label images. Source: scikit-learn, {@code
 * sklearn.metrics.confusion_matrix}, {@code jaccard_score}.
 *
 * <p>What a division by zero would give (a class that neither occurs nor is predicted) is NaN, and left out of means.
 *
 * <pre>{@code
 * INDArray target = Nd4j.createFromArray(0, 0, 1, 2);
 * ConfusionMatrix matrix = ConfusionMatrix.of(target, Nd4j.createFromArray(0, 1, 1, 2), 3);
 * System.out.println(matrix.accuracy() + ", " + matrix.meanIou()); // 0.75, 0.6666666666666666
 * }</pre>
 */
public final class ConfusionMatrix {

    private final long[][] counts;

    private ConfusionMatrix(long[][] counts) {
        this.counts = counts;
    }

    /**
     * Counts labels.
     *
     * @param target the true classes, whole numbers from 0 to classes - 1, in any shape
     * @param prediction the predicted classes, in the same shape
     * @param classes how many there are
     * @throws IllegalArgumentException if classes is below 2, the shapes differ, or a value is no class
     */
    public static ConfusionMatrix of(INDArray target, INDArray prediction, int classes) {
        if (classes < 2) {
            throw new IllegalArgumentException(
                    "ConfusionMatrix: classes=%d must be at least 2; raise it".formatted(classes));
        }
        requireValues("target", target);
        requireValues("prediction", prediction);
        if (!Arrays.equals(target.shape(), prediction.shape())) {
            throw new IllegalArgumentException("ConfusionMatrix: prediction %s for target %s; give both the same shape"
                    .formatted(Arrays.toString(prediction.shape()), Arrays.toString(target.shape())));
        }
        int[] row = classes("target", target, classes);
        int[] column = classes("prediction", prediction, classes);
        long[][] counts = new long[classes][classes];
        for (int i = 0; i < row.length; i++) {
            counts[row[i]][column[i]]++;
        }
        return new ConfusionMatrix(counts);
    }

    /**
     * What this and another one counted, together: for sets too large to be looked at in one piece.
     *
     * @throws IllegalArgumentException if the other one has another number of classes
     */
    public ConfusionMatrix plus(ConfusionMatrix other) {
        if (other.counts.length != counts.length) {
            throw new IllegalArgumentException("ConfusionMatrix: %d classes plus %d classes; give both the same number"
                    .formatted(counts.length, other.counts.length));
        }
        long[][] sums = counts();
        for (int row = 0; row < sums.length; row++) {
            for (int column = 0; column < sums.length; column++) {
                sums[row][column] += other.counts[row][column];
            }
        }
        return new ConfusionMatrix(sums);
    }

    /** A copy of the counts, [true class][predicted class]. */
    public long[][] counts() {
        return Arrays.stream(counts).map(long[]::clone).toArray(long[][]::new);
    }

    /** The share of values that were predicted right. */
    public double accuracy() {
        return (double) classes().mapToLong(i -> counts[i][i]).sum()
                / classes().mapToLong(this::occurring).sum();
    }

    /** For each class the share of what was predicted as it that is it; NaN if it was never predicted. */
    public double[] precision() {
        return each(i -> (double) counts[i][i] / predicted(i));
    }

    /** For each class the share of it that was found; NaN if it does not occur. */
    public double[] recall() {
        return each(i -> (double) counts[i][i] / occurring(i));
    }

    /** For each class intersection over union: what is it and was predicted as it, over what is either. */
    public double[] iou() {
        return each(i -> (double) counts[i][i] / (occurring(i) + predicted(i) - counts[i][i]));
    }

    /** The mean of {@link #iou} over the classes that occur or were predicted. */
    public double meanIou() {
        return Arrays.stream(iou()).filter(iou -> !Double.isNaN(iou)).average().orElseThrow();
    }

    /** The counts as a table with right-aligned columns. */
    @Override
    public String toString() {
        long largest = classes()
                .mapToLong(i -> Arrays.stream(counts[i]).max().orElse(0))
                .max()
                .orElse(0);
        int width = Long.toString(Math.max(largest, counts.length - 1)).length();
        StringBuilder table = new StringBuilder("true \\ predicted");
        String indent = " ".repeat("true \\ predicte".length());
        classes().forEach(i -> table.append(("  %" + width + "d").formatted(i)));
        for (int row = 0; row < counts.length; row++) {
            table.append("\n")
                    .append((indent + row).substring(Integer.toString(row).length() - 1));
            for (long count : counts[row]) {
                table.append(("  %" + width + "d").formatted(count));
            }
        }
        return table.toString();
    }

    private IntStream classes() {
        return IntStream.range(0, counts.length);
    }

    private double[] each(IntToDoubleFunction share) {
        return classes().mapToDouble(share).toArray();
    }

    private long occurring(int label) {
        return Arrays.stream(counts[label]).sum();
    }

    private long predicted(int label) {
        return Arrays.stream(counts).mapToLong(row -> row[label]).sum();
    }

    private static void requireValues(String what, INDArray labels) {
        if (labels == null || labels.isEmpty()) {
            throw new IllegalArgumentException("ConfusionMatrix: %s=%s must be an array of at least one class"
                    .formatted(what, labels == null ? null : "[]"));
        }
    }

    private static int[] classes(String what, INDArray labels, int classes) {
        double[] values = labels.castTo(DataType.DOUBLE).dup('c').data().asDouble();
        int[] found = new int[values.length];
        for (int i = 0; i < values.length; i++) {
            found[i] = (int) values[i];
            if (found[i] != values[i] || found[i] < 0 || found[i] >= classes) {
                throw new IllegalArgumentException(
                        ("ConfusionMatrix: a %s is %s; it must be a whole number from 0 to %d; "
                                        + "raise classes, or take argMax of probabilities first")
                                .formatted(what, values[i], classes - 1));
            }
        }
        return found;
    }
}
