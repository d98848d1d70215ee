package transconv.training.metrics;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import transconv.config.Config;

/**
 * The share of the targets' variance that predictions explain: 1 where they are equal, 0 where they are no better than
 * the targets' mean. Targets and predictions are (samples, outputs). An output whose targets never change has the score
 * 0, or no number where it is predicted exactly, as in Keras. Source: Keras 3, {@code keras.metrics.R2Score}.
 *
 * <pre>{@code
 * Metric metric = new R2Score();
 * metric.update(Nd4j.createFromArray(new float[][] {{1}, {3}}), Nd4j.createFromArray(new float[][] {{1}, {2}}), null);
 * System.out.println(metric.result()); // 0.5
 * }</pre>
 */
public final class R2Score extends BaseMetric<R2Score> {

    /** How the scores of several outputs become one. */
    public enum ClassAggregation {
        /** They do not: there is one result for each output. */
        NONE,
        /** Their mean. */
        UNIFORM_AVERAGE,
        /** Their mean, weighted by the variance of each output's targets. */
        VARIANCE_WEIGHTED_AVERAGE
    }

    private ClassAggregation classAggregation = ClassAggregation.UNIFORM_AVERAGE;
    private int numRegressors;
    private float[] origin;
    private double[] sums;
    private double[] squares;
    private double[] errors;
    private double weightOfAll;
    private long values;

    public R2Score() {
        super("r2_score");
    }

    /** Default uniform average. */
    public R2Score classAggregation(ClassAggregation classAggregation) {
        if (classAggregation == null) {
            throw refused("classAggregation", null, "one of %s".formatted(Arrays.toString(ClassAggregation.values())));
        }
        this.classAggregation = classAggregation;
        return this;
    }

    /**
     * How many inputs the predictions were made from, for the adjusted score; default 0, which adjusts nothing. Nor do
     * as many as there are values seen, less one, or more.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public R2Score numRegressors(int numRegressors) {
        this.numRegressors = requireAtLeast(0, "numRegressors", numRegressors);
        return this;
    }

    @Override
    public void update(INDArray targets, INDArray predictions, INDArray sampleWeights) {
        TargetAndPrediction both = TargetAndPrediction.alike(name(), targets, predictions);
        FloatTensor target = both.target();
        if (target.rank() != 2) {
            throw new IllegalArgumentException(
                    "%s: prediction %s must be (samples, outputs); reshape it".formatted(name(), target.shapeText()));
        }
        int outputs = target.last();
        if (origin != null && origin.length != outputs) {
            throw new IllegalArgumentException("%s: prediction %s has %d outputs after updates with %d; call reset()"
                    .formatted(name(), target.shapeText(), outputs, origin.length));
        }
        float[] weights = weights(sampleWeights, target.shape()[0]);
        if (origin == null) {
            // The sums are of distances to the first targets: those of constant targets are exactly 0.
            origin = Arrays.copyOf(target.data(), outputs);
            sums = new double[outputs];
            squares = new double[outputs];
            errors = new double[outputs];
        }
        for (int i = 0; i < target.data().length; i++) {
            double weight = weights == null ? 1 : weights[i / outputs];
            double distance = (double) target.data()[i] - origin[i % outputs];
            double error = (double) target.data()[i] - both.prediction().data()[i];
            sums[i % outputs] += weight * distance;
            squares[i % outputs] += weight * distance * distance;
            errors[i % outputs] += weight * error * error;
            weightOfAll += i % outputs == 0 ? weight : 0;
            values++;
        }
    }

    @Override
    public double[] results() {
        if (origin == null) {
            return new double[] {Double.NaN};
        }
        double[] scores = new double[origin.length];
        double variances = 0;
        double weighted = 0;
        for (int i = 0; i < scores.length; i++) {
            double variance = squares[i] - sums[i] * (sums[i] / weightOfAll);
            double score = 1 - errors[i] / variance;
            scores[i] = Double.isInfinite(score) ? 0 : score;
            variances += variance;
            weighted += variance * scores[i];
        }
        double[] results =
                switch (classAggregation) {
                    case NONE -> scores;
                    case UNIFORM_AVERAGE -> Arrays.stream(scores).average().stream()
                            .toArray();
                    case VARIANCE_WEIGHTED_AVERAGE -> new double[] {weighted / variances};
                };
        return Arrays.stream(results).map(this::adjusted).toArray();
    }

    /** Keras counts each output of each sample as one. */
    private double adjusted(double score) {
        if (numRegressors == 0 || numRegressors >= values - 1) {
            return score;
        }
        return 1 - (1 - score) * (values - 1) / (values - numRegressors - 1);
    }

    @Override
    public double result() {
        return single(results(), "set classAggregation");
    }

    @Override
    public void reset() {
        origin = null;
        weightOfAll = 0;
        values = 0;
    }

    @Override
    public Config config() {
        return super.config()
                .with("class_aggregation", classAggregation == ClassAggregation.NONE ? null : classAggregation)
                .with("num_regressors", numRegressors);
    }

    @Override
    void read(Config config) {
        super.read(config);
        if (config.values().containsKey("class_aggregation")) {
            classAggregation(
                    config.has("class_aggregation")
                            ? config.choice("class_aggregation", ClassAggregation.class)
                            : ClassAggregation.NONE);
        }
        if (config.has("num_regressors")) {
            numRegressors(config.integer("num_regressors"));
        }
    }
}
