package transconv.training.metrics;

import transconv.config.Config;

/**
 * The mean of {@code -(target log p + (1 - target) log(1 - p))}, with predictions p cut to [1e-7, 1 - 1e-7].
 * Source: Keras 3, {@code keras.metrics.BinaryCrossentropy}.
 *
 * <pre>{@code
 * Metric metric = new BinaryCrossentropy().fromLogits(true);
 * metric.update(Nd4j.createFromArray(new float[][] {{1, 0}}), Nd4j.createFromArray(new float[][] {{0, 0}}), null);
 * System.out.println(metric.result()); // 0.6931471805599453
 * }</pre>
 */
public final class BinaryCrossentropy extends ElementMean<BinaryCrossentropy> {

    private boolean fromLogits;
    private double labelSmoothing;

    public BinaryCrossentropy() {
        super("binary_crossentropy");
    }

    /** Whether predictions are logits and not probabilities; default false. */
    public BinaryCrossentropy fromLogits(boolean fromLogits) {
        this.fromLogits = fromLogits;
        return this;
    }

    /**
     * How far targets are drawn towards 0.5; default 0.
     *
     * @throws IllegalArgumentException if it is not within [0, 1]
     */
    public BinaryCrossentropy labelSmoothing(double labelSmoothing) {
        this.labelSmoothing = requireShare("labelSmoothing", labelSmoothing);
        return this;
    }

    @Override
    double of(float target, float prediction) {
        double smoothed = target * (1 - labelSmoothing) + 0.5 * labelSmoothing;
        if (fromLogits) {
            // max(x, 0) - x t + log(1 + exp(-|x|)): the exponential never overflows
            return Math.max(prediction, 0) - prediction * smoothed + Math.log1p(Math.exp(-Math.abs(prediction)));
        }
        float p = Math.min(Math.max(prediction, EPSILON), ONE_LESS_EPSILON);
        return -(smoothed * Math.log(p) + (1 - smoothed) * Math.log(1 - p));
    }

    @Override
    public Config config() {
        return super.config().with("from_logits", fromLogits).with("label_smoothing", labelSmoothing);
    }

    @Override
    void read(Config config) {
        super.read(config);
        if (config.has("from_logits")) {
            fromLogits(config.truth("from_logits"));
        }
        if (config.has("label_smoothing")) {
            labelSmoothing(config.number("label_smoothing"));
        }
    }
}
