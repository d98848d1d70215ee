package transconv.training.metrics;

/**
 * The share of positive predictions whose target is not 0; 0 if there are none. Source: Keras 3, {@code
 * keras.metrics.Precision}.
 *
 * <pre>{@code
 * Metric metric = new Precision().thresholds(0.3);
 * metric.update(Nd4j.createFromArray(1f, 1f, 0f, 0f), Nd4j.createFromArray(0.9f, 0.4f, 0.6f, 0.2f), null);
 * System.out.println(metric.result()); // 0.6666666666666666
 * }</pre>
 */
public final class Precision extends ClassRatio<Precision> {

    public Precision() {
        super("precision");
    }

    @Override
    double[] of(ConfusionCounts counts) {
        return ratios(counts.truePositives(), counts.falsePositives());
    }
}
