package transconv.ops;

/**
 * Losses of one prediction against one target value; a sample's loss is their mean. Source: Keras 3, {@code
 * keras.losses}.
 */
public enum LossFunction {
    /** {@code (p - t)²}. */
    MEAN_SQUARED_ERROR,
    /**
     * {@code -(t log p + (1 - t) log(1 - p))} with p a probability, clipped to [1e-7, 1 - 1e-7]; no slope where it is
     * clipped.
     */
    BINARY_CROSSENTROPY,
    /**
     * The same with p the sigmoid of the prediction: {@code max(z, 0) - z t + log(1 + exp(-|z|))}, exact for every z.
     */
    BINARY_CROSSENTROPY_FROM_LOGITS
}
