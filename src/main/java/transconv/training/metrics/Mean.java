package transconv.training.metrics;

/**
 * The mean of values, (samples, ...) or single ones, such as the losses of batches. Source: Keras 3, {@code
 * keras.metrics.Mean}.
 *
 * <pre>{@code
 * Mean mean = new Mean();
 * mean.update(Nd4j.createFromArray(1f, 2f), Nd4j.createFromArray(3f, 1f));
 * System.out.println(mean.result()); // 1.25
 * }</pre>
 */
public final class Mean extends ValueMetric<Mean> {

    public Mean() {
        super("mean");
    }

    @Override
    double ofSample(double sum, int positions) {
        return sum / positions;
    }

    @Override
    double result(double total, double count) {
        return ratioOrZero(total, count);
    }
}
