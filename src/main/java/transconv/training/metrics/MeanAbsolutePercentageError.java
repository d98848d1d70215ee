package transconv.training.metrics;

/**
 * The mean of {@code 100 |(target - prediction) / target|}, in percent; targets nearer to 0 than 1e-7 count as
 * 1e-7. Source: Keras 3, {@code keras.metrics.MeanAbsolutePercentageError}.
 *
 * <pre>{@code
 * Metric metric = new MeanAbsolutePercentageError();
 * metric.update(Nd4j.createFromArray(new float[][] {{1, 4}}), Nd4j.createFromArray(new float[][] {{2, 2}}), null);
 * System.out.println(metric.result()); // 75.0
 * }</pre>
 */
public final class MeanAbsolutePercentageError extends ElementMean<MeanAbsolutePercentageError> {

    public MeanAbsolutePercentageError() {
        super("mean_absolute_percentage_error");
    }

    @Override
    double of(float target, float prediction) {
        return 100 * Math.abs((double) target - prediction) / Math.max(Math.abs(target), EPSILON);
    }
}
