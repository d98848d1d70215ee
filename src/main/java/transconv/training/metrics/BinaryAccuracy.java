package transconv.training.metrics;

import transconv.config.Config;

/**
 * The share of predictions that are on their target's side: 1 above the threshold, else 0. A target that is
 * neither 0 nor 1 is never met. Source: Keras 3, {@code keras.metrics.BinaryAccuracy}.
 *
 * <pre>{@code
 * Metric metric = new BinaryAccuracy().threshold(0.4);
 * metric.update(
 *         Nd4j.createFromArray(new float[][] {{0, 1}}), Nd4j.createFromArray(new float[][] {{0.1f, 0.45f}}), null);
 * System.out.println(metric.result()); // 1.0
 * }</pre>
 */
public final class BinaryAccuracy extends ElementMean<BinaryAccuracy> {

    private double threshold = 0.5;

    public BinaryAccuracy() {
        super("binary_accuracy");
    }

    /**
     * Predictions above it are 1; default 0.5.
     *
     * @throws IllegalArgumentException if it is not finite
     */
    public BinaryAccuracy threshold(double threshold) {
        this.threshold = requireFinite("threshold", threshold);
        return this;
    }

    @Override
    double of(float target, float prediction) {
        return target == (prediction > (float) threshold ? 1 : 0) ? 1 : 0;
    }

    @Override
    boolean reducesLastAxis() {
        return false;
    }

    @Override
    public Config config() {
        return super.config().with("threshold", threshold);
    }

    @Override
    void read(Config config) {
        super.read(config);
        if (config.has("threshold")) {
            threshold(config.number("threshold"));
        }
    }
}
