package transconv.training.metrics;

import transconv.config.Config;

/**
 * The harmonic mean of precision and recall where recall counts beta times as much. Targets, of 0 and 1, and
 * predictions are (samples, classes); there is one result for each class unless average is set. Source: Keras 3, {@code
 * keras.metrics.FBetaScore}.
 *
 * <pre>{@code
 * Metric metric = new FBetaScore().beta(2).threshold(0.5).average(ScoreAverage.MICRO);
 * metric.update(
 *         Nd4j.createFromArray(new float[][] {{1, 1, 0}}), Nd4j.createFromArray(new float[][] {{1, 0, 0}}), null);
 * System.out.println("%.6f".formatted(metric.result())); // 0.555556
 * }</pre>
 */
public final class FBetaScore extends FScore<FBetaScore> {

    private double beta = 1;

    public FBetaScore() {
        super("fbeta_score");
    }

    /**
     * How much recall counts beside precision; default 1.
     *
     * @throws IllegalArgumentException if it is not a finite number above 0
     */
    public FBetaScore beta(double beta) {
        if (!(beta > 0 && Double.isFinite(beta))) {
            throw refused("beta", beta, "a finite number above 0; change it or leave it at its default");
        }
        this.beta = beta;
        return this;
    }

    @Override
    double beta() {
        return beta;
    }

    @Override
    public Config config() {
        return super.config().with("beta", beta);
    }

    @Override
    void read(Config config) {
        super.read(config);
        if (config.has("beta")) {
            beta(config.number("beta"));
        }
    }
}
