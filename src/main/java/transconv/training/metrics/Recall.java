package transconv.training.metrics;

/**
 * The share of targets that are not 0 whose prediction is positive; 0 if there are none. Source: Keras 3, {@code
 * keras.metrics.Recall}.
 *
 * <pre>{@code
 * Metric metric = new Recall().thresholds(0.3);
 * metric.update(Nd4j.createFromArray(1f, 1f, 0f, 0f), Nd4j.createFromArray(0.9f, 0.4f, 0.6f, 0.2f), null);
 * System.out.println(metric.result()); // 1.0
 * }</pre>
 */
public final class Recall extends ClassRatio<Recall> {

    public Recall() {
        super("recall");
    }

    @Override
    double[] of(ConfusionCounts counts) {
        return ratios(counts.truePositives(), counts.falseNegatives());
    }
}
