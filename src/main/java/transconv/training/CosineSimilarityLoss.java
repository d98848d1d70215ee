package transconv.training;

import transconv.config.Config;
import transconv.ops.Ops;
import transconv.ops.UnaryFunction;
import transconv.ops.Value;

/**
 * Minus the cosine of the angle between target and prediction, from -1 (same direction) to 1 (opposite); 0 where one of
 * them is 0. Source: Keras 3, {@code CosineSimilarity}.
 *
 * <pre>{@code
 * CosineSimilarityLoss loss = new CosineSimilarityLoss(1);
 * System.out.println(loss.name() + " " + loss.axis()); // cosine_similarity 1
 * }</pre>
 *
 * @param axis along which the vectors lie, from 1, the first behind the batch axis, or from -1, the last, downwards;
 *     Keras' default is -1
 */
public record CosineSimilarityLoss(int axis) implements Loss {

    /** With Keras' defaults. */
    public CosineSimilarityLoss() {
        this(-1);
    }

    static Loss from(Config config) {
        return config.has("axis") ? new CosineSimilarityLoss(config.integer("axis")) : new CosineSimilarityLoss();
    }

    @Override
    public Value lower(Value prediction, Value target) {
        int along = LossOps.axis(name(), axis, prediction);
        Value t = LossOps.fitted(name(), prediction, target);
        Value product = Ops.multiply(normalized(t, along), normalized(prediction, along));
        return LossOps.ofSamples(Ops.affine(Ops.sum(product, along), -1, 0));
    }

    private static Value normalized(Value x, int axis) {
        Value squares = Ops.sum(Ops.unary(UnaryFunction.SQUARE, x), axis);
        double least = LossOps.EPSILON * LossOps.EPSILON;
        Value length = Ops.unary(UnaryFunction.SQRT, Ops.clip(squares, least, Double.POSITIVE_INFINITY));
        return Ops.divide(x, Ops.broadcast(length, x.shape()));
    }

    @Override
    public Config config() {
        return Loss.super.config().with("axis", axis);
    }
}
