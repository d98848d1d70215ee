package transconv.training.metrics;

/**
 * The share of positions whose class with the highest score is the label. Targets are (samples, ...) or (samples,
 * ..., 1), predictions (samples, ..., classes); of equal scores the first class wins. Source: Keras 3, {@code
 * keras.metrics.SparseCategoricalAccuracy}.
 *
 * <pre>{@code
 * Metric metric = new SparseCategoricalAccuracy();
 * metric.update(
 *         Nd4j.createFromArray(1f, 0f),
 *         Nd4j.createFromArray(new float[][] {{0.2f, 0.7f, 0.1f}, {0.3f, 0.4f, 0.3f}}),
 *         null);
 * System.out.println(metric.result()); // 0.5
 * }</pre>
 */
public final class SparseCategoricalAccuracy extends LabelMean<SparseCategoricalAccuracy> {

    public SparseCategoricalAccuracy() {
        super("sparse_categorical_accuracy");
    }

    @Override
    double of(float label, float[] scores) {
        return label == Scores.best(scores) ? 1 : 0;
    }
}
