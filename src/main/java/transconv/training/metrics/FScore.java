package transconv.training.metrics;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import transconv.config.Config;

/** Weighted harmonic means of precision and recall, class by class. Source: Keras 3, {@code FBetaScore}. */
abstract class FScore<T extends FScore<T>> extends BaseMetric<T> {

    private static final double EPSILON = 1e-7;
    private static final double ABOUT_ZERO = 1e-9;

    private ScoreAverage average = ScoreAverage.NONE;
    private Double threshold;
    private double[] truePositives;
    private double[] falsePositives;
    private double[] falseNegatives;

    FScore(String name) {
        super(name);
    }

    abstract double beta();

    /** How the classes' scores become one; default none. */
    public final T average(ScoreAverage average) {
        if (average == null) {
            throw refused("average", null, "one of %s".formatted(Arrays.toString(ScoreAverage.values())));
        }
        this.average = average;
        return self();
    }

    /**
     * Predictions above it are positive; without one, those that are the highest of their sample.
     *
     * @throws IllegalArgumentException if it is not above 0 and at most 1
     */
    public final T threshold(double threshold) {
        if (!(threshold > 0 && threshold <= 1)) {
            throw refused("threshold", threshold, "above 0 and at most 1; leave it unset for the highest of a sample");
        }
        this.threshold = threshold;
        return self();
    }

    @Override
    public final void update(INDArray targets, INDArray predictions, INDArray sampleWeights) {
        TargetAndPrediction both = TargetAndPrediction.alike(name(), targets, predictions);
        FloatTensor prediction = both.prediction();
        if (prediction.rank() != 2) {
            throw new IllegalArgumentException("%s: prediction %s must be (samples, classes); reshape it"
                    .formatted(name(), prediction.shapeText()));
        }
        int classes = prediction.last();
        if (truePositives != null && truePositives.length != classes) {
            throw new IllegalArgumentException("%s: prediction %s has %d classes after updates with %d; call reset()"
                    .formatted(name(), prediction.shapeText(), classes, truePositives.length));
        }
        float[] weights = weights(sampleWeights, prediction.shape()[0]);
        if (truePositives == null) {
            truePositives = new double[classes];
            falsePositives = new double[classes];
            falseNegatives = new double[classes];
        }
        for (int i = 0; i < prediction.data().length; i++) {
            int sample = i / classes;
            double weight = weights == null ? 1 : weights[sample];
            double target = both.target().data()[i];
            boolean positive = isPositive(prediction.data(), i, sample * classes, classes);
            truePositives[i % classes] += positive ? weight * target : 0;
            falsePositives[i % classes] += positive ? weight * (1 - target) : 0;
            falseNegatives[i % classes] += positive ? 0 : weight * target;
        }
    }

    private boolean isPositive(float[] predictions, int index, int first, int classes) {
        if (threshold != null) {
            return predictions[index] > threshold.floatValue();
        }
        for (int i = first; i < first + classes; i++) {
            if (!(predictions[index] >= predictions[i])) {
                return false;
            }
        }
        return Math.abs(predictions[index]) > ABOUT_ZERO;
    }

    @Override
    public final double[] results() {
        if (truePositives == null) {
            return new double[] {0};
        }
        if (average == ScoreAverage.MICRO) {
            return new double[] {score(sum(truePositives), sum(falsePositives), sum(falseNegatives))};
        }
        double[] scores = new double[truePositives.length];
        double[] targets = new double[scores.length];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = score(truePositives[i], falsePositives[i], falseNegatives[i]);
            targets[i] = truePositives[i] + falseNegatives[i];
        }
        if (average == ScoreAverage.NONE) {
            return scores;
        }
        double all = sum(targets);
        double result = 0;
        for (int i = 0; i < scores.length; i++) {
            result += scores[i] * (average == ScoreAverage.MACRO ? 1.0 / scores.length : targets[i] / (all + EPSILON));
        }
        return new double[] {result};
    }

    private double score(double truePositives, double falsePositives, double falseNegatives) {
        double precision = truePositives / (truePositives + falsePositives + EPSILON);
        double recall = truePositives / (truePositives + falseNegatives + EPSILON);
        double square = beta() * beta();
        return (1 + square) * (precision * recall / (square * precision + recall + EPSILON));
    }

    private static double sum(double[] values) {
        return Arrays.stream(values).sum();
    }

    @Override
    public final double result() {
        return single(results(), "set average");
    }

    @Override
    public final void reset() {
        truePositives = null;
        falsePositives = null;
        falseNegatives = null;
    }

    @Override
    public Config config() {
        return super.config()
                .with("average", average == ScoreAverage.NONE ? null : average)
                .with("threshold", threshold);
    }

    @Override
    void read(Config config) {
        super.read(config);
        if (config.has("average")) {
            average(config.choice("average", ScoreAverage.class));
        }
        if (config.has("threshold")) {
            threshold(config.number("threshold"));
        }
    }
}
