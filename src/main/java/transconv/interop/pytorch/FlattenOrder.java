package transconv.interop.pytorch;

/**
 * In which order the PyTorch model has the values of a flattened picture.
 *
 * <pre>{@code
 * System.out.println(FlattenOrder.valueOf("CHANNELS_FIRST")); // CHANNELS_FIRST
 * }</pre>
 */
public enum FlattenOrder {
    /** As {@code nn.Flatten} leaves pictures (channels, height, width): feature (c H + h) W + w. */
    CHANNELS_FIRST,
    /** As Keras does, and the programs of {@code Model.toPyTorchCode}: feature (h W + w) C + c. */
    CHANNELS_LAST
}
