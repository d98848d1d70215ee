package transconv.shape;

/** ONNX' ways to pad, the attribute {@code auto_pad}. */
public enum AutoPad {
    /** The attribute {@code pads} holds, or {@code output_shape} where that is given. */
    NOTSET,
    /** Sizes as Keras' SAME; where the padding is odd, the end gets the larger half. */
    SAME_UPPER,
    /** Sizes as Keras' SAME; where the padding is odd, the beginning gets the larger half. */
    SAME_LOWER,
    /** No padding. */
    VALID
}
