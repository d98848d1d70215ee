package transconv.training.metrics;

/**
 * The sum of values, (samples, ...) or single ones, such as the losses of batches. Source: Keras 3, {@code
 * keras.metrics.Sum}.
 *
 * <pre>{@code
 * Sum sum = new Sum();
 * sum.update(Nd4j.createFromArray(1f, 2f), Nd4j.createFromArray(3f, 1f));
 * System.out.println(sum.result()); // 5.0
 * }</pre>
 */
public final class Sum extends ValueMetric<Sum> {

    public Sum() {
        super("sum");
    }

    @Override
    double ofSample(double sum, int positions) {
        return sum;
    }

    @Override
    double result(double total, double count) {
        return total;
    }
}
