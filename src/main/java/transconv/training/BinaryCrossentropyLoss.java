package transconv.training;

import transconv.config.Config;
import transconv.ops.FusedActivation;
import transconv.ops.FusedLoss;
import transconv.ops.LossFunction;
import transconv.ops.Value;

/**
 * {@code -(t log p + (1 - t) log(1 - p))} for targets and predictions in [0, 1]. Probabilities are cut to [1e-7, 1 -
 * 1e-7], but behind a model's closing sigmoid it takes the logits, exact at any size. Source: Keras 3, {@code
 * BinaryCrossentropy}.
 *
 * <pre>{@code
 * BinaryCrossentropyLoss loss = new BinaryCrossentropyLoss().fromLogits(true);
 * System.out.println(loss.name() + " " + loss.fromLogits()); // binary_crossentropy true
 * }</pre>
 *
 * @param fromLogits     whether predictions are logits and not probabilities
 * @param labelSmoothing how far targets are moved towards 0.5, from 0 to 1
 */
public record BinaryCrossentropyLoss(boolean fromLogits, double labelSmoothing) implements Loss {

    /** @throws IllegalArgumentException unless labelSmoothing is from 0 to 1 */
    public BinaryCrossentropyLoss {
        Arguments.shareOrOne("binary_crossentropy", "labelSmoothing", labelSmoothing);
    }

    /** With Keras' defaults. */
    public BinaryCrossentropyLoss() {
        this(false, 0);
    }

    static Loss from(Config config) {
        BinaryCrossentropyLoss loss = new BinaryCrossentropyLoss();
        // Its axis says over which Keras takes the mean first, and changes nothing.
        loss = config.has("from_logits") ? loss.fromLogits(config.truth("from_logits")) : loss;
        return config.has("label_smoothing") ? loss.labelSmoothing(config.number("label_smoothing")) : loss;
    }

    /** The same loss of logits, or of probabilities, the default; a closing sigmoid is seen without it. */
    public BinaryCrossentropyLoss fromLogits(boolean fromLogits) {
        return new BinaryCrossentropyLoss(fromLogits, labelSmoothing);
    }

    /** The same loss with targets moved towards 0.5 by a share from 0, the default, to 1. */
    public BinaryCrossentropyLoss labelSmoothing(double labelSmoothing) {
        return new BinaryCrossentropyLoss(fromLogits, labelSmoothing);
    }

    @Override
    public Value lower(Value prediction, Value target) {
        Value t = LossOps.smoothed(LossOps.fitted(name(), prediction, target), labelSmoothing, 0.5);
        Value behind = LossOps.logitsBehind(FusedActivation.SIGMOID, prediction);
        if (behind != null || fromLogits) {
            return of(LossFunction.BINARY_CROSSENTROPY_FROM_LOGITS, behind != null ? behind : prediction, t);
        }
        return of(LossFunction.BINARY_CROSSENTROPY, prediction, t);
    }

    private static Value of(LossFunction function, Value prediction, Value target) {
        return prediction.graph().apply(new FusedLoss(function), prediction, target);
    }

    @Override
    public Config config() {
        return Loss.super
                .config()
                .with("from_logits", fromLogits)
                .with("label_smoothing", labelSmoothing)
                .with("axis", -1);
    }
}
