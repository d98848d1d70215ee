package transconv.training;

import java.util.Arrays;
import java.util.stream.IntStream;
import transconv.ops.Activate;
import transconv.ops.FusedActivation;
import transconv.ops.OneHot;
import transconv.ops.Ops;
import transconv.ops.UnaryFunction;
import transconv.ops.Value;
import transconv.shape.Shape;

/** What the losses' formulas share. */
final class LossOps {

    /** Keras' {@code epsilon()}. */
    static final double EPSILON = 1e-7;

    /** The upper bound of probabilities as a float, so that its distance from 1 is the same in float and double. */
    private static final double UPPER = (float) (1 - EPSILON);

    /** A number that floats still have, whose powers stand for those of 0. */
    private static final double TINY = 1e-30;

    private LossOps() {}

    /** The mean over all axes but the batch axis, (batch). */
    static Value ofSamples(Value losses) {
        Shape shape = losses.shape();
        Value mean = Ops.mean(losses, IntStream.range(1, shape.rank()).toArray());
        return Ops.reshape(mean, Shape.of(shape.size(0)));
    }

    /** The target in the prediction's shape, from which it may differ by a last axis of length 1. */
    static Value fitted(String name, Value prediction, Value target) {
        Shape shape = prediction.shape();
        boolean fits = target.shape().equals(shape)
                || target.shape().equals(without(shape)) && shape.last() == 1
                || shape.equals(without(target.shape())) && target.shape().last() == 1;
        if (!fits) {
            throw new IllegalArgumentException(
                    "%s: target %s for prediction %s; both must have one shape".formatted(name, target.shape(), shape));
        }
        return Ops.reshape(target, shape);
    }

    /** Targets that are classes, in the prediction's shape without its last axis. */
    static Value classes(String name, Value prediction, Value target) {
        Shape shape = prediction.shape();
        Shape wanted = without(shape);
        if (!target.shape().equals(wanted) && !target.shape().equals(shape.withLast(1))) {
            throw new IllegalArgumentException(
                    "%s: target %s for prediction %s; it must have whole numbers in shape %s or %s, one for each row"
                            .formatted(name, target.shape(), shape, wanted, shape.withLast(1)));
        }
        return Ops.reshape(target, wanted);
    }

    /** 1 at the class and 0 elsewhere, in the prediction's shape. */
    static Value oneHot(Value classes, Value prediction) {
        return classes.graph().apply(new OneHot(prediction.shape().last()), classes);
    }

    /** A shape without its last axis. */
    static Shape without(Shape shape) {
        return Shape.of(Arrays.copyOf(shape.toArray(), Math.max(0, shape.rank() - 1)));
    }

    /**
     * What came into the activation that closes a model, or null if it is another one: logits lose no digits where a
     * probability is near 0 or 1. Keras, too, goes back behind it.
     */
    static Value logitsBehind(FusedActivation function, Value prediction) {
        boolean closes = prediction.op() instanceof Activate activate && activate.function() == function;
        return closes ? prediction.inputs().get(0) : null;
    }

    /** Cut to [1e-7, 1 - 1e-7]; no slope where it is cut. */
    static Value probability(Value p) {
        return Ops.clip(p, EPSILON, UPPER);
    }

    static Value log(Value x) {
        return Ops.unary(UnaryFunction.LOG, x);
    }

    /** {@code 1 - x}. */
    static Value rest(Value x) {
        return Ops.affine(x, -1, 1);
    }

    static int last(Value x) {
        return x.shape().rank() - 1;
    }

    /** Targets moved towards a middle value: {@code t (1 - smoothing) + smoothing middle}. */
    static Value smoothed(Value target, double smoothing, double middle) {
        return smoothing == 0 ? target : Ops.affine(target, 1 - smoothing, smoothing * middle);
    }

    /** A power of numbers of at least 0, with a finite slope at 0. */
    static Value power(Value x, double exponent) {
        if (exponent == 0) {
            return Ops.fill(x.graph(), x.shape(), 1);
        }
        if (exponent == 1) {
            return x;
        }
        return exponent == 2
                ? Ops.unary(UnaryFunction.SQUARE, x)
                : Ops.power(Ops.clip(x, TINY, Double.POSITIVE_INFINITY), Ops.fill(x.graph(), x.shape(), exponent));
    }

    /** Divided by the sum along an axis. */
    static Value withSumOne(Value p, int axis) {
        return Ops.divide(p, Ops.broadcast(Ops.sum(p, axis), p.shape()));
    }

    /** The axis from 0, the batch axis, which it must not be. */
    static int axis(String name, int axis, Value prediction) {
        int rank = prediction.shape().rank();
        int found = axis < 0 ? rank + axis : axis;
        if (found < 1 || found >= rank) {
            throw new IllegalArgumentException(
                    "%s: axis=%d for prediction %s must be from 1 to %d, or from -1 to %d; axis 0 is the batch"
                            .formatted(name, axis, prediction.shape(), rank - 1, 1 - rank));
        }
        return found;
    }
}
