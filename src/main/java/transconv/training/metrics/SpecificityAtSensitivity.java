package transconv.training.metrics;

/**
 * The highest specificity, the share of targets of 0 that are not taken for 1, at a threshold where the
 * sensitivity, the share of targets of 1 that are found, is at least the given one. Source: Keras 3, {@code
 * keras.metrics.SpecificityAtSensitivity}.
 *
 * <pre>{@code
 * Metric metric = new SpecificityAtSensitivity(0.8);
 * metric.update(Nd4j.createFromArray(1f, 1f, 0f, 0f), Nd4j.createFromArray(0.9f, 0.4f, 0.6f, 0.2f), null);
 * System.out.println(metric.result()); // 0.5
 * }</pre>
 */
public final class SpecificityAtSensitivity extends ConstrainedMetric<SpecificityAtSensitivity> {

    /**
     * @param sensitivity the least, within [0, 1]
     * @throws IllegalArgumentException if it is not within
     */
    public SpecificityAtSensitivity(double sensitivity) {
        super("specificity_at_sensitivity", "sensitivity", sensitivity);
    }

    @Override
    double[] constrained(ConfusionCounts counts) {
        return recalls(counts);
    }

    @Override
    double[] dependent(ConfusionCounts counts) {
        return specificities(counts);
    }
}
