package transconv.training.metrics;

/**
 * The highest recall, the share of targets of 1 that are found, at a threshold where the precision, the share of
 * positive predictions that are true, is at least the given one. Source: Keras 3, {@code
 * keras.metrics.RecallAtPrecision}.
 *
 * <pre>{@code
 * Metric metric = new RecallAtPrecision(0.9);
 * metric.update(Nd4j.createFromArray(1f, 1f, 0f, 0f), Nd4j.createFromArray(0.9f, 0.4f, 0.6f, 0.2f), null);
 * System.out.println(metric.result()); // 0.5
 * }</pre>
 */
public final class RecallAtPrecision extends ConstrainedMetric<RecallAtPrecision> {

    /**
     * @param precision the least, within [0, 1]
     * @throws IllegalArgumentException if it is not within
     */
    public RecallAtPrecision(double precision) {
        super("recall_at_precision", "precision", precision);
    }

    @Override
    double[] constrained(ConfusionCounts counts) {
        return precisions(counts);
    }

    @Override
    double[] dependent(ConfusionCounts counts) {
        return recalls(counts);
    }
}
