package transconv.training.metrics;

/**
 * The harmonic mean of precision and recall. Targets, of 0 and 1, and predictions are (samples, classes); there is one
 * result for each class unless average is set. Source: Keras 3, {@code keras.metrics.F1Score}.
 *
 * <pre>{@code
 * Metric metric = new F1Score().threshold(0.5).average(ScoreAverage.MICRO);
 * metric.update(
 *         Nd4j.createFromArray(new float[][] {{1, 1, 0}}), Nd4j.createFromArray(new float[][] {{1, 0, 1}}), null);
 * System.out.println("%.6f".formatted(metric.result())); // 0.500000
 * }</pre>
 */
public final class F1Score extends FScore<F1Score> {

    public F1Score() {
        super("f1_score");
    }

    @Override
    double beta() {
        return 1;
    }
}
