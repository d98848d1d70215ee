package transconv.ops;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Keras' activation functions, with its default parameters; {@link Activations} has the parameters. A few are one op,
 * all others are composed of ops, so that no engine needs to know them. Source: Keras 3, {@code keras.activations}.
 */
public enum Activation {
    /** {@code x}. */
    LINEAR(x -> x),
    /** {@code max(x, 0)}. */
    RELU(FusedActivation.RELU::of),
    /** {@code min(max(x, 0), 6)}. */
    RELU6(x -> Activations.relu(x, 0, 6, 0)),
    /** {@code x}, below 0 {@code 0.2 x}. */
    LEAKY_RELU(x -> Activations.leakyRelu(x, 0.2)),
    /** {@code x}, below 0 {@code exp(x) - 1}. */
    ELU(x -> Activations.elu(x, 1)),
    /** {@code 1.0507 x}, below 0 {@code 1.7581 (exp(x) - 1)}. Source: Klambauer et al. (2017). */
    SELU(Activations::selu),
    /** As ELU, whose parameter it takes another way. */
    CELU(x -> Activations.celu(x, 1)),
    /** {@code x} times the normal distribution function, by the error function. */
    GELU(x -> Activations.gelu(x, false)),
    /** {@code x sigmoid(x)}; also swish. */
    SILU(x -> Ops.multiply(x, FusedActivation.SIGMOID.of(x))),
    /** {@code x hard_sigmoid(x)}; also hard_swish. */
    HARD_SILU(x -> Ops.multiply(x, Activations.hardSigmoid(x))),
    /** {@code 1 / (1 + exp(-x))}. */
    SIGMOID(FusedActivation.SIGMOID::of),
    /** {@code relu6(x + 3) / 6}. */
    HARD_SIGMOID(Activations::hardSigmoid),
    /** {@code log(sigmoid(x))}. */
    LOG_SIGMOID(x -> Ops.affine(Ops.unary(UnaryFunction.SOFTPLUS, Ops.affine(x, -1, 0)), -1, 0)),
    /** {@code tanh(x)}. */
    TANH(FusedActivation.TANH::of),
    /** {@code x} cut to [-1, 1]. */
    HARD_TANH(x -> Ops.clip(x, -1, 1)),
    /** {@code x - tanh(x)}. */
    TANH_SHRINK(x -> Ops.subtract(x, FusedActivation.TANH.of(x))),
    /** {@code log(1 + exp(x))}. */
    SOFTPLUS(x -> Ops.unary(UnaryFunction.SOFTPLUS, x)),
    /** {@code x / (1 + |x|)}. */
    SOFTSIGN(x -> Ops.divide(x, Ops.affine(Ops.unary(UnaryFunction.ABS, x), 1, 1))),
    /** {@code x} brought nearer to 0 by 0.5, and 0 within. */
    SOFT_SHRINK(x -> Activations.softShrink(x, 0.5)),
    /** {@code x}, but 0 within [-0.5, 0.5]. */
    HARD_SHRINK(x -> Activations.hardShrink(x, 0.5)),
    /** {@code (x + sqrt(x² + 4)) / 2}. */
    SQUAREPLUS(x -> Activations.squareplus(x, 4)),
    /** 0 up to -1, {@code x} from 1 on, {@code (x + 1)² / 4} between. */
    SPARSE_PLUS(Activations::sparsePlus),
    /** {@code (x + 1) / 2} cut to [0, 1]. */
    SPARSE_SIGMOID(Activations::sparseSigmoid),
    /** {@code exp(x) / sum(exp(x))} over the last axis. */
    SOFTMAX(FusedActivation.SOFTMAX::of),
    /** {@code log(softmax(x))} over the last axis. */
    LOG_SOFTMAX(x -> Activations.logSoftmax(x, x.shape().rank() - 1)),
    /**
     * The nearest point of the probability simplex, over the last axis: a softmax with zeros. Source: Martins and
     * Astudillo (2016); that of Keras 3.15 gives rows that do not add up to 1.
     */
    SPARSEMAX(x -> x.graph().apply(new Sparsemax(), x)),
    /** {@code exp(x)}. */
    EXPONENTIAL(x -> Ops.unary(UnaryFunction.EXP, x)),
    /** {@code x tanh(softplus(x))}. */
    MISH(x -> Ops.multiply(x, FusedActivation.TANH.of(Ops.unary(UnaryFunction.SOFTPLUS, x))));

    private static final Map<String, Activation> ALIASES = Map.of("SWISH", SILU, "HARD_SWISH", HARD_SILU);

    private static final Map<String, String> NO_ACTIVATION_OF_A_LAYER = Map.of(
            "GLU", "it halves an axis, which no layer with an activation can",
            "THRESHOLD", "it needs two numbers, which a name cannot give");

    private final UnaryOperator<Value> formula;

    Activation(UnaryOperator<Value> formula) {
        this.formula = formula;
    }

    /** The function's values, in x's graph; x itself for LINEAR. */
    public Value of(Value x) {
        return formula.apply(x);
    }

    /** Whether a value depends on the others along the last axis, and not on its own place alone. */
    public boolean isOverLastAxis() {
        return this == SOFTMAX || this == LOG_SOFTMAX || this == SPARSEMAX;
    }

    /**
     * A function by Keras' name, in any case: {@code "relu"}; {@code "swish"} and {@code "hard_swish"} are SILU and
     * HARD_SILU.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    public static Activation named(String name) {
        String upper = String.valueOf(name).toUpperCase(Locale.ROOT);
        if (NO_ACTIVATION_OF_A_LAYER.containsKey(upper)) {
            throw new IllegalArgumentException("activation '%s': %s; use Activations.%s in a layer of your own"
                    .formatted(name, NO_ACTIVATION_OF_A_LAYER.get(upper), upper.toLowerCase(Locale.ROOT)));
        }
        if (ALIASES.containsKey(upper)) {
            return ALIASES.get(upper);
        }
        return Arrays.stream(values())
                .filter(function -> function.name().equals(upper))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("activation '%s' is not known; choose one of %s"
                        .formatted(name, Arrays.toString(values()).toLowerCase(Locale.ROOT))));
    }
}
