package transconv.training.metrics;

/**
 * The mean of {@code (log(1 + prediction) - log(1 + target))²}, both cut below 1e-7. Source: Keras 3, {@code
 * keras.metrics.MeanSquaredLogarithmicError}.
 *
 * <pre>{@code
 * Metric metric = new MeanSquaredLogarithmicError();
 * metric.update(Nd4j.createFromArray(new float[][] {{0}}), Nd4j.createFromArray(new float[][] {{0}}), null);
 * System.out.println(metric.result()); // 0.0
 * }</pre>
 */
public final class MeanSquaredLogarithmicError extends ElementMean<MeanSquaredLogarithmicError> {

    public MeanSquaredLogarithmicError() {
        super("mean_squared_logarithmic_error");
    }

    @Override
    double of(float target, float prediction) {
        double error = Math.log1p(Math.max(prediction, EPSILON)) - Math.log1p(Math.max(target, EPSILON));
        return error * error;
    }
}
