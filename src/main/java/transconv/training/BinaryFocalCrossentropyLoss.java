package transconv.training;

import transconv.config.Config;
import transconv.ops.FusedActivation;
import transconv.ops.Ops;
import transconv.ops.UnaryFunction;
import transconv.ops.Value;

/**
 * Binary crossentropy times {@code (1 - q)^gamma}, where q is the probability given to the right answer: what is
 * predicted well weighs less. With class balancing, 1 weighs alpha and 0 weighs 1 - alpha. Source: Lin et al. (2018);
 * Keras 3, {@code BinaryFocalCrossentropy}.
 *
 * <pre>{@code
 * BinaryFocalCrossentropyLoss loss = new BinaryFocalCrossentropyLoss().gamma(3).applyClassBalancing(true);
 * System.out.println(loss.gamma() + " " + loss.alpha()); // 3.0 0.25
 * }</pre>
 *
 * @param applyClassBalancing whether alpha counts
 * @param alpha               weight of 1, from 0 to 1
 * @param gamma               at least 0
 * @param fromLogits          whether predictions are logits and not probabilities
 * @param labelSmoothing      how far targets are moved towards 0.5, from 0 to 1
 */
public record BinaryFocalCrossentropyLoss(
        boolean applyClassBalancing, double alpha, double gamma, boolean fromLogits, double labelSmoothing)
        implements Loss {

    private static final String NAME = "binary_focal_crossentropy";

    /** @throws IllegalArgumentException if a number is out of its range */
    public BinaryFocalCrossentropyLoss {
        Arguments.shareOrOne(NAME, "alpha", alpha);
        Arguments.notNegative(NAME, "gamma", gamma);
        Arguments.shareOrOne(NAME, "labelSmoothing", labelSmoothing);
    }

    /** With Keras' defaults. */
    public BinaryFocalCrossentropyLoss() {
        this(false, 0.25, 2, false, 0);
    }

    static Loss from(Config config) {
        BinaryFocalCrossentropyLoss loss = new BinaryFocalCrossentropyLoss();
        if (config.has("apply_class_balancing")) {
            loss = loss.applyClassBalancing(config.truth("apply_class_balancing"));
        }
        loss = config.has("alpha") ? loss.alpha(config.number("alpha")) : loss;
        loss = config.has("gamma") ? loss.gamma(config.number("gamma")) : loss;
        loss = config.has("from_logits") ? loss.fromLogits(config.truth("from_logits")) : loss;
        return config.has("label_smoothing") ? loss.labelSmoothing(config.number("label_smoothing")) : loss;
    }

    /** The same loss with 1 weighted by alpha and 0 by 1 - alpha, or both alike, the default. */
    public BinaryFocalCrossentropyLoss applyClassBalancing(boolean applyClassBalancing) {
        return new BinaryFocalCrossentropyLoss(applyClassBalancing, alpha, gamma, fromLogits, labelSmoothing);
    }

    /** The same loss with another weight of 1, from 0 to 1; default 0.25. */
    public BinaryFocalCrossentropyLoss alpha(double alpha) {
        return new BinaryFocalCrossentropyLoss(applyClassBalancing, alpha, gamma, fromLogits, labelSmoothing);
    }

    /** The same loss with another exponent, at least 0; default 2. */
    public BinaryFocalCrossentropyLoss gamma(double gamma) {
        return new BinaryFocalCrossentropyLoss(applyClassBalancing, alpha, gamma, fromLogits, labelSmoothing);
    }

    /** The same loss of logits, or of probabilities, the default; a closing sigmoid is seen without it. */
    public BinaryFocalCrossentropyLoss fromLogits(boolean fromLogits) {
        return new BinaryFocalCrossentropyLoss(applyClassBalancing, alpha, gamma, fromLogits, labelSmoothing);
    }

    /** The same loss with targets moved towards 0.5 by a share from 0, the default, to 1. */
    public BinaryFocalCrossentropyLoss labelSmoothing(double labelSmoothing) {
        return new BinaryFocalCrossentropyLoss(applyClassBalancing, alpha, gamma, fromLogits, labelSmoothing);
    }

    @Override
    public Value lower(Value prediction, Value target) {
        Value t = LossOps.smoothed(LossOps.fitted(name(), prediction, target), labelSmoothing, 0.5);
        Value p = fromLogits ? FusedActivation.SIGMOID.of(prediction) : prediction;
        // t (1 - p) + (1 - t) p, which is 1 minus the probability of the right answer
        Value missed = Ops.add(Ops.multiply(t, LossOps.rest(p)), Ops.multiply(LossOps.rest(t), p));
        Value loss = Ops.multiply(LossOps.power(missed, gamma), crossentropy(p, t));
        if (applyClassBalancing) {
            loss = Ops.multiply(Ops.affine(t, 2 * alpha - 1, 1 - alpha), loss);
        }
        return LossOps.ofSamples(loss);
    }

    private static Value crossentropy(Value p, Value t) {
        Value logits = LossOps.logitsBehind(FusedActivation.SIGMOID, p);
        if (logits != null) {
            return Ops.subtract(Ops.unary(UnaryFunction.SOFTPLUS, logits), Ops.multiply(logits, t));
        }
        Value cut = LossOps.probability(p);
        Value likelihood = Ops.add(
                Ops.multiply(t, LossOps.log(cut)), Ops.multiply(LossOps.rest(t), LossOps.log(LossOps.rest(cut))));
        return Ops.affine(likelihood, -1, 0);
    }

    @Override
    public Config config() {
        return Loss.super
                .config()
                .with("from_logits", fromLogits)
                .with("label_smoothing", labelSmoothing)
                .with("axis", -1)
                .with("apply_class_balancing", applyClassBalancing)
                .with("alpha", alpha)
                .with("gamma", gamma);
    }
}
