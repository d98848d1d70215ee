package transconv.training.metrics;

/**
 * The mean of {@code |prediction - target|}. Source: Keras 3, {@code keras.metrics.MeanAbsoluteError}.
 *
 * <pre>{@code
 * Metric metric = new MeanAbsoluteError();
 * metric.update(Nd4j.createFromArray(new float[][] {{1, 4}}), Nd4j.createFromArray(new float[][] {{2, 2}}), null);
 * System.out.println(metric.result()); // 1.5
 * }</pre>
 */
public final class MeanAbsoluteError extends ElementMean<MeanAbsoluteError> {

    public MeanAbsoluteError() {
        super("mean_absolute_error");
    }

    @Override
    double of(float target, float prediction) {
        return Math.abs((double) prediction - target);
    }
}
