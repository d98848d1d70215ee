package transconv.training.metrics;

import transconv.config.Config;

/**
 * The mean correlation of targets and predictions along an axis: 1 on a rising line, -1 on a falling one, not a
 * number where one of them is constant. Source: Keras 3, {@code keras.metrics.PearsonCorrelation}.
 *
 * <pre>{@code
 * Metric metric = new PearsonCorrelation();
 * metric.update(
 *         Nd4j.createFromArray(new float[][] {{1, 2, 3}}), Nd4j.createFromArray(new float[][] {{1, 3, 5}}), null);
 * System.out.println(metric.result()); // 1.0
 * }</pre>
 */
public final class PearsonCorrelation extends LineMean<PearsonCorrelation> {

    public PearsonCorrelation() {
        super("pearson_correlation");
    }

    /** The axis that holds one line of values; default -1, the last. */
    public PearsonCorrelation axis(int axis) {
        setAxis(axis);
        return this;
    }

    @Override
    double of(float[] target, float[] prediction) {
        Moments moments = Moments.of(target, prediction);
        return moments.covariance() / Math.sqrt(moments.targetVariance() * moments.predictionVariance());
    }

    @Override
    public Config config() {
        return super.config().with("axis", axis());
    }

    @Override
    void read(Config config) {
        super.read(config);
        readAxis(config);
    }
}
