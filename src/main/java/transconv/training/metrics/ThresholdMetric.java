package transconv.training.metrics;

import transconv.config.Config;

/** A figure at each of the thresholds that a user may set; by default at one. */
abstract class ThresholdMetric<T extends ThresholdMetric<T>> extends ConfusionMetric<T> {

    private static final double[] HALF = {0.5};
    private static final double[] BELOW_ALL = {-1e10};

    private double[] thresholds;

    ThresholdMetric(String name) {
        super(name);
    }

    /**
     * Predictions above the threshold are positive, with one result for each; default 0.5, and none beside topK.
     *
     * @throws IllegalArgumentException if there are none, or one is not within [0, 1]
     * @throws IllegalStateException after an update
     */
    public final T thresholds(double... thresholds) {
        requireUnused("thresholds", listOf(thresholds));
        this.thresholds = requireThresholds(thresholds);
        return self();
    }

    abstract double[] of(ConfusionCounts counts);

    @Override
    final double[] allThresholds() {
        return thresholds != null ? thresholds : topK() == null ? HALF : BELOW_ALL;
    }

    @Override
    public final double[] results() {
        return of(counts());
    }

    @Override
    public final double result() {
        return single(results(), "set one threshold");
    }

    @Override
    public Config config() {
        return super.config().with("thresholds", listOf(thresholds));
    }

    @Override
    void read(Config config) {
        super.read(config);
        if (config.has("thresholds")) {
            thresholds(numbers(config, "thresholds"));
        }
    }
}
