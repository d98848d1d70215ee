package transconv.training.metrics;

/**
 * How many predictions are not above a threshold whose target is 0, or the sum of their samples' weights. Source:
 * Keras 3, {@code keras.metrics.TrueNegatives}.
 *
 * <pre>{@code
 * Metric metric = new TrueNegatives().thresholds(0.3);
 * metric.update(Nd4j.createFromArray(1f, 1f, 0f, 0f), Nd4j.createFromArray(0.9f, 0.4f, 0.6f, 0.2f), null);
 * System.out.println(metric.result()); // 1.0
 * }</pre>
 */
public final class TrueNegatives extends ThresholdMetric<TrueNegatives> {

    public TrueNegatives() {
        super("true_negatives");
    }

    @Override
    double[] of(ConfusionCounts counts) {
        return counts.trueNegatives();
    }
}
