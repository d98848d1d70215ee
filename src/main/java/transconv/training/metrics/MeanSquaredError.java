package transconv.training.metrics;

/**
 * The mean of {@code (prediction - target)²}. Source: Keras 3, {@code keras.metrics.MeanSquaredError}.
 *
 * <pre>{@code
 * Metric metric = new MeanSquaredError();
 * metric.update(Nd4j.createFromArray(new float[][] {{1, 4}}), Nd4j.createFromArray(new float[][] {{2, 2}}), null);
 * System.out.println(metric.result()); // 2.5
 * }</pre>
 */
public final class MeanSquaredError extends ElementMean<MeanSquaredError> {

    public MeanSquaredError() {
        super("mean_squared_error");
    }

    @Override
    double of(float target, float prediction) {
        double error = (double) prediction - target;
        return error * error;
    }
}
