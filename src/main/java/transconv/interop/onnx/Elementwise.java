package transconv.interop.onnx;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.List;
import transconv.ops.Affine;
import transconv.ops.BinaryFunction;
import transconv.ops.FusedActivation;
import transconv.ops.UnaryFunction;

/** Writes functions of single elements. */
record Elementwise(GraphWriter writer) {

    private String node(String operator, String... inputs) {
        return writer.node(operator, List.of(inputs));
    }

    String affine(String x, Affine affine) {
        String scaled = x;
        if (affine.factor() == -1) {
            scaled = node("Neg", x);
        } else if (affine.factor() != 1) {
            scaled = node("Mul", x, writer.scalar(affine.factor()));
        }
        return affine.offset() == 0 ? scaled : node("Add", scaled, writer.scalar(affine.offset()));
    }

    String unary(UnaryFunction function, String x) {
        return switch (function) {
            case ABS -> node("Abs", x);
            case SIGN -> node("Sign", x);
            case EXP -> node("Exp", x);
            case EXPM1 -> node("Sub", node("Exp", x), writer.scalar(1));
            case LOG -> node("Log", x);
            case LOG1P -> node("Log", node("Add", x, writer.scalar(1)));
            case SQRT -> node("Sqrt", x);
            case SQUARE -> node("Mul", x, x);
            case RECIPROCAL -> node("Reciprocal", x);
            case SOFTPLUS -> node("Softplus", x);
            case ERF -> node("Erf", x);
        };
    }

    String binary(BinaryFunction function, String a, String b) {
        return switch (function) {
            case ADD -> node("Add", a, b);
            case SUBTRACT -> node("Sub", a, b);
            case MULTIPLY -> node("Mul", a, b);
            case DIVIDE -> node("Div", a, b);
            case MAXIMUM -> node("Max", a, b);
            case MINIMUM -> node("Min", a, b);
            case POWER -> node("Pow", a, b);
            case GREATER -> number(node("Greater", a, b));
            case GREATER_EQUAL -> number(node("GreaterOrEqual", a, b));
            case EQUAL -> number(node("Equal", a, b));
        };
    }

    private String number(String truth) {
        return writer.node("Cast", List.of(truth), Attributes.integer("to", DataType.FLOAT_VALUE));
    }

    String clip(String x, double low, double high) {
        String least = low == Double.NEGATIVE_INFINITY ? "" : writer.scalar(low);
        return high == Double.POSITIVE_INFINITY ? node("Clip", x, least) : node("Clip", x, least, writer.scalar(high));
    }

    /** @param axis of softmax */
    String activate(FusedActivation function, String x, int axis) {
        return switch (function) {
            case LINEAR -> x;
            case RELU -> node("Relu", x);
            case SIGMOID -> node("Sigmoid", x);
            case TANH -> node("Tanh", x);
            case SOFTMAX -> writer.node("Softmax", List.of(x), Attributes.integer("axis", axis));
        };
    }
}
