package transconv.training.metrics;

/**
 * How many predictions are above a threshold whose target is not 0, or the sum of their samples' weights. Source:
 * Keras 3, {@code keras.metrics.TruePositives}.
 *
 * <pre>{@code
 * Metric metric = new TruePositives().thresholds(0.3);
 * metric.update(Nd4j.createFromArray(1f, 1f, 0f, 0f), Nd4j.createFromArray(0.9f, 0.4f, 0.6f, 0.2f), null);
 * System.out.println(metric.result()); // 2.0
 * }</pre>
 */
public final class TruePositives extends ThresholdMetric<TruePositives> {

    public TruePositives() {
        super("true_positives");
    }

    @Override
    double[] of(ConfusionCounts counts) {
        return counts.truePositives();
    }
}
