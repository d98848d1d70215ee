package transconv.training.metrics;

/**
 * The share of positions whose class with the highest score is that of the one-hot target. Targets and predictions
 * are (samples, ..., classes); of equal scores the first class wins. Source: Keras 3, {@code
 * keras.metrics.CategoricalAccuracy}.
 *
 * <pre>{@code
 * Metric metric = new CategoricalAccuracy();
 * metric.update(
 *         Nd4j.createFromArray(new float[][] {{0, 1, 0}}),
 *         Nd4j.createFromArray(new float[][] {{0.2f, 0.7f, 0.1f}}),
 *         null);
 * System.out.println(metric.result()); // 1.0
 * }</pre>
 */
public final class CategoricalAccuracy extends LineMean<CategoricalAccuracy> {

    public CategoricalAccuracy() {
        super("categorical_accuracy");
    }

    @Override
    double of(float[] target, float[] prediction) {
        return Scores.best(target) == Scores.best(prediction) ? 1 : 0;
    }
}
