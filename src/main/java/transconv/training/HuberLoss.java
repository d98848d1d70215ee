package transconv.training;

import transconv.config.Config;
import transconv.ops.Ops;
import transconv.ops.Value;

/**
 * {@code (p - t)² / 2} up to a distance of delta, and the straight line {@code delta |p - t| - delta² / 2} beyond.
 * Source: Keras 3, {@code Huber}.
 *
 * <pre>{@code
 * HuberLoss loss = new HuberLoss(2);
 * System.out.println(loss.name() + " " + loss.delta()); // huber 2.0
 * }</pre>
 *
 * @param delta above 0; Keras' default is 1
 */
public record HuberLoss(double delta) implements Loss {

    /** @throws IllegalArgumentException unless delta is finite and above 0 */
    public HuberLoss {
        Arguments.positive("huber", "delta", delta);
    }

    /** With Keras' defaults. */
    public HuberLoss() {
        this(1);
    }

    static Loss from(Config config) {
        return config.has("delta") ? new HuberLoss(config.number("delta")) : new HuberLoss();
    }

    @Override
    public Value lower(Value prediction, Value target) {
        Value error = Ops.subtract(prediction, LossOps.fitted(name(), prediction, target));
        // With the error cut to c, both branches are c (error - c / 2).
        Value cut = Ops.clip(error, -delta, delta);
        return LossOps.ofSamples(Ops.multiply(cut, Ops.subtract(error, Ops.affine(cut, 0.5, 0))));
    }

    @Override
    public Config config() {
        return Loss.super.config().with("delta", delta);
    }
}
