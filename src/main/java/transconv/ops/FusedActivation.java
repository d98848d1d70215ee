package transconv.ops;

/** The activations that engines compute as one op; each slope follows from the output. */
public enum FusedActivation {
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

    /** The function's values, in x's graph. */
    public Value of(Value x) {
        return x.graph().apply(new Activate(this), x);
    }
}
