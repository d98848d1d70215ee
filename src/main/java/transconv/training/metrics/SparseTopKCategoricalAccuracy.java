package transconv.training.metrics;

import transconv.config.Config;

/**
 * The share of positions whose label is among the k classes with the highest scores. Targets are (samples, ...) or
 * (samples, ..., 1), predictions (samples, ..., classes). Classes of equal scores share the better place. Source:
 * Keras 3, {@code keras.metrics.SparseTopKCategoricalAccuracy}.
 *
 * <pre>{@code
 * Metric metric = new SparseTopKCategoricalAccuracy().k(2);
 * metric.update(Nd4j.createFromArray(2f), Nd4j.createFromArray(new float[][] {{0.5f, 0.2f, 0.3f}}), null);
 * System.out.println(metric.result()); // 1.0
 * }</pre>
 */
public final class SparseTopKCategoricalAccuracy extends LabelMean<SparseTopKCategoricalAccuracy> {

    private int k = 5;
    private boolean fromSortedIds;

    public SparseTopKCategoricalAccuracy() {
        super("sparse_top_k_categorical_accuracy");
    }

    /**
     * How many classes count; default 5.
     *
     * @throws IllegalArgumentException if it is below 1
     */
    public SparseTopKCategoricalAccuracy k(int k) {
        this.k = requireAtLeast(1, "k", k);
        return this;
    }

    /** Whether predictions are no scores but the classes' numbers, best first; default false. */
    public SparseTopKCategoricalAccuracy fromSortedIds(boolean fromSortedIds) {
        this.fromSortedIds = fromSortedIds;
        return this;
    }

    @Override
    double of(float label, float[] scores) {
        if (!fromSortedIds) {
            return Scores.inTop(k, (int) label, scores) ? 1 : 0;
        }
        for (int i = 0; i < Math.min(k, scores.length); i++) {
            if (scores[i] == label) {
                return 1;
            }
        }
        return 0;
    }

    @Override
    public Config config() {
        return super.config().with("k", k).with("from_sorted_ids", fromSortedIds);
    }

    @Override
    void read(Config config) {
        super.read(config);
        if (config.has("k")) {
            k(config.integer("k"));
        }
        if (config.has("from_sorted_ids")) {
            fromSortedIds(config.truth("from_sorted_ids"));
        }
    }
}
