package transconv.training.metrics;

/**
 * The highest precision, the share of positive predictions that are true, at a threshold where the recall, the
 * share of targets of 1 that are found, is at least the given one. Source: Keras 3, {@code
 * keras.metrics.PrecisionAtRecall}.
 *
 * <pre>{@code
 * Metric metric = new PrecisionAtRecall(0.8);
 * metric.update(Nd4j.createFromArray(1f, 1f, 0f, 0f), Nd4j.createFromArray(0.9f, 0.4f, 0.6f, 0.2f), null);
 * System.out.println(metric.result()); // 0.6666666666666666
 * }</pre>
 */
public final class PrecisionAtRecall extends ConstrainedMetric<PrecisionAtRecall> {

    /**
     * @param recall the least, within [0, 1]
     * @throws IllegalArgumentException if it is not within
     */
    public PrecisionAtRecall(double recall) {
        super("precision_at_recall", "recall", recall);
    }

    @Override
    double[] constrained(ConfusionCounts counts) {
        return recalls(counts);
    }

    @Override
    double[] dependent(ConfusionCounts counts) {
        return precisions(counts);
    }
}
