package transconv.shape;

/**
 * Keras' sizes of convolutions and transposed convolutions, one axis at a time, translated into an {@link Axis}.
 * Source: Keras 3, {@code compute_conv_output_shape} and {@code compute_conv_transpose_output_shape}, with the values
 * that its TensorFlow backend computes.
 */
public final class KerasRule {

    /** Keras' {@code output_padding=None}: the layer chooses. */
    public static final int AUTOMATIC = -1;

    private KerasRule() {}

    /**
     * @param size input length, at least 1
     * @throws IllegalArgumentException if the kernel does not fit into the input
     */
    public static Axis convolution(int size, int kernel, int strides, int dilationRate, Padding padding) {
        int extent = Axis.extent(kernel, dilationRate);
        if (padding == Padding.SAME) {
            int output = (int) ((size - 1L + strides) / strides);
            int zeros = Math.max(0, Axis.full(output, kernel, strides, dilationRate) - size);
            return new Axis(size, output, kernel, strides, dilationRate, zeros / 2);
        }
        if (extent > size) {
            throw new IllegalArgumentException(
                    "input size %d is smaller than the kernel's extent %d (kernelSize=%d, dilationRate=%d); use a smaller kernel or padding(SAME)"
                            .formatted(size, extent, kernel, dilationRate));
        }
        return new Axis(size, (size - extent) / strides + 1, kernel, strides, dilationRate, 0);
    }

    /**
     * @param size          input length, at least 1
     * @param outputPadding positions added at the end, 0 to strides - 1, or {@link #AUTOMATIC}
     * @throws IllegalArgumentException if the output would be empty, or more than an {@code int} counts
     */
    public static Axis transposedConvolution(
            int size, int kernel, int strides, int dilationRate, Padding padding, int outputPadding) {
        int extent = Axis.extent(kernel, dilationRate);
        int full = Axis.full(size, kernel, strides, dilationRate);
        if (padding == Padding.VALID) {
            int added = outputPadding == AUTOMATIC ? Math.max(0, strides - extent) : outputPadding;
            return new Axis(
                    output(size, kernel, strides, padding, outputPadding, (long) full + added),
                    size,
                    kernel,
                    strides,
                    dilationRate,
                    0);
        }
        long length =
                outputPadding == AUTOMATIC ? (long) size * strides : (size - 1L) * strides + extent % 2 + outputPadding;
        int output = output(size, kernel, strides, padding, outputPadding, length);
        return new Axis(output, size, kernel, strides, dilationRate, Math.max(0, full - output) / 2);
    }

    private static int output(int size, int kernel, int strides, Padding padding, int outputPadding, long length) {
        if (length < 1 || length > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "input size %d with kernelSize=%d, strides=%d, padding=%s, outputPadding=%d gives output size %d; it must be at least 1, at most %d"
                            .formatted(size, kernel, strides, padding, outputPadding, length, Integer.MAX_VALUE));
        }
        return (int) length;
    }

    /**
     * Why Keras on TensorFlow refuses these arguments of a transposed convolution; empty where it computes. {@link
     * #transposedConvolution} gives the sizes of some of these too, because Keras computes them on other backends.
     */
    public static String refusal(
            int size, int kernel, int strides, int dilationRate, Padding padding, int outputPadding) {
        if (strides > 1 && dilationRate > 1) {
            return "Keras: strides=%d with dilation_rate=%d; only one of them may exceed 1"
                    .formatted(strides, dilationRate);
        }
        if (outputPadding != AUTOMATIC && (outputPadding < 0 || outputPadding >= strides)) {
            return "Keras: output_padding=%d must lie between 0 and strides - 1 = %d; lower it or leave it unset"
                    .formatted(outputPadding, strides - 1);
        }
        int output;
        try {
            output = transposedConvolution(size, kernel, strides, dilationRate, padding, outputPadding)
                    .large();
        } catch (IllegalArgumentException e) {
            return "Keras: " + e.getMessage();
        }
        int restored = (output - 1) / strides + 1;
        if (padding == Padding.SAME && restored != size) {
            return ("Keras: output size %d, which padding='same' with output_padding=%d gives, would be convolved back"
                            + " to %d positions and not %d; TensorFlow refuses that: leave output_padding unset")
                    .formatted(output, outputPadding, restored, size);
        }
        return "";
    }
}
