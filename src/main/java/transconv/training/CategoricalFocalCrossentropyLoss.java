package transconv.training;

import transconv.config.Config;
import transconv.ops.Activations;
import transconv.ops.Ops;
import transconv.ops.Value;

/**
 * {@code -sum(alpha (1 - p)^gamma t log p)} over an axis of classes: what is predicted well weighs less. Predictions
 * are brought to a sum of 1 and cut to [1e-7, 1 - 1e-7], behind a softmax too. Source: Lin et al. (2018); Keras 3,
 * {@code CategoricalFocalCrossentropy}.
 *
 * <pre>{@code
 * CategoricalFocalCrossentropyLoss loss = new CategoricalFocalCrossentropyLoss().gamma(3);
 * System.out.println(loss.gamma() + " " + loss.alpha()); // 3.0 0.25
 * }</pre>
 *
 * @param alpha          weight of all classes, at least 0
 * @param gamma          at least 0
 * @param fromLogits     whether predictions are logits and not probabilities
 * @param labelSmoothing how far targets are moved towards 1 / classes, from 0 to 1
 * @param axis           of the classes, from 1, the first behind the batch axis, or from -1, the last, downwards
 */
public record CategoricalFocalCrossentropyLoss(
        double alpha, double gamma, boolean fromLogits, double labelSmoothing, int axis) implements Loss {

    private static final String NAME = "categorical_focal_crossentropy";

    /** @throws IllegalArgumentException if a number is out of its range */
    public CategoricalFocalCrossentropyLoss {
        Arguments.notNegative(NAME, "alpha", alpha);
        Arguments.notNegative(NAME, "gamma", gamma);
        Arguments.shareOrOne(NAME, "labelSmoothing", labelSmoothing);
    }

    /** With Keras' defaults. */
    public CategoricalFocalCrossentropyLoss() {
        this(0.25, 2, false, 0, -1);
    }

    static Loss from(Config config) {
        CategoricalFocalCrossentropyLoss loss = new CategoricalFocalCrossentropyLoss();
        loss = config.has("alpha") ? loss.alpha(config.number("alpha")) : loss;
        loss = config.has("gamma") ? loss.gamma(config.number("gamma")) : loss;
        loss = config.has("from_logits") ? loss.fromLogits(config.truth("from_logits")) : loss;
        loss = config.has("label_smoothing") ? loss.labelSmoothing(config.number("label_smoothing")) : loss;
        return config.has("axis") ? loss.axis(config.integer("axis")) : loss;
    }

    /** The same loss with another weight, at least 0; default 0.25. */
    public CategoricalFocalCrossentropyLoss alpha(double alpha) {
        return new CategoricalFocalCrossentropyLoss(alpha, gamma, fromLogits, labelSmoothing, axis);
    }

    /** The same loss with another exponent, at least 0; default 2. */
    public CategoricalFocalCrossentropyLoss gamma(double gamma) {
        return new CategoricalFocalCrossentropyLoss(alpha, gamma, fromLogits, labelSmoothing, axis);
    }

    /** The same loss of logits, or of probabilities, the default. */
    public CategoricalFocalCrossentropyLoss fromLogits(boolean fromLogits) {
        return new CategoricalFocalCrossentropyLoss(alpha, gamma, fromLogits, labelSmoothing, axis);
    }

    /** The same loss with targets moved towards 1 / classes by a share from 0, the default, to 1. */
    public CategoricalFocalCrossentropyLoss labelSmoothing(double labelSmoothing) {
        return new CategoricalFocalCrossentropyLoss(alpha, gamma, fromLogits, labelSmoothing, axis);
    }

    /** The same loss with the classes along another axis; default -1, the last. */
    public CategoricalFocalCrossentropyLoss axis(int axis) {
        return new CategoricalFocalCrossentropyLoss(alpha, gamma, fromLogits, labelSmoothing, axis);
    }

    @Override
    public Value lower(Value prediction, Value target) {
        int classes = LossOps.axis(name(), axis, prediction);
        Value fitted = LossOps.fitted(name(), prediction, target);
        Value t = LossOps.smoothed(fitted, labelSmoothing, 1.0 / fitted.shape().size(classes));
        Value all = fromLogits ? Activations.softmax(prediction, classes) : prediction;
        Value p = LossOps.probability(LossOps.withSumOne(all, classes));
        Value weight = LossOps.power(LossOps.rest(p), gamma);
        Value likelihood = Ops.multiply(weight, Ops.multiply(t, LossOps.log(p)));
        return LossOps.ofSamples(Ops.affine(Ops.sum(likelihood, classes), -alpha, 0));
    }

    @Override
    public Config config() {
        return Loss.super
                .config()
                .with("from_logits", fromLogits)
                .with("label_smoothing", labelSmoothing)
                .with("axis", axis)
                .with("alpha", alpha)
                .with("gamma", gamma);
    }
}
