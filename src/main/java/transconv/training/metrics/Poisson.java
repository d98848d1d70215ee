package transconv.training.metrics;

/**
 * The mean of {@code prediction - target log(prediction)}. Source: Keras 3, {@code keras.metrics.Poisson}.
 *
 * <pre>{@code
 * Metric metric = new Poisson();
 * metric.update(Nd4j.createFromArray(new float[][] {{0, 0}}), Nd4j.createFromArray(new float[][] {{1, 2}}), null);
 * System.out.println(metric.result()); // 1.5
 * }</pre>
 */
public final class Poisson extends ElementMean<Poisson> {

    public Poisson() {
        super("poisson");
    }

    @Override
    double of(float target, float prediction) {
        return prediction - target * Math.log((double) prediction + EPSILON);
    }
}
