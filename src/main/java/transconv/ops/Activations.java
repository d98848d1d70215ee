package transconv.ops;

import java.util.Arrays;
import java.util.stream.IntStream;
import transconv.shape.Shape;

/**
 * Activation functions composed of ops, with their parameters; gradients follow from the ops'. At a kink they take
 * Keras' slope. Values and slopes are right also for large |x|, where {@code exp(x)} overflows. Source: Keras 3, {@code
 * keras.activations}.
 */
public final class Activations {

    private static final double INFINITY = Double.POSITIVE_INFINITY;
    private static final double SELU_ALPHA = 1.6732632423543772;
    private static final double SELU_SCALE = 1.0507009873554805;
    private static final double ROOT_TWO_BY_PI = Math.sqrt(2 / Math.PI);

    private Activations() {}

    /**
     * {@code x} above the threshold, at most maxValue, and {@code negativeSlope (x - threshold)} below it.
     *
     * @param maxValue infinite for none
     */
    public static Value relu(Value x, double negativeSlope, double maxValue, double threshold) {
        boolean cut = maxValue != Double.POSITIVE_INFINITY;
        if (!cut && threshold == 0 && negativeSlope != 0) {
            return leakyRelu(x, negativeSlope);
        }
        Value above = threshold == 0 ? FusedActivation.RELU.of(x) : Ops.multiply(x, Ops.greater(x, fill(x, threshold)));
        if (cut) {
            // Keras takes another op for 6, whose slope is 0 at 6 itself.
            boolean six = maxValue == 6 && threshold == 0;
            above = six ? Ops.minimum(fill(x, 6), above) : Ops.clip(above, 0, maxValue);
        }
        if (negativeSlope == 0) {
            return above;
        }
        Value below = FusedActivation.RELU.of(Ops.affine(x, -1, threshold));
        return Ops.subtract(above, Ops.affine(below, negativeSlope, 0));
    }

    /** {@code x}, below 0 {@code negativeSlope x}; the slope at 0 is the negative one. */
    public static Value leakyRelu(Value x, double negativeSlope) {
        return Ops.multiply(x, Ops.affine(Ops.greater(x, fill(x, 0)), 1 - negativeSlope, negativeSlope));
    }

    /** {@code x}, below 0 {@code alpha (exp(x) - 1)}; the slope at 0 is alpha. */
    public static Value elu(Value x, double alpha) {
        return Ops.add(FusedActivation.RELU.of(x), Ops.affine(expm1(Ops.clip(x, -INFINITY, 0)), alpha, 0));
    }

    static Value selu(Value x) {
        // The slope at 0 is that of the positive side.
        Value positive = Ops.clip(x, 0, INFINITY);
        Value negative = Ops.minimum(fill(x, 0), x);
        return Ops.add(Ops.affine(positive, SELU_SCALE, 0), Ops.affine(expm1(negative), SELU_SCALE * SELU_ALPHA, 0));
    }

    /** {@code x}, below 0 {@code alpha (exp(x / alpha) - 1)}; the slope at 0 is 1. */
    public static Value celu(Value x, double alpha) {
        Value negative = Ops.affine(Ops.clip(x, -INFINITY, 0), 1 / alpha, 0);
        return Ops.add(FusedActivation.RELU.of(x), Ops.affine(expm1(negative), alpha, 0));
    }

    /**
     * {@code x} times the normal distribution function. Source: Hendrycks and Gimpel (2016).
     *
     * @param approximate by {@code tanh} instead of the error function
     */
    public static Value gelu(Value x, boolean approximate) {
        if (!approximate) {
            Value erf = Ops.unary(UnaryFunction.ERF, Ops.affine(x, Math.sqrt(0.5), 0));
            return Ops.multiply(x, Ops.affine(erf, 0.5, 0.5));
        }
        Value square = Ops.unary(UnaryFunction.SQUARE, x);
        Value inner = Ops.multiply(x, Ops.affine(square, 0.044715 * ROOT_TWO_BY_PI, ROOT_TWO_BY_PI));
        return Ops.multiply(x, Ops.affine(FusedActivation.TANH.of(inner), 0.5, 0.5));
    }

    static Value hardSigmoid(Value x) {
        return Ops.affine(openClip(Ops.affine(x, 1, 3), 0, 6), 1 / 6.0, 0);
    }

    /** {@code x} brought nearer to 0 by the threshold, and 0 within. */
    public static Value softShrink(Value x, double threshold) {
        return Ops.subtract(x, Ops.clip(x, -threshold, threshold));
    }

    /** {@code x}, but 0 within [-threshold, threshold]. */
    public static Value hardShrink(Value x, double threshold) {
        return Ops.multiply(x, Ops.greater(Ops.unary(UnaryFunction.ABS, x), fill(x, threshold)));
    }

    /** {@code x} above the threshold, else another value. */
    public static Value threshold(Value x, double threshold, double otherwise) {
        Value isAbove = Ops.greater(x, fill(x, threshold));
        return Ops.add(Ops.multiply(x, isAbove), Ops.affine(isAbove, -otherwise, otherwise));
    }

    /**
     * {@code (x + sqrt(x² + b)) / 2}, in a form that loses no digits below 0: {@code (x + |x|) / 2 + b / (2 (|x| +
     * sqrt(x² + b)))}.
     */
    public static Value squareplus(Value x, double b) {
        Value size = Ops.unary(UnaryFunction.ABS, x);
        Value root = Ops.unary(UnaryFunction.SQRT, Ops.affine(Ops.unary(UnaryFunction.SQUARE, x), 1, b));
        Value rest = Ops.affine(Ops.unary(UnaryFunction.RECIPROCAL, Ops.add(size, root)), b / 2, 0);
        return Ops.add(Ops.affine(Ops.add(x, size), 0.5, 0), rest);
    }

    static Value sparsePlus(Value x) {
        Value parabola = Ops.affine(Ops.unary(UnaryFunction.SQUARE, Ops.affine(Ops.clip(x, -1, 1), 1, 1)), 0.25, 0);
        return Ops.add(parabola, FusedActivation.RELU.of(Ops.affine(x, 1, -1)));
    }

    static Value sparseSigmoid(Value x) {
        return Ops.affine(openClip(x, -1, 1), 0.5, 0.5);
    }

    /**
     * {@code exp(x) / sum(exp(x))} over some axes; over the last alone it is one op.
     *
     * @param axes from 0, the batch axis
     */
    public static Value softmax(Value x, int... axes) {
        int rank = x.shape().rank();
        int[] order = IntStream.concat(
                        IntStream.range(0, rank).filter(axis -> !contains(axes, axis)), IntStream.of(axes))
                .toArray();
        if (axes.length == 1 && axes[0] == rank - 1) {
            return FusedActivation.SOFTMAX.of(x);
        }
        Value turned = Ops.transpose(x, order);
        int together = IntStream.of(axes).map(x.shape()::size).reduce(1, Math::multiplyExact);
        Value rows = Ops.reshape(turned, Shape.of(x.shape().elements() / together, together));
        Value back = Ops.reshape(FusedActivation.SOFTMAX.of(rows), turned.shape());
        int[] inverse = new int[rank];
        IntStream.range(0, rank).forEach(axis -> inverse[order[axis]] = axis);
        return Ops.transpose(back, inverse);
    }

    /**
     * {@code log(softmax(x))} over some axes.
     *
     * @param axes from 0, the batch axis
     */
    public static Value logSoftmax(Value x, int... axes) {
        Value shifted = Ops.subtract(x, Ops.broadcast(Ops.max(x, axes), x.shape()));
        Value logSum = Ops.unary(UnaryFunction.LOG, Ops.sum(Ops.unary(UnaryFunction.EXP, shifted), axes));
        return Ops.subtract(shifted, Ops.broadcast(logSum, x.shape()));
    }

    /**
     * The first half of an axis times the sigmoid of the second. Source: Dauphin et al. (2017).
     *
     * @param axis from 0, the batch axis
     * @throws IllegalArgumentException if the axis has no even length
     */
    public static Value glu(Value x, int axis) {
        int length = x.shape().size(axis);
        if (length % 2 != 0) {
            throw new IllegalArgumentException("glu: axis %d of %s has length %d; it must be even, to be halved"
                    .formatted(axis, x.shape(), length));
        }
        Integer[] none = IntStream.range(0, x.shape().rank()).mapToObj(any -> 0).toArray(Integer[]::new);
        Integer[] half = none.clone();
        half[axis] = -length / 2;
        Value first = x.graph().apply(new Pad(Arrays.asList(none), Arrays.asList(half)), x);
        Value second = x.graph().apply(new Pad(Arrays.asList(half), Arrays.asList(none)), x);
        return Ops.multiply(first, FusedActivation.SIGMOID.of(second));
    }

    private static boolean contains(int[] axes, int axis) {
        return IntStream.of(axes).anyMatch(one -> one == axis);
    }

    /** Cut to [low, high], with slope 0 at both bounds. */
    private static Value openClip(Value x, double low, double high) {
        return Ops.maximum(fill(x, low), Ops.minimum(fill(x, high), x));
    }

    private static Value expm1(Value x) {
        return Ops.unary(UnaryFunction.EXPM1, x);
    }

    private static Value fill(Value x, double value) {
        return Ops.fill(x.graph(), x.shape(), value);
    }
}
