package transconv.training;

import java.util.List;
import transconv.config.Config;
import transconv.ops.Ops;
import transconv.ops.Value;

/**
 * {@code 1 - i / (i + alpha a + beta b)} for targets and predictions in [0, 1], with {@code i = sum(t p)}, what was
 * missed {@code a = sum(t (1 - p))} and what was invented {@code b = sum((1 - t) p)}; sums run over the whole batch.
 * Source: Salehi et al. (2017); Keras 3, {@code Tversky}, whose alpha, too, stands with a.
 *
 * <pre>{@code
 * TverskyLoss loss = new TverskyLoss().alpha(0.3).beta(0.7).axis(1, 2);
 * System.out.println(loss.axis() + " " + loss.mixesSamples()); // [1, 2] false
 * }</pre>
 *
 * @param alpha at least 0
 * @param beta  at least 0
 * @param axis  the axes of the sums, from 0, the batch axis, or from -1, the last, downwards; none stands for all
 */
public record TverskyLoss(double alpha, double beta, List<Integer> axis) implements Loss {

    /** @throws IllegalArgumentException unless alpha and beta are finite and at least 0 */
    public TverskyLoss {
        Arguments.notNegative("tversky", "alpha", alpha);
        Arguments.notNegative("tversky", "beta", beta);
        axis = List.copyOf(axis);
    }

    /** With Keras' defaults. */
    public TverskyLoss() {
        this(0.5, 0.5, List.of());
    }

    static Loss from(Config config) {
        TverskyLoss loss = new TverskyLoss();
        loss = config.has("alpha") ? loss.alpha(config.number("alpha")) : loss;
        loss = config.has("beta") ? loss.beta(config.number("beta")) : loss;
        return config.has("axis") ? loss.axis(config.integers("axis")) : loss;
    }

    /** The same loss with another weight of what was missed, at least 0; default 0.5. */
    public TverskyLoss alpha(double alpha) {
        return new TverskyLoss(alpha, beta, axis);
    }

    /** The same loss with another weight of what was invented, at least 0; default 0.5. */
    public TverskyLoss beta(double beta) {
        return new TverskyLoss(alpha, beta, axis);
    }

    /** The same loss with sums over some axes, and the mean over the others; default all. */
    public TverskyLoss axis(int... axis) {
        return new TverskyLoss(alpha, beta, OverlapAxes.list(axis));
    }

    @Override
    public boolean mixesSamples() {
        return OverlapAxes.haveBatch(axis);
    }

    @Override
    public Value lower(Value prediction, Value target) {
        Value t = LossOps.fitted(name(), prediction, target);
        int[] axes = OverlapAxes.of(name(), axis, prediction);
        Value both = Ops.sum(Ops.multiply(t, prediction), axes);
        Value missed = Ops.sum(Ops.multiply(t, LossOps.rest(prediction)), axes);
        Value invented = Ops.sum(Ops.multiply(LossOps.rest(t), prediction), axes);
        Value wrong = Ops.add(Ops.affine(missed, alpha, 0), Ops.affine(invented, beta, 0));
        Value all = Ops.affine(Ops.add(both, wrong), 1, LossOps.EPSILON);
        return OverlapAxes.ofSamples(LossOps.rest(Ops.divide(both, all)), prediction);
    }

    @Override
    public Config config() {
        return Loss.super.config().with("alpha", alpha).with("beta", beta).with("axis", OverlapAxes.written(axis));
    }
}
