package transconv.training.metrics;

/**
 * The mean of {@code max(neg - pos + 1, 0)}: pos is the score of the target's class, neg the highest score of
 * another. Targets are one-hot, (samples, ..., classes). Source: Keras 3, {@code keras.metrics.CategoricalHinge}.
 *
 * <pre>{@code
 * Metric metric = new CategoricalHinge();
 * metric.update(
 *         Nd4j.createFromArray(new float[][] {{0, 1}}), Nd4j.createFromArray(new float[][] {{0.5f, 0.25f}}), null);
 * System.out.println(metric.result()); // 1.25
 * }</pre>
 */
public final class CategoricalHinge extends LineMean<CategoricalHinge> {

    public CategoricalHinge() {
        super("categorical_hinge");
    }

    @Override
    double of(float[] target, float[] prediction) {
        double positive = 0;
        double negative = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < target.length; i++) {
            positive += (double) target[i] * prediction[i];
            negative = Math.max(negative, (1.0 - target[i]) * prediction[i]);
        }
        return Math.max(negative - positive + 1, 0);
    }
}
