package transconv.training;

import transconv.config.Config;
import transconv.ops.Ops;
import transconv.ops.Value;
import transconv.shape.Shape;

/**
 * {@code (1 - p[t]^q) / q} for targets that are classes, whole numbers from 0, of shape (batch, ...) or (batch, ..., 1)
 * for probabilities (batch, ..., classes): wrong labels do less harm than in crossentropy, to which it comes near as q
 * comes near 0. Source: Zhang and Sabuncu (2018); Keras 3, {@code CategoricalGeneralizedCrossEntropy}.
 *
 * <pre>{@code
 * CategoricalGeneralizedCrossEntropyLoss loss = new CategoricalGeneralizedCrossEntropyLoss().q(0.7);
 * System.out.println(loss.targetShape(Shape.of(10)) + " " + loss.q()); // () 0.7
 * }</pre>
 *
 * @param q above 0 and below 1
 */
public record CategoricalGeneralizedCrossEntropyLoss(double q) implements Loss {

    /** @throws IllegalArgumentException unless q is above 0 and below 1 */
    public CategoricalGeneralizedCrossEntropyLoss {
        if (!(q > 0 && q < 1)) {
            throw new IllegalArgumentException(
                    "categorical_generalized_cross_entropy: q=%s must be above 0 and below 1; for 0 take crossentropy"
                            .formatted(q));
        }
    }

    /** With Keras' defaults. */
    public CategoricalGeneralizedCrossEntropyLoss() {
        this(0.5);
    }

    static Loss from(Config config) {
        CategoricalGeneralizedCrossEntropyLoss loss = new CategoricalGeneralizedCrossEntropyLoss();
        return config.has("q") ? loss.q(config.number("q")) : loss;
    }

    /** The same loss with another exponent, above 0 and below 1; default 0.5. */
    public CategoricalGeneralizedCrossEntropyLoss q(double q) {
        return new CategoricalGeneralizedCrossEntropyLoss(q);
    }

    @Override
    public Shape targetShape(Shape output) {
        return LossOps.without(output);
    }

    @Override
    public Value lower(Value prediction, Value target) {
        Value right = LossOps.oneHot(LossOps.classes(name(), prediction, target), prediction);
        Value p = Ops.sum(Ops.multiply(right, prediction), LossOps.last(prediction));
        return LossOps.ofSamples(Ops.affine(LossOps.power(p, q), -1 / q, 1 / q));
    }

    @Override
    public Config config() {
        return Loss.super.config().with("q", q);
    }
}
