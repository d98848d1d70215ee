package transconv.layers;

import transconv.shape.AutoPad;
import transconv.shape.Axis;
import transconv.shape.KerasRule;
import transconv.shape.OnnxRule;
import transconv.shape.Padding;

/**
 * The arguments of one axis, and the geometry they stand for.
 *
 * @param size    input length
 * @param padding null where the numbers {@code begin} and {@code end} hold
 * @param begin   positions padded before the larger side's first, at least 0
 * @param end     positions padded after the larger side's last, at least 0
 */
record AxisArguments(int size, int kernelSize, int strides, int dilationRate, Padding padding, int begin, int end) {

    /** The same with numbers in place of a padding mode. */
    AxisArguments padded(int begin, int end) {
        return new AxisArguments(size, kernelSize, strides, dilationRate, null, begin, end);
    }

    private int extent() {
        return Axis.extent(kernelSize, dilationRate);
    }

    /** Dumoulin & Visin (2016), relationship 15, with the two ends told apart. */
    Axis convolution() {
        if (padding != null) {
            return KerasRule.convolution(size, kernelSize, strides, dilationRate, padding);
        }
        long padded = (long) size + begin + end;
        if (extent() > padded) {
            throw new IllegalArgumentException(
                    ("input size %d with padding(%d, %d) is smaller than the kernel's extent %d"
                                    + " (kernelSize=%d, dilationRate=%d); use a smaller kernel or more padding")
                            .formatted(size, begin, end, extent(), kernelSize, dilationRate));
        }
        return new Axis(size, Axis.windows(padded - extent(), strides), kernelSize, strides, dilationRate, begin);
    }

    /** @param outputPadding {@link KerasRule#AUTOMATIC} where unset */
    Axis transposed(Rule rule, int outputPadding) {
        if (padding != null && rule == Rule.KERAS) {
            return KerasRule.transposedConvolution(size, kernelSize, strides, dilationRate, padding, outputPadding);
        }
        int added = Math.max(0, outputPadding);
        if (rule == Rule.ONNX) {
            return onnx(OnnxRule.UNSET, added);
        }
        long output = shortest() + added;
        if (output < 1 || output > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    ("input size %d with kernelSize=%d, strides=%d, dilationRate=%d, padding(%d, %d), outputPadding=%d"
                                    + " gives output size %d; it must be at least 1, use less padding")
                            .formatted(size, kernelSize, strides, dilationRate, begin, end, added, output));
        }
        return axis((int) output, begin);
    }

    /**
     * The transposed convolution that gives a chosen size: of those that a convolution with these arguments maps to the
     * input's size.
     *
     * @param outputPadding {@link KerasRule#AUTOMATIC} where unset
     */
    Axis transposedTo(int outputSize, Rule rule, int outputPadding) {
        if (rule == Rule.ONNX) {
            return onnx(outputSize, Math.max(0, outputPadding));
        }
        boolean same = padding == Padding.SAME;
        long least = Math.max(1, same ? (size - 1L) * strides + 1 : shortest());
        long most = same ? (long) size * strides : shortest() + strides - 1;
        if (outputSize < least || outputSize > most) {
            throw new IllegalArgumentException(
                    ("outputSize=%d: a convolution with kernelSize=%d, strides=%d, dilationRate=%d and this padding"
                                    + " gives %d from %s; %s")
                            .formatted(
                                    outputSize,
                                    kernelSize,
                                    strides,
                                    dilationRate,
                                    size,
                                    most < least
                                            ? "no size"
                                            : least == most
                                                    ? "size " + least + " alone"
                                                    : "sizes " + least + " to " + most,
                                    most < least
                                            ? "use less padding"
                                            : "choose one of these, or change strides or padding"));
        }
        return axis(outputSize, same ? Math.max(0, full() - outputSize) / 2 : begin);
    }

    private Axis onnx(int outputShape, int outputPadding) {
        OnnxRule arguments = OnnxRule.kernelShape(kernelSize)
                .strides(strides)
                .dilations(dilationRate)
                .outputPadding(outputPadding)
                .outputShape(outputShape);
        return (padding == Padding.SAME ? arguments.autoPad(AutoPad.SAME_UPPER) : arguments.pads(begin, end))
                .transposedConvolution(size);
    }

    private Axis axis(int output, int crop) {
        return new Axis(output, size, kernelSize, strides, dilationRate, crop);
    }

    private int full() {
        return (size - 1) * strides + extent();
    }

    /** Dumoulin & Visin (2016), relationship 14, with the two ends told apart and no output padding. */
    private long shortest() {
        return full() - (long) begin - end;
    }
}
