package transconv.ops;

import java.util.Arrays;
import java.util.Locale;

/** Keras' activation functions. */
public enum Activation {
    /** {@code x}. */
    LINEAR,
    /** {@code max(x, 0)}. */
    RELU,
    /** {@code 1 / (1 + exp(-x))}. */
    SIGMOID,
    /** {@code tanh(x)}. */
    TANH,
    /** {@code exp(x) / sum(exp(x))} over the last axis. */
    SOFTMAX;

    /** The function's values, in x's graph; x itself for LINEAR. */
    public Value of(Value x) {
        return this == LINEAR ? x : x.graph().apply(new Activate(this), x);
    }

    /**
     * A function by Keras' name, {@code "relu"}.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    public static Activation named(String name) {
        return Arrays.stream(values())
                .filter(function -> function.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("activation '%s' is not known; choose one of %s"
                        .formatted(name, Arrays.toString(values()).toLowerCase(Locale.ROOT))));
    }
}
