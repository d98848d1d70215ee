package transconv.models.code;

import java.util.EnumMap;
import java.util.Map;
import transconv.ops.Activation;

/** Activation functions by PyTorch's names. */
final class PyTorchActivations {

    /** {@code x} is the value, {@code dim} the axis that Keras has last. */
    private static final Map<Activation, String> FORMULAS = new EnumMap<>(Map.ofEntries(
            Map.entry(Activation.RELU, "F.relu(x)"),
            Map.entry(Activation.RELU6, "F.relu6(x)"),
            Map.entry(Activation.LEAKY_RELU, "F.leaky_relu(x, 0.2)"),
            Map.entry(Activation.ELU, "F.elu(x)"),
            Map.entry(Activation.SELU, "F.selu(x)"),
            Map.entry(Activation.CELU, "F.celu(x)"),
            Map.entry(Activation.GELU, "F.gelu(x)"),
            Map.entry(Activation.SILU, "F.silu(x)"),
            Map.entry(Activation.HARD_SILU, "F.hardswish(x)"),
            Map.entry(Activation.SIGMOID, "torch.sigmoid(x)"),
            Map.entry(Activation.HARD_SIGMOID, "F.hardsigmoid(x)"),
            Map.entry(Activation.LOG_SIGMOID, "F.logsigmoid(x)"),
            Map.entry(Activation.TANH, "torch.tanh(x)"),
            Map.entry(Activation.HARD_TANH, "F.hardtanh(x)"),
            Map.entry(Activation.TANH_SHRINK, "F.tanhshrink(x)"),
            Map.entry(Activation.SOFTPLUS, "F.softplus(x)"),
            Map.entry(Activation.SOFTSIGN, "F.softsign(x)"),
            Map.entry(Activation.SOFT_SHRINK, "F.softshrink(x, 0.5)"),
            Map.entry(Activation.HARD_SHRINK, "F.hardshrink(x, 0.5)"),
            Map.entry(Activation.SQUAREPLUS, "(x + torch.sqrt(x ** 2 + 4)) / 2"),
            Map.entry(Activation.SPARSE_PLUS, "torch.where(x >= 1, x, (x.clamp(min=-1) + 1) ** 2 / 4)"),
            Map.entry(Activation.SPARSE_SIGMOID, "((x + 1) / 2).clamp(0, 1)"),
            Map.entry(Activation.SOFTMAX, "F.softmax(x, dim=dim)"),
            Map.entry(Activation.LOG_SOFTMAX, "F.log_softmax(x, dim=dim)"),
            Map.entry(Activation.EXPONENTIAL, "torch.exp(x)"),
            Map.entry(Activation.MISH, "F.mish(x)")));

    private PyTorchActivations() {}

    /** Applies the layer's activation to the output so far. */
    static void apply(PyTorchStep step) {
        Activation activation = step.config().text("activation", Activation::named);
        if (activation != Activation.LINEAR) {
            step.gives("%s", of(step, activation, step.result()));
        }
    }

    /** @param x a variable */
    static String of(PyTorchStep step, Activation activation, String x) {
        String formula = FORMULAS.get(activation);
        if (formula == null) {
            throw step.refusal(
                    "activation=%s: PyTorch has no such function; take another",
                    activation.name().toLowerCase(java.util.Locale.ROOT));
        }
        return formula.replaceAll("\\bx\\b", x).replace("dim=dim", "dim=" + step.lastDimension());
    }
}
