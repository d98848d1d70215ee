package transconv.shape;

/**
 * Keras' arguments of a transposed convolution on one axis.
 *
 * <pre>{@code
 * Axis axis = PyTorchRule.kernelSize(4).stride(2).padding(1).transposedConvolution(4);
 * System.out.println(KerasArguments.of(axis));   // kernel_size=4, strides=2, dilation_rate=1, padding='same', output_padding=None
 * }</pre>
 *
 * @param kernelSize    taps
 * @param strides       at least 1
 * @param dilationRate  distance of the taps
 * @param padding       Keras' mode
 * @param outputPadding 0 to strides - 1, or {@link KerasRule#AUTOMATIC}
 */
public record KerasArguments(int kernelSize, int strides, int dilationRate, Padding padding, int outputPadding) {

    /** The arguments of the transposed convolution that is this axis, without output padding where it works without. */
    public static Translation<KerasArguments> of(Axis axis) {
        String firstRefusal = "";
        for (Padding padding : Padding.values()) {
            for (int added = KerasRule.AUTOMATIC; added < axis.stride(); added++) {
                String refusal =
                        KerasRule.refusal(axis.small(), axis.kernel(), axis.stride(), axis.dilation(), padding, added);
                if (refusal.isEmpty()
                        && axis.equals(KerasRule.transposedConvolution(
                                axis.small(), axis.kernel(), axis.stride(), axis.dilation(), padding, added))) {
                    return Translation.to(
                            new KerasArguments(axis.kernel(), axis.stride(), axis.dilation(), padding, added));
                }
                firstRefusal = firstRefusal.isEmpty() ? refusal : firstRefusal;
            }
        }
        if (axis.stride() > 1 && axis.dilation() > 1) {
            return Translation.none("%s", firstRefusal);
        }
        return Translation.none(
                "Keras has padding 'valid', which crops nothing, and 'same', but here %d is cropped at the beginning"
                        + " and %d at the end; crop or pad the output by a layer of its own",
                axis.crop(), axis.cropEnd());
    }

    /** As Python writes the arguments. */
    @Override
    public String toString() {
        return "kernel_size=%d, strides=%d, dilation_rate=%d, padding='%s', output_padding=%s"
                .formatted(
                        kernelSize,
                        strides,
                        dilationRate,
                        padding == Padding.SAME ? "same" : "valid",
                        outputPadding == KerasRule.AUTOMATIC ? "None" : outputPadding);
    }
}
