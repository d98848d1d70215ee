package transconv.training.metrics;

import transconv.config.Config;

/**
 * The mean concordance correlation of targets and predictions along an axis: 1 only where they are equal. Source:
 * Keras 3, {@code keras.metrics.ConcordanceCorrelation}.
 *
 * <pre>{@code
 * Metric metric = new ConcordanceCorrelation();
 * metric.update(Nd4j.createFromArray(new float[][] {{1, 1}}), Nd4j.createFromArray(new float[][] {{2, 3}}), null);
 * System.out.println(metric.result()); // 0.0
 * }</pre>
 */
public final class ConcordanceCorrelation extends LineMean<ConcordanceCorrelation> {

    public ConcordanceCorrelation() {
        super("concordance_correlation");
    }

    /** The axis that holds one line of values; default -1, the last. */
    public ConcordanceCorrelation axis(int axis) {
        setAxis(axis);
        return this;
    }

    @Override
    double of(float[] target, float[] prediction) {
        Moments moments = Moments.of(target, prediction);
        double shift = moments.targetMean() - moments.predictionMean();
        return 2
                * moments.covariance()
                / (moments.targetVariance() + moments.predictionVariance() + shift * shift + EPSILON);
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
