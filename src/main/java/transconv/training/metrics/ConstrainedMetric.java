package transconv.training.metrics;

import transconv.config.Config;

/** The highest one ratio among the thresholds where another one is at least a given value. */
abstract class ConstrainedMetric<T extends ConstrainedMetric<T>> extends ConfusionMetric<T> {

    private final String constraint;
    private final double value;
    private int numThresholds = 200;

    ConstrainedMetric(String name, String constraint, double value) {
        super(name);
        this.constraint = constraint;
        this.value = requireShare(constraint, value);
    }

    /** Which ratio has to be high enough, at each threshold. */
    abstract double[] constrained(ConfusionCounts counts);

    /** Which ratio is the result, at each threshold. */
    abstract double[] dependent(ConfusionCounts counts);

    /**
     * How many thresholds are tried, in equal steps from 0 to 1; one is 0.5; default 200.
     *
     * @throws IllegalArgumentException if it is below 1
     * @throws IllegalStateException after an update
     */
    public final T numThresholds(int numThresholds) {
        requireUnused("numThresholds", numThresholds);
        this.numThresholds = requireAtLeast(1, "numThresholds", numThresholds);
        return self();
    }

    /**
     * Only this class, along the last axis, is looked at; a negative one counts from the last; default all.
     *
     * @throws IllegalStateException after an update
     */
    public final T classId(int classId) {
        setClassId(classId);
        return self();
    }

    @Override
    final double[] allThresholds() {
        if (numThresholds == 1) {
            return new double[] {0.5};
        }
        double[] thresholds = new double[numThresholds];
        for (int i = 0; i < numThresholds; i++) {
            thresholds[i] = (double) i / (numThresholds - 1);
        }
        return thresholds;
    }

    @Override
    public final double result() {
        double[] constrained = constrained(counts());
        double[] dependent = dependent(counts());
        double best = 0;
        for (int i = 0; i < constrained.length; i++) {
            // in float, as Keras: 3 / 5 has to reach 0.6 whatever the sums' last digits
            if ((float) constrained[i] >= (float) value) {
                best = Math.max(best, dependent[i]);
            }
        }
        return best;
    }

    @Override
    public Config config() {
        return super.config()
                .with("num_thresholds", numThresholds)
                .with(constraint, value)
                .with("class_id", classId());
    }

    @Override
    void read(Config config) {
        super.read(config);
        if (config.has("num_thresholds")) {
            numThresholds(config.integer("num_thresholds"));
        }
        if (config.has("class_id")) {
            classId(config.integer("class_id"));
        }
    }

    static double[] recalls(ConfusionCounts counts) {
        return ratios(counts.truePositives(), counts.falseNegatives());
    }

    static double[] precisions(ConfusionCounts counts) {
        return ratios(counts.truePositives(), counts.falsePositives());
    }

    static double[] specificities(ConfusionCounts counts) {
        return ratios(counts.trueNegatives(), counts.falsePositives());
    }
}
