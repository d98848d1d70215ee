package transconv.training.metrics;

/**
 * The root of the mean of {@code (prediction - target)²} over everything seen. Source: Keras 3, {@code
 * keras.metrics.RootMeanSquaredError}.
 *
 * <pre>{@code
 * Metric metric = new RootMeanSquaredError();
 * metric.update(Nd4j.createFromArray(new float[][] {{0, 8}}), Nd4j.createFromArray(new float[][] {{1, 1}}), null);
 * System.out.println(metric.result()); // 5.0
 * }</pre>
 */
public final class RootMeanSquaredError extends ElementMean<RootMeanSquaredError> {

    public RootMeanSquaredError() {
        super("root_mean_squared_error");
    }

    @Override
    double of(float target, float prediction) {
        double error = (double) prediction - target;
        return error * error;
    }

    @Override
    boolean reducesLastAxis() {
        return false;
    }

    @Override
    public double result() {
        return Math.sqrt(super.result());
    }
}
