package transconv.training.metrics;

import java.util.Arrays;
import java.util.stream.IntStream;
import transconv.config.Config;

/**
 * The area under the curve that predictions draw as the threshold moves from 0 to 1: for ROC 1 where every target of 1
 * is predicted higher than every one of 0, about 0.5 for chance. Predictions are within [0, 1]. Source: Keras 3, {@code
 * keras.metrics.AUC}.
 *
 * <pre>{@code
 * Metric metric = new AUC().curve(AUC.Curve.ROC).numThresholds(3);
 * metric.update(Nd4j.createFromArray(0f, 0f, 1f, 1f), Nd4j.createFromArray(0f, 0.5f, 0.3f, 0.9f), null);
 * System.out.println(metric.result()); // 0.75
 * }</pre>
 */
public final class AUC extends ConfusionMetric<AUC> {

    /** What is drawn over what. */
    public enum Curve {
        /** The share of targets of 1 that are found, over the share of targets of 0 that are taken for 1. */
        ROC,
        /** Precision over recall. */
        PR,
        /** Precision's gain over recall's gain, against a prediction of always 1. */
        PRGAIN
    }

    /** How the area between two thresholds is measured. */
    public enum SummationMethod {
        /** By the mean of both heights; for PR curves by interpolated counts (Davis and Goadrich, 2006). */
        INTERPOLATION,
        /** By the higher one. */
        MAJORING,
        /** By the lower one. */
        MINORING
    }

    private static final double EPSILON = 1e-7;

    private int numThresholds = 200;
    private double[] inner;
    private Curve curve = Curve.ROC;
    private SummationMethod summationMethod = SummationMethod.INTERPOLATION;
    private boolean multiLabel;
    private Integer numLabels;
    private double[] labelWeights;
    private boolean fromLogits;

    public AUC() {
        super("auc");
    }

    /**
     * How many thresholds, in equal steps from 0 to 1; default 200.
     *
     * @throws IllegalArgumentException if it is below 2
     * @throws IllegalStateException after an update
     */
    public AUC numThresholds(int numThresholds) {
        requireUnused("numThresholds", numThresholds);
        this.numThresholds = requireAtLeast(2, "numThresholds", numThresholds);
        inner = null;
        return this;
    }

    /**
     * These thresholds, in any order, and beside them 0 and 1; default none.
     *
     * @throws IllegalArgumentException if there are none, or one is not within [0, 1]
     * @throws IllegalStateException after an update
     */
    public AUC thresholds(double... thresholds) {
        requireUnused("thresholds", listOf(thresholds));
        inner = requireThresholds(thresholds);
        Arrays.sort(inner);
        numThresholds = inner.length + 2;
        return this;
    }

    /** Default ROC. */
    public AUC curve(Curve curve) {
        if (curve == null) {
            throw refused("curve", null, "one of %s".formatted(Arrays.toString(Curve.values())));
        }
        this.curve = curve;
        return this;
    }

    /** Default interpolation. */
    public AUC summationMethod(SummationMethod summationMethod) {
        if (summationMethod == null) {
            throw refused("summationMethod", null, "one of %s".formatted(Arrays.toString(SummationMethod.values())));
        }
        this.summationMethod = summationMethod;
        return this;
    }

    /**
     * Whether each class of predictions (samples, classes) has a curve of its own, with the mean area as result;
     * default false.
     *
     * @throws IllegalStateException after an update
     */
    public AUC multiLabel(boolean multiLabel) {
        requireUnused("multiLabel", multiLabel);
        this.multiLabel = multiLabel;
        return this;
    }

    /**
     * How many classes predictions have to have; needs multiLabel; default any.
     *
     * @throws IllegalArgumentException if it is below 1, or multiLabel is not set
     */
    public AUC numLabels(int numLabels) {
        if (!multiLabel) {
            throw refused("numLabels", numLabels, "left unset without multiLabel; set multiLabel(true) before it");
        }
        this.numLabels = requireAtLeast(1, "numLabels", numLabels);
        return this;
    }

    /**
     * A weight for each class, of its area with multiLabel, of its predictions without; default all alike.
     *
     * @throws IllegalArgumentException if one is negative or not finite
     * @throws IllegalStateException after an update
     */
    public AUC labelWeights(double... labelWeights) {
        requireUnused("labelWeights", listOf(labelWeights));
        for (double weight : labelWeights) {
            if (!(weight >= 0 && Double.isFinite(weight))) {
                throw refused("labelWeights", weight, "a finite number at least 0; change it");
            }
        }
        this.labelWeights = labelWeights.clone();
        return this;
    }

    /** Whether predictions are logits and not probabilities; default false. */
    public AUC fromLogits(boolean fromLogits) {
        this.fromLogits = fromLogits;
        return this;
    }

    @Override
    double[] allThresholds() {
        double[] thresholds = new double[numThresholds];
        for (int i = 1; i < numThresholds - 1; i++) {
            thresholds[i] = inner == null ? (double) i / (numThresholds - 1) : inner[i - 1];
        }
        // the first is below every prediction, the last above
        thresholds[0] = -EPSILON;
        thresholds[numThresholds - 1] = 1 + EPSILON;
        return thresholds;
    }

    @Override
    int labels(FloatTensor prediction) {
        if (!multiLabel) {
            return 1;
        }
        if (prediction.rank() != 2 || numLabels != null && prediction.last() != numLabels) {
            throw new IllegalArgumentException("%s: prediction %s with multiLabel must be (samples, %s)"
                    .formatted(name(), prediction.shapeText(), numLabels == null ? "classes" : numLabels));
        }
        return requireLabelWeights(prediction);
    }

    @Override
    double[] labelWeights(FloatTensor prediction) {
        requireLabelWeights(prediction);
        return multiLabel ? null : labelWeights;
    }

    private int requireLabelWeights(FloatTensor prediction) {
        if (labelWeights != null && (prediction.rank() < 2 || prediction.last() != labelWeights.length)) {
            throw new IllegalArgumentException("%s: %d labelWeights for prediction %s; give one for each class"
                    .formatted(name(), labelWeights.length, prediction.shapeText()));
        }
        return prediction.last();
    }

    @Override
    float probability(float prediction) {
        return fromLogits ? (float) (1 / (1 + Math.exp(-prediction))) : prediction;
    }

    @Override
    public double result() {
        ConfusionCounts[] labels = countsOfLabels();
        double[] areas = Arrays.stream(labels).mapToDouble(this::area).toArray();
        if (multiLabel && labelWeights != null) {
            double weighted = IntStream.range(0, areas.length)
                    .mapToDouble(label -> areas[label] * labelWeights[label])
                    .sum();
            return ratioOrZero(weighted, Arrays.stream(labelWeights).sum());
        }
        return Arrays.stream(areas).average().orElse(0);
    }

    private double area(ConfusionCounts counts) {
        if (curve == Curve.PR && summationMethod == SummationMethod.INTERPOLATION) {
            return CurvePoints.interpolatedPrecisionRecall(counts);
        }
        CurvePoints points =
                switch (curve) {
                    case ROC -> CurvePoints.roc(counts);
                    case PR -> CurvePoints.precisionRecall(counts);
                    case PRGAIN -> CurvePoints.precisionRecallGain(counts);
                };
        return points.area(summationMethod);
    }

    @Override
    public Config config() {
        return super.config()
                .with("num_thresholds", numThresholds)
                .with("curve", curve.name())
                .with("summation_method", summationMethod)
                .with("thresholds", listOf(inner))
                .with("multi_label", multiLabel)
                .with("num_labels", numLabels)
                .with("label_weights", listOf(labelWeights))
                .with("from_logits", fromLogits);
    }

    @Override
    void read(Config config) {
        super.read(config);
        if (config.has("num_thresholds")) {
            numThresholds(config.integer("num_thresholds"));
        }
        if (config.has("thresholds")) {
            thresholds(numbers(config, "thresholds"));
        }
        if (config.has("curve")) {
            curve(config.choice("curve", Curve.class));
        }
        if (config.has("summation_method")) {
            summationMethod(config.choice("summation_method", SummationMethod.class));
        }
        if (config.has("multi_label")) {
            multiLabel(config.truth("multi_label"));
        }
        if (config.has("num_labels")) {
            numLabels(config.integer("num_labels"));
        }
        if (config.has("label_weights")) {
            labelWeights(numbers(config, "label_weights"));
        }
        if (config.has("from_logits")) {
            fromLogits(config.truth("from_logits"));
        }
    }
}
