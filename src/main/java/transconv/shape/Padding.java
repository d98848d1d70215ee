package transconv.shape;

/** Keras' padding modes. */
public enum Padding {
    /** No zero padding: the kernel stays within the input. */
    VALID,
    /**
     * Zero padding so that the output has {@code ceil(size / strides)} positions, a transposed one {@code size *
     * strides}.
     */
    SAME
}
