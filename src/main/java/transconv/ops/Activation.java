package transconv.ops;

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
    SOFTMAX
}
