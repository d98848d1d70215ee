package transconv.training.metrics;

/**
 * The highest sensitivity, the share of targets of 1 that are found, at a threshold where the specificity, the
 * share of targets of 0 that are not taken for 1, is at least the given one. Source: Keras 3, {@code
 * keras.metrics.SensitivityAtSpecificity}.
 *
 * <pre>{@code
 * Metric metric = new SensitivityAtSpecificity(0.9);
 * metric.update(Nd4j.createFromArray(1f, 1f, 0f, 0f), Nd4j.createFromArray(0.9f, 0.4f, 0.6f, 0.2f), null);
 * System.out.println(metric.result()); // 0.5
 * }</pre>
 */
public final class SensitivityAtSpecificity extends ConstrainedMetric<SensitivityAtSpecificity> {

    /**
     * @param specificity the least, within [0, 1]
     * @throws IllegalArgumentException if it is not within
     */
    public SensitivityAtSpecificity(double specificity) {
        super("sensitivity_at_specificity", "specificity", specificity);
    }

    @Override
    double[] constrained(ConfusionCounts counts) {
        return specificities(counts);
    }

    @Override
    double[] dependent(ConfusionCounts counts) {
        return recalls(counts);
    }
}
