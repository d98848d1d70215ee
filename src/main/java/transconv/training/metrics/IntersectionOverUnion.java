package transconv.training.metrics;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import transconv.config.Config;

/**
 * The mean, over classes, of the share that target and prediction have in common of what either of them covers. What
 * lies outside of the classes does not count. Source: Keras 3, {@code keras.metrics.IoU}; weights are taken as they
 * are, as Keras does with a floating dtype (its default cuts their fractions off).
 */
abstract class IntersectionOverUnion<T extends IntersectionOverUnion<T>> extends BaseMetric<T> {

    private static final double EPSILON = 1e-7;

    private final int numClasses;
    private final int[] targetClassIds;
    /** (target class, predicted class). */
    private final double[][] confusion;

    private Integer ignoreClass;

    IntersectionOverUnion(String name, int numClasses, int... targetClassIds) {
        super(name);
        this.numClasses = requireAtLeast(1, "numClasses", numClasses);
        if (targetClassIds == null || targetClassIds.length == 0) {
            throw refused("targetClassIds", "[]", "one or more classes; give those that count");
        }
        for (int id : targetClassIds) {
            if (id < 0 || id >= numClasses) {
                throw refused(
                        "targetClassIds",
                        id,
                        "at least 0 and below numClasses=%d; choose another".formatted(numClasses));
            }
        }
        this.targetClassIds = targetClassIds.clone();
        confusion = new double[numClasses][numClasses];
    }

    static int[] allOf(int numClasses) {
        return IntStream.range(0, Math.max(1, numClasses)).toArray();
    }

    /** Whether targets are labels and not lines of values, one for each class. */
    abstract boolean sparseTarget();

    /** Whether predictions are labels and not lines of scores, one for each class. */
    abstract boolean sparsePrediction();

    final int numClasses() {
        return numClasses;
    }

    final int[] targetClassIds() {
        return targetClassIds.clone();
    }

    final Integer ignoreClass() {
        return ignoreClass;
    }

    final void setIgnoreClass(int ignoreClass) {
        this.ignoreClass = ignoreClass;
    }

    /** The label that a value of a sparse prediction stands for. */
    float label(float prediction) {
        return prediction;
    }

    @Override
    public final void update(INDArray targets, INDArray predictions, INDArray sampleWeights) {
        FloatTensor target = labels("target", targets, sparseTarget());
        FloatTensor prediction = labels("prediction", predictions, sparsePrediction());
        int values = prediction.data().length;
        int samples = prediction.rank() == 0 ? 1 : prediction.shape()[0];
        if (target.data().length != values || target.rank() > 0 && target.shape()[0] != samples) {
            throw new IllegalArgumentException(
                    "%s: target %s and prediction %s must be labels of the same positions; sparseYTrue and sparseYPred"
                                    .formatted(name(), target.shapeText(), prediction.shapeText())
                            + " say which of them are labels already");
        }
        float[] weights = weights(sampleWeights, samples);
        for (int i = 0; i < values; i++) {
            float value = prediction.data()[i];
            int truth = wholeLabel(target.data()[i]);
            int guess = wholeLabel(sparsePrediction() ? label(value) : value);
            boolean ignored = ignoreClass != null && ignoreClass == truth;
            if (isClass(truth) && isClass(guess) && !ignored) {
                confusion[truth][guess] += weights == null ? 1 : weights[i / (values / samples)];
            }
        }
    }

    private FloatTensor labels(String what, INDArray array, boolean sparse) {
        FloatTensor tensor = FloatTensor.of(name(), what, array);
        if (sparse) {
            return tensor;
        }
        int classes = tensor.last();
        if (tensor.rank() < 2 || classes > numClasses) {
            throw new IllegalArgumentException(
                    "%s: %s %s must have a last axis of at most numClasses=%d; or say that it holds labels"
                            .formatted(name(), what, tensor.shapeText(), numClasses));
        }
        float[] labels = new float[tensor.data().length / classes];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = Scores.best(Arrays.copyOfRange(tensor.data(), i * classes, (i + 1) * classes));
        }
        return new FloatTensor(labels, tensor.withoutLastAxis().shape());
    }

    /** Fractions are cut off, as in Keras; no number is no class. */
    private static int wholeLabel(float label) {
        return Float.isNaN(label) ? -1 : (int) label;
    }

    private boolean isClass(int label) {
        return label >= 0 && label < numClasses;
    }

    @Override
    public final double result() {
        double sum = 0;
        int valid = 0;
        for (int id : targetClassIds) {
            double union = -confusion[id][id];
            for (int other = 0; other < numClasses; other++) {
                union += confusion[id][other] + confusion[other][id];
            }
            if (union > 1e-9) {
                sum += confusion[id][id] / (union + EPSILON);
                valid++;
            }
        }
        return sum / (valid + EPSILON);
    }

    @Override
    public final void reset() {
        for (double[] row : confusion) {
            Arrays.fill(row, 0);
        }
    }

    @Override
    void read(Config config) {
        super.read(config);
        requireLastAxis(config);
        if (config.has("ignore_class")) {
            setIgnoreClass(config.integer("ignore_class"));
        }
    }
}
