package transconv.shape;

/**
 * PyTorch's arguments of a convolution or transposed convolution on one axis, and the sizes that follow. Source:
 * PyTorch's documentation of {@code ConvTranspose1d} and {@code Conv1d}, with what the library refuses.
 *
 * <pre>{@code
 * Axis axis = PyTorchRule.kernelSize(3).stride(2).padding(1).outputPadding(1).transposedConvolution(4);
 * System.out.println(axis.large());   // 8
 * }</pre>
 *
 * @param kernelSize    taps, at least 1
 * @param stride        at least 1
 * @param padding       zeros at both ends of a convolution's input; a transposed one cuts as many from its full result;
 *     at least 0
 * @param outputPadding positions added at the end of a transposed convolution's output; 0 to max(stride, dilation) - 1
 * @param dilation      distance of the taps, at least 1
 */
public record PyTorchRule(int kernelSize, int stride, int padding, int outputPadding, int dilation) {

    /** @throws IllegalArgumentException if a value lies outside its range */
    public PyTorchRule {
        range("kernel_size", kernelSize, 1);
        range("stride", stride, 1);
        range("padding", padding, 0);
        range("output_padding", outputPadding, 0);
        range("dilation", dilation, 1);
    }

    private static void range(String what, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException("PyTorch: %s=%d must be at least %d".formatted(what, value, least));
        }
    }

    /** PyTorch's defaults: stride 1, padding 0, output_padding 0, dilation 1. */
    public static PyTorchRule kernelSize(int kernelSize) {
        return new PyTorchRule(kernelSize, 1, 0, 0, 1);
    }

    public PyTorchRule stride(int value) {
        return new PyTorchRule(kernelSize, value, padding, outputPadding, dilation);
    }

    public PyTorchRule padding(int value) {
        return new PyTorchRule(kernelSize, stride, value, outputPadding, dilation);
    }

    public PyTorchRule outputPadding(int value) {
        return new PyTorchRule(kernelSize, stride, padding, value, dilation);
    }

    public PyTorchRule dilation(int value) {
        return new PyTorchRule(kernelSize, stride, padding, outputPadding, value);
    }

    /**
     * The transposed convolution of an input of {@code size} positions: output
     * {@code (size - 1) * stride - 2 * padding + dilation * (kernel_size - 1) + output_padding + 1}.
     *
     * @throws IllegalArgumentException if output_padding is not below stride or dilation, or if the output would be
     *     empty
     */
    public Axis transposedConvolution(int size) {
        if (outputPadding >= Math.max(stride, dilation)) {
            throw new IllegalArgumentException(
                    "PyTorch: output_padding=%d must be smaller than stride=%d or dilation=%d; lower it"
                            .formatted(outputPadding, stride, dilation));
        }
        long output = unpadded(size) + outputPadding;
        if (output < 1 || output > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "PyTorch: input size %d with %s gives output size %d; it must be at least 1, at most %d"
                            .formatted(size, this, output, Integer.MAX_VALUE));
        }
        return new Axis((int) output, size, kernelSize, stride, dilation, padding);
    }

    /**
     * The transposed convolution whose call is given {@code output_size}, which chooses output_padding (the own one is
     * not looked at).
     *
     * @throws IllegalArgumentException if output_size is not one of the {@code stride} sizes from that without output
     *     padding on
     */
    public Axis transposedConvolution(int size, int outputSize) {
        long least = unpadded(size);
        if (outputSize < least || outputSize > least + stride - 1) {
            throw new IllegalArgumentException(("PyTorch: output_size=%d of input size %d must lie between %d and %d; "
                            + "change kernel_size, stride or padding to reach others")
                    .formatted(outputSize, size, least, least + stride - 1));
        }
        return outputPadding((int) (outputSize - least)).transposedConvolution(size);
    }

    private long unpadded(int size) {
        range("input size", size, 1);
        return Axis.full(size, kernelSize, stride, dilation) - 2L * padding;
    }

    /**
     * The convolution of an input of {@code size} positions: output
     * {@code floor((size + 2 * padding - dilation * (kernel_size - 1) - 1) / stride) + 1}. Its output_padding must be
     * 0.
     *
     * @throws IllegalArgumentException if the kernel is wider than the padded input, or output_padding is set
     */
    public Axis convolution(int size) {
        range("input size", size, 1);
        if (outputPadding != 0) {
            throw new IllegalArgumentException(
                    "PyTorch: a convolution has no output_padding, but it is %d; leave it unset"
                            .formatted(outputPadding));
        }
        long room = size + 2L * padding - Axis.extent(kernelSize, dilation);
        if (room < 0) {
            throw new IllegalArgumentException(
                    "PyTorch: the kernel's extent %d (kernel_size=%d, dilation=%d) is larger than the padded input size %d; raise padding or use a smaller kernel"
                            .formatted(Axis.extent(kernelSize, dilation), kernelSize, dilation, size + 2L * padding));
        }
        return new Axis(size, Axis.windows(room, stride), kernelSize, stride, dilation, padding);
    }

    /**
     * The arguments of the transposed convolution that is this axis: padding is the crop at the beginning,
     * output_padding what the end is cropped less. None exist where the end is cropped more than the beginning, or less
     * by a whole stride.
     */
    public static Translation<PyTorchRule> of(Axis axis) {
        int added = axis.crop() - axis.cropEnd();
        int limit = Math.max(axis.stride(), axis.dilation());
        if (axis.crop() < 0) {
            return Translation.none(
                    "PyTorch adds positions at the end only, but %d must be added at the beginning", -axis.crop());
        }
        if (added < 0) {
            return Translation.none(
                    "PyTorch crops both ends by the same padding, but here it is %d at the beginning and %d at the"
                            + " end; use padding=%d and cut %d off the end",
                    axis.crop(), axis.cropEnd(), axis.crop(), -added);
        }
        if (added >= limit) {
            return Translation.none(
                    "PyTorch: output_padding would be %d, but must be smaller than stride=%d or dilation=%d; "
                            + "use padding=%d and append zeros",
                    added, axis.stride(), axis.dilation(), axis.crop());
        }
        return Translation.to(new PyTorchRule(axis.kernel(), axis.stride(), axis.crop(), added, axis.dilation()));
    }

    /** As Python writes the arguments: {@code kernel_size=3, stride=2, padding=1, output_padding=1, dilation=1}. */
    @Override
    public String toString() {
        return "kernel_size=%d, stride=%d, padding=%d, output_padding=%d, dilation=%d"
                .formatted(kernelSize, stride, padding, outputPadding, dilation);
    }
}
