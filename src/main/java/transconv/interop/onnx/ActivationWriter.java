package transconv.interop.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import transconv.ops.Activation;
import transconv.ops.Graph;
import transconv.ops.Value;

/** Writes activation functions: by the operator of that name where ONNX has it, else composed. */
record ActivationWriter(GraphWriter writer) {

    private static final double SELU_ALPHA = 1.6732632423543772;
    private static final double SELU_SCALE = 1.0507009873554805;

    Form write(Activation activation, Form in) {
        boolean isFirst = in.isFirst();
        String x = in.name(isFirst);
        int rank = in.shape().rank();
        AttributeProto axis = Attributes.integer("axis", Form.axis(isFirst, rank, rank - 1));
        String name =
                switch (activation) {
                    case LINEAR -> x;
                    case RELU -> node("Relu", x);
                    case RELU6 -> new Elementwise(writer).clip(x, 0, 6);
                    case LEAKY_RELU -> node("LeakyRelu", x, Attributes.number("alpha", 0.2));
                    case ELU -> node("Elu", x, Attributes.number("alpha", 1));
                    case CELU -> node("Celu", x, Attributes.number("alpha", 1));
                    case SELU -> node(
                            "Selu", x, Attributes.number("alpha", SELU_ALPHA), Attributes.number("gamma", SELU_SCALE));
                    case GELU -> node("Gelu", x, Attributes.text("approximate", "none"));
                    case HARD_SILU -> node("HardSwish", x);
                    case SIGMOID -> node("Sigmoid", x);
                    case HARD_SIGMOID -> hardSigmoid(x, 1 / 6.0);
                    case SPARSE_SIGMOID -> hardSigmoid(x, 0.5);
                    case TANH -> node("Tanh", x);
                    case HARD_TANH -> new Elementwise(writer).clip(x, -1, 1);
                    case SOFTPLUS -> node("Softplus", x);
                    case SOFTSIGN -> node("Softsign", x);
                    case SOFT_SHRINK -> shrink(x, 0.5);
                    case HARD_SHRINK -> shrink(x, 0);
                    case MISH -> node("Mish", x);
                    case EXPONENTIAL -> node("Exp", x);
                    case SOFTMAX -> node("Softmax", x, axis);
                    case LOG_SOFTMAX -> node("LogSoftmax", x, axis);
                    default -> null;
                };
        return name != null ? Form.like(in, isFirst, in.shape(), name) : composed(activation, in);
    }

    private String node(String operator, String x, AttributeProto... attributes) {
        return writer.node(operator, List.of(x), attributes);
    }

    private String hardSigmoid(String x, double alpha) {
        return node("HardSigmoid", x, Attributes.number("alpha", alpha), Attributes.number("beta", 0.5));
    }

    private String shrink(String x, double bias) {
        return node("Shrink", x, Attributes.number("lambd", 0.5), Attributes.number("bias", bias));
    }

    private Form composed(Activation activation, Form in) {
        Graph graph = new Graph();
        Value x = graph.input(in.shape());
        Value y = activation.of(x);
        graph.output(y);
        return new OpWriter(writer, graph, new HashMap<>(Map.of(x, in))).write(y);
    }
}
