package transconv.training.metrics;

/**
 * The mean of the sum over the last axis of {@code target log(target / prediction)}, both cut to [1e-7, 1].
 * Source: Keras 3, {@code keras.metrics.KLDivergence}.
 *
 * <pre>{@code
 * Metric metric = new KLDivergence();
 * metric.update(
 *         Nd4j.createFromArray(new float[][] {{0.5f, 0.5f}}),
 *         Nd4j.createFromArray(new float[][] {{0.5f, 0.5f}}),
 *         null);
 * System.out.println(metric.result()); // 0.0
 * }</pre>
 */
public final class KLDivergence extends LineMean<KLDivergence> {

    public KLDivergence() {
        super("kl_divergence");
    }

    @Override
    double of(float[] target, float[] prediction) {
        double sum = 0;
        for (int i = 0; i < target.length; i++) {
            double t = Math.min(Math.max(target[i], EPSILON), 1);
            sum += t * Math.log(t / Math.min(Math.max(prediction[i], EPSILON), 1));
        }
        return sum;
    }
}
