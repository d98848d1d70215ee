package transconv.shape;

/**
 * The transposed convolution that restores a convolution's input size (its values it does not restore), and why it
 * needs the output padding that it has: a stride above 1 gives several input sizes the same output size, and one of
 * them must be named.
 *
 * <pre>{@code
 * Mirror mirror = SizeSolver.mirrorOf(PyTorchRule.kernelSize(3).stride(2).padding(1).convolution(6));
 * System.out.println(mirror.message());   // outputPadding=1 resolves the two input sizes 5 and 6 that both give 3: ...
 * }</pre>
 *
 * @param axis          the axis of both: the convolution reads it from large to small, its mirror from small to large
 * @param outputPadding positions at the input's end that no kernel reached, 0 to stride - 1: the guide's a
 */
public record Mirror(Axis axis, int outputPadding) {

    /**
     * The mirror of a convolution. Its zero padding is taken to be the same at both ends where that explains the sizes
     * (as for the guide, PyTorch and no padding), else just what its last position needs (as for Keras' SAME).
     */
    static Mirror of(Axis convolution) {
        int unreached = convolution.crop() - convolution.cropEnd();
        boolean isSymmetric = unreached >= 0 && unreached < convolution.stride();
        return new Mirror(convolution, isSymmetric ? unreached : Math.max(0, -convolution.cropEnd()));
    }

    /** The smallest input size that, with the same padding, gives the same output size; at least 1. */
    public int smallestInput() {
        return Math.max(1, axis.large() - outputPadding);
    }

    /** The largest input size that, with the same padding, gives the same output size. */
    public int largestInput() {
        return axis.large() - outputPadding + axis.stride() - 1;
    }

    /** The mirror as PyTorch writes it, if it can. */
    public Translation<PyTorchRule> pyTorch() {
        return PyTorchRule.of(axis);
    }

    /** The mirror as ONNX writes it, if it can. */
    public Translation<OnnxRule> onnx() {
        return OnnxRule.of(axis);
    }

    /** The mirror as Keras writes it, if it can. */
    public Translation<KerasArguments> keras() {
        return KerasArguments.of(axis);
    }

    /** What the output padding is for, in one sentence with this axis' numbers. */
    public String message() {
        int least = smallestInput();
        int most = largestInput();
        if (least == most) {
            return "no outputPadding is needed: %d is the only input size that gives %d"
                    .formatted(axis.large(), axis.small());
        }
        String sizes = most == least + 1
                ? "the two input sizes %d and %d that both give %d".formatted(least, most, axis.small())
                : "the %d input sizes %d to %d that all give %d".formatted(most - least + 1, least, most, axis.small());
        return "outputPadding=%d resolves %s: the transposed convolution gives %d"
                .formatted(outputPadding, sizes, axis.large());
    }
}
