package transconv.engines.reference;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import transconv.ops.Affine;
import transconv.ops.Binary;
import transconv.ops.BinaryFunction;
import transconv.ops.Clip;
import transconv.ops.Fill;
import transconv.ops.Unary;
import transconv.ops.UnaryFunction;
import transconv.shape.Shape;

/** Ops that compute each value from the values at the same position. */
final class ElementwiseKernels {

    private ElementwiseKernels() {}

    static double[] unary(Unary op, Shape output, List<Tensor> in) {
        return map(in.get(0), x -> apply(op.function(), x));
    }

    static double[] affine(Affine op, Shape output, List<Tensor> in) {
        return map(in.get(0), x -> op.factor() * x + op.offset());
    }

    /** {@link Math#max} and {@link Math#min} keep NaN. */
    static double[] clip(Clip op, Shape output, List<Tensor> in) {
        return map(in.get(0), x -> Math.min(Math.max(x, op.low()), op.high()));
    }

    static double[] fill(Fill op, Shape output, List<Tensor> in) {
        double[] out = new double[output.elements()];
        Arrays.fill(out, op.value());
        return out;
    }

    static double[] binary(Binary op, Shape output, List<Tensor> in) {
        double[] a = in.get(0).values();
        double[] b = in.get(1).values();
        double[] out = new double[a.length];
        for (int i = 0; i < a.length; i++) {
            out[i] = apply(op.function(), a[i], b[i]);
        }
        return out;
    }

    private static double[] map(Tensor x, DoubleUnaryOperator function) {
        return Arrays.stream(x.values()).map(function).toArray();
    }

    private static double apply(UnaryFunction function, double x) {
        return switch (function) {
            case ABS -> Math.abs(x);
            case SIGN -> Math.signum(x);
            case EXP -> Math.exp(x);
            case EXPM1 -> Math.expm1(x);
            case LOG -> Math.log(x);
            case LOG1P -> Math.log1p(x);
            case SQRT -> Math.sqrt(x);
            case SQUARE -> x * x;
            case RECIPROCAL -> 1 / x;
            case SOFTPLUS -> Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
            case ERF -> ErrorFunction.erf(x);
        };
    }

    private static double apply(BinaryFunction function, double a, double b) {
        return switch (function) {
            case ADD -> a + b;
            case SUBTRACT -> a - b;
            case MULTIPLY -> a * b;
            case DIVIDE -> a / b;
            case MAXIMUM -> Math.max(a, b);
            case MINIMUM -> Math.min(a, b);
            case POWER -> Math.pow(a, b);
            case GREATER -> a > b ? 1 : 0;
            case GREATER_EQUAL -> a >= b ? 1 : 0;
            case EQUAL -> a == b ? 1 : 0;
        };
    }
}
