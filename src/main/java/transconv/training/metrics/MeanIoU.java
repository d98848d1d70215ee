package transconv.training.metrics;

import transconv.config.Config;

/**
 * The share that target and prediction have in common of what either of them covers, the mean over all classes.
 * Targets and predictions are labels (samples, ...). Labels outside of the classes do not count. Weights of
 * samples are taken as they are. Source: Keras 3, {@code keras.metrics.MeanIoU}, with a floating dtype.
 *
 * <pre>{@code
 * Metric metric = new MeanIoU(2);
 * metric.update(
 *         Nd4j.createFromArray(0f, 1f, 1f),
 *         Nd4j.createFromArray(0f, 0f, 1f),
 *         null);
 * System.out.println("%.6f".formatted(metric.result())); // 0.500000
 * }</pre>
 */
public final class MeanIoU extends IntersectionOverUnion<MeanIoU> {

    private boolean sparseYTrue = true;
    private boolean sparseYPred = true;

    /**
     * @param numClasses how many classes there are, at least 1
     * @throws IllegalArgumentException if one is out of these bounds
     */
    public MeanIoU(int numClasses) {
        super("mean_io_u", numClasses, allOf(numClasses));
    }

    /** A target class that does not count, such as 255; default none. */
    public MeanIoU ignoreClass(int ignoreClass) {
        setIgnoreClass(ignoreClass);
        return this;
    }

    /** Whether targets are labels (samples, ...) and not one-hot lines (samples, ..., classes); default true. */
    public MeanIoU sparseYTrue(boolean sparseYTrue) {
        this.sparseYTrue = sparseYTrue;
        return this;
    }

    /** Whether predictions are labels (samples, ...) and not scores (samples, ..., classes); default true. */
    public MeanIoU sparseYPred(boolean sparseYPred) {
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
