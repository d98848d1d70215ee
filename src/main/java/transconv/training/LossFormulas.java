package transconv.training;

import static transconv.training.LossOps.EPSILON;
import static transconv.training.LossOps.last;
import static transconv.training.LossOps.log;
import static transconv.training.LossOps.rest;

import java.util.stream.IntStream;
import transconv.ops.FusedLoss;
import transconv.ops.LossFunction;
import transconv.ops.Ops;
import transconv.ops.UnaryFunction;
import transconv.ops.Value;

/** Losses without parameters, of predictions p and targets t of one shape. Source: Keras 3, {@code keras.losses}. */
final class LossFormulas {

    private static final double INFINITY = Double.POSITIVE_INFINITY;

    private LossFormulas() {}

    static Value meanSquaredError(Value p, Value t) {
        return p.graph().apply(new FusedLoss(LossFunction.MEAN_SQUARED_ERROR), p, t);
    }

    static Value meanAbsoluteError(Value p, Value t) {
        return absolute(Ops.subtract(p, t));
    }

    static Value meanAbsolutePercentageError(Value p, Value t) {
        Value scale = Ops.clip(absolute(t), EPSILON, INFINITY);
        return Ops.affine(absolute(Ops.divide(Ops.subtract(p, t), scale)), 100, 0);
    }

    static Value meanSquaredLogarithmicError(Value p, Value t) {
        return square(Ops.subtract(logOfOneMore(p), logOfOneMore(t)));
    }

    private static Value logOfOneMore(Value x) {
        return Ops.unary(UnaryFunction.LOG1P, Ops.clip(x, EPSILON, INFINITY));
    }

    /** {@code log(cosh(x)) = x + log(1 + exp(-2x)) - log(2)}, which no large x overflows. */
    static Value logCosh(Value p, Value t) {
        Value error = Ops.subtract(p, t);
        Value rest = Ops.unary(UnaryFunction.SOFTPLUS, Ops.affine(error, -2, 0));
        return Ops.affine(Ops.add(error, rest), 1, -Math.log(2));
    }

    static Value hinge(Value p, Value t) {
        return Ops.clip(rest(Ops.multiply(signs(t), p)), 0, INFINITY);
    }

    static Value squaredHinge(Value p, Value t) {
        return square(hinge(p, t));
    }

    /** Targets of -1 and 1; where all are 0 or 1, 0 becomes -1. */
    private static Value signs(Value t) {
        Value ones = Ops.fill(t.graph(), t.shape(), 1);
        Value zeros = Ops.fill(t.graph(), t.shape(), 0);
        Value isOther = rest(Ops.add(Ops.equal(t, zeros), Ops.equal(t, ones)));
        Value others = Ops.sum(isOther, IntStream.rangeClosed(0, last(t)).toArray());
        Value isBinary = Ops.equal(others, Ops.fill(t.graph(), others.shape(), 0));
        return Ops.add(t, Ops.multiply(Ops.broadcast(isBinary, t.shape()), Ops.affine(t, 1, -1)));
    }

    static Value categoricalHinge(Value p, Value t) {
        Value right = Ops.sum(Ops.multiply(t, p), last(p));
        Value wrong = Ops.max(Ops.multiply(rest(t), p), last(p));
        return Ops.clip(Ops.affine(Ops.subtract(wrong, right), 1, 1), 0, INFINITY);
    }

    static Value poisson(Value p, Value t) {
        return Ops.subtract(p, Ops.multiply(t, log(Ops.affine(p, 1, EPSILON))));
    }

    static Value klDivergence(Value p, Value t) {
        Value target = Ops.clip(t, EPSILON, 1);
        Value prediction = Ops.clip(p, EPSILON, 1);
        return Ops.sum(Ops.multiply(target, Ops.subtract(log(target), log(prediction))), last(p));
    }

    private static Value absolute(Value x) {
        return Ops.unary(UnaryFunction.ABS, x);
    }

    private static Value square(Value x) {
        return Ops.unary(UnaryFunction.SQUARE, x);
    }
}
