package transconv.training.metrics;

/**
 * The share of predictions that equal their target. For scores of classes take {@link CategoricalAccuracy} or
 * {@link SparseCategoricalAccuracy}. Source: Keras 3, {@code keras.metrics.Accuracy}.
 *
 * <pre>{@code
 * Metric metric = new Accuracy();
 * metric.update(
 *         Nd4j.createFromArray(new float[][] {{1, 2, 3, 4}}),
 *         Nd4j.createFromArray(new float[][] {{0, 2, 3, 4}}),
 *         null);
 * System.out.println(metric.result()); // 0.75
 * }</pre>
 */
public final class Accuracy extends ElementMean<Accuracy> {

    public Accuracy() {
        super("accuracy");
    }

    @Override
    double of(float target, float prediction) {
        return target == prediction ? 1 : 0;
    }

    @Override
    boolean reducesLastAxis() {
        return false;
    }
}
