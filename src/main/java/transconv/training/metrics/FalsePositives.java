package transconv.training.metrics;

/**
 * How many predictions are above a threshold whose target is 0, or the sum of their samples' weights. Source:
 * Keras 3, {@code keras.metrics.FalsePositives}.
 *
 * <pre>{@code
 * Metric metric = new FalsePositives().thresholds(0.3);
 * metric.update(Nd4j.createFromArray(1f, 1f, 0f, 0f), Nd4j.createFromArray(0.9f, 0.4f, 0.6f, 0.2f), null);
 * System.out.println(metric.result()); // 1.0
 * }</pre>
 */
public final class FalsePositives extends ThresholdMetric<FalsePositives> {

    public FalsePositives() {
        super("false_positives");
    }

    @Override
    double[] of(ConfusionCounts counts) {
        return counts.falsePositives();
    }
}
