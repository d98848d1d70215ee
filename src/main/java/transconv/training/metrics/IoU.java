package transconv.training.metrics;

import transconv.config.Config;

/**
 * The share that target and prediction have in common of what either of them covers, the mean over some classes.
 * Targets and predictions are labels (samples, ...). Labels outside of the classes do not count. Weights of
 * samples are taken as they are. Source: Keras 3, {@code keras.metrics.IoU}, with a floating dtype.
 *
 * <pre>{@code
 * Metric metric = new IoU(2, 0);
 * metric.update(
 *         Nd4j.createFromArray(0f, 1f, 1f),
 *         Nd4j.createFromArray(0f, 0f, 1f),
 *         null);
 * System.out.println("%.6f".formatted(metric.result())); // 0.500000
 * }</pre>
 */
public final class IoU extends IntersectionOverUnion<IoU> {

    private boolean sparseYTrue = true;
    private boolean sparseYPred = true;

    /**
     * @param numClasses how many classes there are, at least 1
     * @param targetClassIds those that count, each at least 0 and below numClasses
     * @throws IllegalArgumentException if one is out of these bounds
     */
    public IoU(int numClasses, int... targetClassIds) {
        super("io_u", numClasses, targetClassIds);
    }

    /** A target class that does not count, such as 255; default none. */
    public IoU ignoreClass(int ignoreClass) {
        setIgnoreClass(ignoreClass);
        return this;
    }

    /** Whether targets are labels (samples, ...) and not one-hot lines (samples, ..., classes); default true. */
    public IoU sparseYTrue(boolean sparseYTrue) {
        this.sparseYTrue = sparseYTrue;
        return this;
    }

    /** Whether predictions are labels (samples, ...) and not scores (samples, ..., classes); default true. */
    public IoU sparseYPred(boolean sparseYPred) {
        this.sparseYPred = sparseYPred;
        return this;
    }

    @Override
    boolean sparseTarget() {
        return sparseYTrue;
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
                .with("sparse_y_true", sparseYTrue)
                .with("sparse_y_pred", sparseYPred)
                .with("axis", -1);
    }

    @Override
    void read(Config config) {
        super.read(config);
        if (config.has("sparse_y_true")) {
            sparseYTrue(config.truth("sparse_y_true"));
        }
        if (config.has("sparse_y_pred")) {
            sparseYPred(config.truth("sparse_y_pred"));
        }
    }
}
