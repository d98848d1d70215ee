package transconv.training.metrics;

import transconv.config.Config;

/**
 * The share that target and prediction have in common of what either of them covers, the mean over the classes 0 and 1.
 * Targets are 0 or 1, (samples, ...), predictions of the same shape are 1 from a threshold on. Weights of samples are
 * taken as they are. Source: Keras 3, {@code keras.metrics.BinaryIoU}, with a floating dtype.
 *
 * <pre>{@code
 * Metric metric = new BinaryIoU(1).threshold(0.4);
 * metric.update(Nd4j.createFromArray(0f, 1f, 1f), Nd4j.createFromArray(0.1f, 0.2f, 0.4f), null);
 * System.out.println("%.6f".formatted(metric.result())); // 0.500000
 * }</pre>
 */
public final class BinaryIoU extends IntersectionOverUnion<BinaryIoU> {

    private double threshold = 0.5;

    /** Both classes count. */
    public BinaryIoU() {
        this(0, 1);
    }

    /**
     * @param targetClassIds the classes that count, of 0 and 1
     * @throws IllegalArgumentException if there is none, or another one
     */
    public BinaryIoU(int... targetClassIds) {
        super("binary_io_u", 2, targetClassIds);
    }

    /** Predictions of at least this much are 1; default 0.5. */
    public BinaryIoU threshold(double threshold) {
        this.threshold = requireFinite("threshold", threshold);
        return this;
    }

    @Override
    boolean sparseTarget() {
        return true;
    }

    @Override
    boolean sparsePrediction() {
        return true;
    }

    @Override
    float label(float prediction) {
        return prediction >= (float) threshold ? 1 : 0;
    }

    @Override
    public Config config() {
        return super.config().with("target_class_ids", targetClassIds()).with("threshold", threshold);
    }

    @Override
    void read(Config config) {
        super.read(config);
        if (config.has("threshold")) {
            threshold(config.number("threshold"));
        }
    }
}
