package transconv.training.metrics;

import transconv.config.Config;

/**
 * The share of positions where the class of the one-hot target is among the k with the highest scores. Targets and
 * predictions are (samples, ..., classes). Classes of equal scores share the better place. Source: Keras 3, {@code
 * keras.metrics.TopKCategoricalAccuracy}.
 *
 * <pre>{@code
 * Metric metric = new TopKCategoricalAccuracy().k(2);
 * metric.update(
 *         Nd4j.createFromArray(new float[][] {{0, 0, 1}}),
 *         Nd4j.createFromArray(new float[][] {{0.5f, 0.2f, 0.3f}}),
 *         null);
 * System.out.println(metric.result()); // 1.0
 * }</pre>
 */
public final class TopKCategoricalAccuracy extends LineMean<TopKCategoricalAccuracy> {

    private int k = 5;

    public TopKCategoricalAccuracy() {
        super("top_k_categorical_accuracy");
    }

    /**
     * How many classes count; default 5.
     *
     * @throws IllegalArgumentException if it is below 1
     */
    public TopKCategoricalAccuracy k(int k) {
        this.k = requireAtLeast(1, "k", k);
        return this;
    }

    @Override
    double of(float[] target, float[] prediction) {
        return Scores.inTop(k, Scores.best(target), prediction) ? 1 : 0;
    }

    @Override
    public Config config() {
        return super.config().with("k", k);
    }

    @Override
    void read(Config config) {
        super.read(config);
        if (config.has("k")) {
            k(config.integer("k"));
        }
    }
}
