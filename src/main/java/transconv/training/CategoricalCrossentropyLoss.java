package transconv.training;

import transconv.config.Config;
import transconv.ops.Activations;
import transconv.ops.FusedActivation;
import transconv.ops.Ops;
import transconv.ops.Value;

/**
 * {@code -sum(t log p)} over an axis of classes, for targets that add up to 1; predictions are brought to a sum of 1
 * and cut to [1e-7, 1 - 1e-7]. Behind a model's closing softmax over the last axis it takes the logits, exact at any
 * size. Source: Keras 3, {@code CategoricalCrossentropy}.
 *
 * <pre>{@code
 * CategoricalCrossentropyLoss loss = new CategoricalCrossentropyLoss().labelSmoothing(0.1);
 * System.out.println(loss.name() + " " + loss.labelSmoothing()); // categorical_crossentropy 0.1
 * }</pre>
 *
 * @param fromLogits     whether predictions are logits and not probabilities
 * @param labelSmoothing how far targets are moved towards 1 / classes, from 0 to 1
 * @param axis           of the classes, from 1, the first behind the batch axis, or from -1, the last, downwards
 */
public record CategoricalCrossentropyLoss(boolean fromLogits, double labelSmoothing, int axis) implements Loss {

    /** @throws IllegalArgumentException unless labelSmoothing is from 0 to 1 */
    public CategoricalCrossentropyLoss {
        Arguments.shareOrOne("categorical_crossentropy", "labelSmoothing", labelSmoothing);
    }

    /** With Keras' defaults. */
    public CategoricalCrossentropyLoss() {
        this(false, 0, -1);
    }

    static Loss from(Config config) {
        CategoricalCrossentropyLoss loss = new CategoricalCrossentropyLoss();
        loss = config.has("from_logits") ? loss.fromLogits(config.truth("from_logits")) : loss;
        loss = config.has("label_smoothing") ? loss.labelSmoothing(config.number("label_smoothing")) : loss;
        return config.has("axis") ? loss.axis(config.integer("axis")) : loss;
    }

    /** The same loss of logits, or of probabilities, the default; a closing softmax is seen without it. */
    public CategoricalCrossentropyLoss fromLogits(boolean fromLogits) {
        return new CategoricalCrossentropyLoss(fromLogits, labelSmoothing, axis);
    }

    /** The same loss with targets moved towards 1 / classes by a share from 0, the default, to 1. */
    public CategoricalCrossentropyLoss labelSmoothing(double labelSmoothing) {
        return new CategoricalCrossentropyLoss(fromLogits, labelSmoothing, axis);
    }

    /** The same loss with the classes along another axis; default -1, the last. */
    public CategoricalCrossentropyLoss axis(int axis) {
        return new CategoricalCrossentropyLoss(fromLogits, labelSmoothing, axis);
    }

    @Override
    public Value lower(Value prediction, Value target) {
        int classes = LossOps.axis(name(), axis, prediction);
        Value fitted = LossOps.fitted(name(), prediction, target);
        Value t = LossOps.smoothed(fitted, labelSmoothing, 1.0 / fitted.shape().size(classes));
        Value likelihood = Ops.sum(Ops.multiply(t, logProbability(prediction, classes)), classes);
        return LossOps.ofSamples(Ops.affine(likelihood, -1, 0));
    }

    private Value logProbability(Value prediction, int classes) {
        Value behind =
                classes == LossOps.last(prediction) ? LossOps.logitsBehind(FusedActivation.SOFTMAX, prediction) : null;
        if (behind != null || fromLogits) {
            return Activations.logSoftmax(behind != null ? behind : prediction, classes);
        }
        return LossOps.log(LossOps.probability(LossOps.withSumOne(prediction, classes)));
    }

    @Override
    public Config config() {
        return Loss.super
                .config()
                .with("from_logits", fromLogits)
                .with("label_smoothing", labelSmoothing)
                .with("axis", axis);
    }
}
