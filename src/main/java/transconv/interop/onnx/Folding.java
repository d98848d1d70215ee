package transconv.interop.onnx;

import java.util.List;
import java.util.function.Function;
import transconv.ops.Affine;
import transconv.ops.Binary;
import transconv.ops.BinaryFunction;
import transconv.ops.Op;
import transconv.ops.Reshape;
import transconv.ops.Transpose;
import transconv.ops.Unary;
import transconv.ops.UnaryFunction;
import transconv.ops.Value;

/** Computes what depends on weights alone while a graph is written. */
final class Folding {

    private Folding() {}

    /** A value's numbers, or null where they depend on an input, or on an op that is not among the usual ones. */
    static Constant of(Value value, Function<Value, Form> forms) {
        Op op = value.op();
        boolean isUsual = op instanceof Reshape
                || op instanceof Transpose
                || op instanceof Affine
                || op instanceof Unary unary && known(unary.function())
                || op instanceof Binary binary && known(binary.function());
        if (!isUsual || value.inputs().isEmpty()) {
            return null;
        }
        List<Form> inputs = value.inputs().stream().map(forms).toList();
        return inputs.stream().allMatch(Form::isConstant)
                ? compute(value, inputs.stream().map(Form::constant).toList())
                : null;
    }

    private static boolean known(UnaryFunction function) {
        return function == UnaryFunction.SQRT
                || function == UnaryFunction.RECIPROCAL
                || function == UnaryFunction.SQUARE;
    }

    private static boolean known(BinaryFunction function) {
        return function == BinaryFunction.ADD
                || function == BinaryFunction.SUBTRACT
                || function == BinaryFunction.MULTIPLY;
    }

    private static Constant compute(Value value, List<Constant> inputs) {
        Constant x = inputs.get(0);
        if (value.op() instanceof Reshape reshape) {
            return x.reshaped(reshape.target());
        }
        if (value.op() instanceof Transpose transpose) {
            return x.transposed(
                    transpose.order().stream().mapToInt(Integer::intValue).toArray());
        }
        float[] computed = new float[x.values().length];
        for (int i = 0; i < computed.length; i++) {
            computed[i] = (float) number(
                    value.op(), x.values()[i], inputs.get(inputs.size() - 1).values()[i]);
        }
        return new Constant(computed, value.shape());
    }

    private static double number(Op op, double a, double b) {
        if (op instanceof Affine affine) {
            return affine.factor() * a + affine.offset();
        }
        if (op instanceof Unary unary) {
            return switch (unary.function()) {
                case SQRT -> Math.sqrt(a);
                case RECIPROCAL -> 1 / a;
                default -> a * a;
            };
        }
        return switch (((Binary) op).function()) {
            case ADD -> a + b;
            case SUBTRACT -> a - b;
            default -> a * b;
        };
    }
}
