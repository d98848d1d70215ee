package transconv.training.metrics;

import transconv.config.Config;

/**
 * The share that target and prediction have in common of what either of them covers, the mean over some classes.
 * Targets are one-hot lines (samples, ..., classes), predictions scores of that shape; the class with the highest
 * value is taken. Labels outside of the classes do not count. Weights of samples are taken as they are. Source:
 * Keras 3, {@code keras.metrics.OneHotIoU}, with a floating dtype.
 *
 * <pre>{@code
 * Metric metric = new OneHotIoU(2, 0);
 * metric.update(
 *         Nd4j.createFromArray(new float[][] {{1, 0}, {0, 1}, {0, 1}}),
 *         Nd4j.createFromArray(new float[][] {{0.9f, 0.1f}, {0.6f, 0.4f}, {0.2f, 0.8f}}),
 *         null);
 * System.out.println("%.6f".formatted(metric.result())); // 0.500000
 * }</pre>
 */
public final class OneHotIoU extends IntersectionOverUnion<OneHotIoU> {

    private boolean sparseYPred;

    /**
     * @param numClasses how many classes there are, at least 1
     * @param targetClassIds those that count, each at least 0 and below numClasses
     * @throws IllegalArgumentException if one is out of these bounds
     */
    public OneHotIoU(int numClasses, int... targetClassIds) {
        super("one_hot_io_u", numClasses, targetClassIds);
    }

    /** A target class that does not count, such as 255; default none. */
    public OneHotIoU ignoreClass(int ignoreClass) {
        setIgnoreClass(ignoreClass);
        return this;
    }

    /** Whether predictions are labels (samples, ...) and not scores (samples, ..., classes); default false. */
    public OneHotIoU sparseYPred(boolean sparseYPred) {
        this.sparseYPred = sparseYPred;
        return this;
    }

    @Override
    boolean sparseTarget() {
        return false;
    }

    @Override
    boolean sparsePrediction() {
        return sparseYPred;
    }

    @Override
    public Config config() {
        return super.config()
                .with("num_classes", numClasses())
                .with("target_class_ids", targetClassIds())
                .with("ignore_class", ignoreClass())
                .with("sparse_y_pred", sparseYPred)
                .with("axis", -1);
    }

    @Override
    void read(Config config) {
        super.read(config);
        if (config.has("sparse_y_pred")) {
            sparseYPred(config.truth("sparse_y_pred"));
        }
    }
}
