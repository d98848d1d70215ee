package transconv.training.metrics;

import transconv.config.Config;

/**
 * The mean of the sum over the classes of {@code -target log p}, with predictions brought to a sum of 1 and cut to
 * [1e-7, 1 - 1e-7]. Targets and predictions are (samples, ..., classes). Source: Keras 3, {@code
 * keras.metrics.CategoricalCrossentropy}.
 *
 * <pre>{@code
 * Metric metric = new CategoricalCrossentropy().fromLogits(true);
 * metric.update(Nd4j.createFromArray(new float[][] {{0, 1}}), Nd4j.createFromArray(new float[][] {{0, 0}}), null);
 * System.out.println(metric.result()); // 0.6931471805599453
 * }</pre>
 */
public final class CategoricalCrossentropy extends LineMean<CategoricalCrossentropy> {

    private boolean fromLogits;
    private double labelSmoothing;

    public CategoricalCrossentropy() {
        super("categorical_crossentropy");
    }

    /** The axis of the classes; default -1, the last. */
    public CategoricalCrossentropy axis(int axis) {
        setAxis(axis);
        return this;
    }

    /** Whether predictions are logits and not probabilities; default false. */
    public CategoricalCrossentropy fromLogits(boolean fromLogits) {
        this.fromLogits = fromLogits;
        return this;
    }

    /**
     * How much of each target is spread over all classes of its line; default 0.
     *
     * @throws IllegalArgumentException if it is not within [0, 1]
     */
    public CategoricalCrossentropy labelSmoothing(double labelSmoothing) {
        this.labelSmoothing = requireShare("labelSmoothing", labelSmoothing);
        return this;
    }

    @Override
    double of(float[] target, float[] prediction) {
        double norm = fromLogits ? Scores.logSumExp(prediction) : sum(prediction);
        double sum = 0;
        for (int i = 0; i < target.length; i++) {
            double smoothed = target[i] * (1 - labelSmoothing) + labelSmoothing / target.length;
            sum -= smoothed
                    * (fromLogits ? prediction[i] - norm : Math.log(Scores.cut((float) (prediction[i] / norm))));
        }
        return sum;
    }

    private static double sum(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += value;
        }
        return sum;
    }

    @Override
    public Config config() {
        return super.config()
                .with("from_logits", fromLogits)
                .with("label_smoothing", labelSmoothing)
                .with("axis", axis());
    }

    @Override
    void read(Config config) {
        super.read(config);
        readAxis(config);
        if (config.has("from_logits")) {
            fromLogits(config.truth("from_logits"));
        }
        if (config.has("label_smoothing")) {
            labelSmoothing(config.number("label_smoothing"));
        }
    }
}
