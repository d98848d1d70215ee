package transconv.explain;

import transconv.shape.Padding;

/**
 * The arguments that all pictures of one convolution or transposed convolution share. Each setter gives a changed copy.
 *
 * @param <T> the picture's own class, so that its setters chain
 */
abstract class ConvolutionExplanation<T extends ConvolutionExplanation<T>> {

    private final Arguments arguments;
    private Operation operation;

    ConvolutionExplanation(Arguments arguments) {
        this.arguments = arguments;
    }

    abstract T with(Arguments changed);

    final Arguments arguments() {
        return arguments;
    }

    final Operation operation() {
        if (operation == null) {
            operation = arguments.operation();
        }
        return operation;
    }

    /** Positions from a window or stamp to the next; one number for all axes, or one an axis; at least 1, default 1. */
    public final T stride(int... stride) {
        return with(arguments.withStride(stride));
    }

    /** Distance of the kernel's taps; one number for all axes, or one an axis; at least 1, default 1. */
    public final T dilation(int... dilation) {
        return with(arguments.withDilation(dilation));
    }

    /**
     * By PyTorch's and the guide's rule: zeros around a convolution's input; a transposed one crops as many from each
     * end of its output. One number for all axes, or one an axis; at least 0, default 0.
     */
    public final T padding(int... padding) {
        return with(arguments.withPadding(padding));
    }

    /** By Keras' rule: {@code SAME} or {@code VALID}, with the output size that Keras gives. */
    public final T padding(Padding padding) {
        return with(arguments.withPadding(padding));
    }

    /** Positions added at the end of a transposed convolution's output; one number for all axes, or one an axis. */
    public final T outputPadding(int... outputPadding) {
        return with(arguments.withOutputPadding(outputPadding));
    }

    /**
     * The output, by the reference loops: (height, width); of a line one row, of a volume its slices one under another.
     *
     * @throws IllegalArgumentException if the sizes do not fit
     */
    public final double[][] output() {
        return Values.of(
                        operation().rank(),
                        operation().outputSizes(),
                        operation().output())
                .rows();
    }

    @Override
    public String toString() {
        return operation().sentence();
    }
}
