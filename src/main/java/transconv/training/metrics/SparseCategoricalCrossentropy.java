package transconv.training.metrics;

import transconv.config.Config;

/**
 * The mean of {@code -log p} of the labels' classes, with predictions cut to [1e-7, 1 - 1e-7] and then brought to
 * a sum of 1. Targets are (samples, ...) or (samples, ..., 1), predictions (samples, ..., classes). An ignored
 * position adds 0, and still counts where samples have no weights, as in Keras; with weights it does not count.
 * Source: Keras 3, {@code keras.metrics.SparseCategoricalCrossentropy}.
 *
 * <pre>{@code
 * Metric metric = new SparseCategoricalCrossentropy().fromLogits(true);
 * metric.update(Nd4j.createFromArray(1f), Nd4j.createFromArray(new float[][] {{0, 0}}), null);
 * System.out.println(metric.result()); // 0.6931471805599453
 * }</pre>
 */
public final class SparseCategoricalCrossentropy extends LabelMean<SparseCategoricalCrossentropy> {

    private boolean fromLogits;
    private Integer ignoreClass;

    public SparseCategoricalCrossentropy() {
        super("sparse_categorical_crossentropy");
    }

    /** Whether predictions are logits and not probabilities; default false. */
    public SparseCategoricalCrossentropy fromLogits(boolean fromLogits) {
        this.fromLogits = fromLogits;
        return this;
    }

    /** A label that says that its position does not count, such as -1 or 255; default none. */
    public SparseCategoricalCrossentropy ignoreClass(int ignoreClass) {
        this.ignoreClass = ignoreClass;
        return this;
    }

    @Override
    boolean ignores(float label) {
        return ignoreClass != null && label == ignoreClass;
    }

    @Override
    double of(float label, float[] scores) {
        if (!(label >= 0 && label < scores.length)) {
            throw new IllegalArgumentException("%s: label %s in target must be at least 0 and below %d, the classes"
                            .formatted(name(), label, scores.length)
                    + " of the prediction; change the label or set ignoreClass");
        }
        if (fromLogits) {
            return Scores.logSumExp(scores) - scores[(int) label];
        }
        double sum = 0;
        for (float score : scores) {
            sum += Scores.cut(score);
        }
        return Math.log(sum) - Math.log(Scores.cut(scores[(int) label]));
    }

    @Override
    public Config config() {
        return super.config()
                .with("from_logits", fromLogits)
                .with("ignore_class", ignoreClass)
                .with("axis", -1);
    }

    @Override
    void read(Config config) {
        super.read(config);
        if (config.has("from_logits")) {
            fromLogits(config.truth("from_logits"));
        }
        if (config.has("ignore_class")) {
            ignoreClass(config.integer("ignore_class"));
        }
        requireLastAxis(config);
    }
}
