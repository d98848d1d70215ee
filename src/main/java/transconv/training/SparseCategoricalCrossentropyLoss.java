package transconv.training;

import java.util.stream.IntStream;
import transconv.config.Config;
import transconv.ops.Activations;
import transconv.ops.FusedActivation;
import transconv.ops.Ops;
import transconv.ops.Value;
import transconv.shape.Shape;

/**
 * {@code -log p[t]} for targets that are classes: whole numbers from 0, of shape (batch, ...) or (batch, ..., 1) for
 * predictions (batch, ..., classes). Predictions are cut to [1e-7, 1 - 1e-7] and then brought to a sum of 1; behind a
 * model's closing softmax it takes the logits, exact at any size. Source: Keras 3, {@code
 * SparseCategoricalCrossentropy}.
 *
 * <pre>{@code
 * SparseCategoricalCrossentropyLoss loss = new SparseCategoricalCrossentropyLoss().ignoreClass(255);
 * System.out.println(loss.targetShape(Shape.of(4, 4, 10)) + " " + loss.mixesSamples()); // (4, 4) true
 * }</pre>
 *
 * @param fromLogits  whether predictions are logits and not probabilities
 * @param ignoreClass a target that says that its position does not count, or null; the loss is then the mean over all
 *     positions of the batch that do
 */
public record SparseCategoricalCrossentropyLoss(boolean fromLogits, Integer ignoreClass) implements Loss {

    /** With Keras' defaults. */
    public SparseCategoricalCrossentropyLoss() {
        this(false, null);
    }

    static Loss from(Config config) {
        SparseCategoricalCrossentropyLoss loss = new SparseCategoricalCrossentropyLoss();
        loss = config.has("from_logits") ? loss.fromLogits(config.truth("from_logits")) : loss;
        return config.has("ignore_class") ? loss.ignoreClass(config.integer("ignore_class")) : loss;
    }

    /** The same loss of logits, or of probabilities, the default; a closing softmax is seen without it. */
    public SparseCategoricalCrossentropyLoss fromLogits(boolean fromLogits) {
        return new SparseCategoricalCrossentropyLoss(fromLogits, ignoreClass);
    }

    /** The same loss without the positions that have a certain target, such as -1 or 255; default none. */
    public SparseCategoricalCrossentropyLoss ignoreClass(int ignoreClass) {
        return new SparseCategoricalCrossentropyLoss(fromLogits, ignoreClass);
    }

    @Override
    public Shape targetShape(Shape output) {
        return LossOps.without(output);
    }

    @Override
    public boolean mixesSamples() {
        return ignoreClass != null;
    }

    @Override
    public Value lower(Value prediction, Value target) {
        Value classes = LossOps.classes(name(), prediction, target);
        if (ignoreClass == null) {
            return LossOps.ofSamples(losses(prediction, classes));
        }
        Value ignored = Ops.equal(classes, Ops.fill(classes.graph(), classes.shape(), ignoreClass));
        Value counts = LossOps.rest(ignored);
        Value losses = losses(prediction, Ops.multiply(counts, classes));
        int[] axes = IntStream.range(0, counts.shape().rank()).toArray();
        Value all = Ops.clip(Ops.sum(counts, axes), 1, Double.POSITIVE_INFINITY);
        // A mean over all positions, (batch, ...), becomes one over those that count.
        Value weights = Ops.affine(
                Ops.divide(counts, Ops.broadcast(all, counts.shape())),
                counts.shape().elements(),
                0);
        return LossOps.ofSamples(Ops.multiply(Ops.reshape(losses, counts.shape()), weights));
    }

    /** Of shape (batch, ..., 1). */
    private Value losses(Value prediction, Value classes) {
        Value right = LossOps.oneHot(classes, prediction);
        int last = LossOps.last(prediction);
        Value behind = LossOps.logitsBehind(FusedActivation.SOFTMAX, prediction);
        if (behind != null || fromLogits) {
            Value logs = Activations.logSoftmax(behind != null ? behind : prediction, last);
            return Ops.affine(Ops.sum(Ops.multiply(right, logs), last), -1, 0);
        }
        Value p = LossOps.probability(prediction);
        return Ops.subtract(LossOps.log(Ops.sum(p, last)), LossOps.log(Ops.sum(Ops.multiply(right, p), last)));
    }

    @Override
    public Config config() {
        return Loss.super.config().with("from_logits", fromLogits).with("ignore_class", ignoreClass);
    }
}
