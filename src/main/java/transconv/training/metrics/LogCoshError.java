package transconv.training.metrics;

/**
 * The mean of {@code log(cosh(prediction - target))}: half the square of small errors, the size of large ones.
 * Source: Keras 3, {@code keras.metrics.LogCoshError}.
 *
 * <pre>{@code
 * Metric metric = new LogCoshError();
 * metric.update(Nd4j.createFromArray(new float[][] {{1, 4}}), Nd4j.createFromArray(new float[][] {{1, 4}}), null);
 * System.out.println(metric.result()); // 0.0
 * }</pre>
 */
public final class LogCoshError extends ElementMean<LogCoshError> {

    public LogCoshError() {
        super("logcosh");
    }

    @Override
    double of(float target, float prediction) {
        double error = Math.abs((double) prediction - target);
        // exp of a large error alone would overflow
        return error + Math.log1p(Math.exp(-2 * error)) - Math.log(2);
    }
}
