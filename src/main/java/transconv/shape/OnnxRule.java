package transconv.shape;

/**
 * ONNX' attributes of a Conv or ConvTranspose on one axis, and the sizes that follow. Source: ONNX operators Conv-22
 * and ConvTranspose-22, whose equations are used as written. Where those would need a negative padding, it counts as 0
 * for SAME, so that a kernel below the stride gives less than {@code size * strides}; an output_shape beyond the
 * unpadded size gets the output_padding that it needs, and is refused where that would be a whole stride: as ONNX
 * Runtime does.
 *
 * <pre>{@code
 * Axis axis = OnnxRule.kernelShape(3).strides(2).autoPad(AutoPad.SAME_UPPER).transposedConvolution(4);
 * System.out.println(axis.large());   // 8
 * }</pre>
 *
 * @param kernelShape   taps, at least 1
 * @param strides       at least 1
 * @param dilations     distance of the taps, at least 1
 * @param autoPad       {@code auto_pad}; pads must be 0 unless it is NOTSET
 * @param padBegin      {@code pads} at the beginning, at least 0
 * @param padEnd        {@code pads} at the end, at least 0
 * @param outputPadding positions added at the end of a transposed convolution, 0 to max(strides, dilations) - 1
 * @param outputShape   the size that a transposed convolution shall have, or {@link #UNSET}; pads are then ignored
 */
public record OnnxRule(
        int kernelShape,
        int strides,
        int dilations,
        AutoPad autoPad,
        int padBegin,
        int padEnd,
        int outputPadding,
        int outputShape) {

    /** No {@code output_shape}. */
    public static final int UNSET = 0;

    /** @throws IllegalArgumentException if a value lies outside its range, or pads stand beside auto_pad */
    public OnnxRule {
        range("kernel_shape", kernelShape, 1);
        range("strides", strides, 1);
        range("dilations", dilations, 1);
        range("pads at the beginning", padBegin, 0);
        range("pads at the end", padEnd, 0);
        range("output_padding", outputPadding, 0);
        range("output_shape", outputShape, 0);
        if (autoPad != AutoPad.NOTSET && padBegin + padEnd > 0) {
            throw new IllegalArgumentException(
                    "ONNX: pads=[%d, %d] cannot be used with auto_pad=%s; leave one of them unset"
                            .formatted(padBegin, padEnd, autoPad));
        }
    }

    private static void range(String what, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException("ONNX: %s=%d must be at least %d".formatted(what, value, least));
        }
    }

    /** ONNX' defaults: strides 1, dilations 1, auto_pad NOTSET, pads 0, output_padding 0, no output_shape. */
    public static OnnxRule kernelShape(int kernelShape) {
        return new OnnxRule(kernelShape, 1, 1, AutoPad.NOTSET, 0, 0, 0, UNSET);
    }

    public OnnxRule strides(int value) {
        return new OnnxRule(kernelShape, value, dilations, autoPad, padBegin, padEnd, outputPadding, outputShape);
    }

    public OnnxRule dilations(int value) {
        return new OnnxRule(kernelShape, strides, value, autoPad, padBegin, padEnd, outputPadding, outputShape);
    }

    public OnnxRule autoPad(AutoPad value) {
        return new OnnxRule(kernelShape, strides, dilations, value, padBegin, padEnd, outputPadding, outputShape);
    }

    public OnnxRule pads(int begin, int end) {
        return new OnnxRule(kernelShape, strides, dilations, autoPad, begin, end, outputPadding, outputShape);
    }

    public OnnxRule outputPadding(int value) {
        return new OnnxRule(kernelShape, strides, dilations, autoPad, padBegin, padEnd, value, outputShape);
    }

    public OnnxRule outputShape(int value) {
        return new OnnxRule(kernelShape, strides, dilations, autoPad, padBegin, padEnd, outputPadding, value);
    }

    /**
     * The ConvTranspose of an input of {@code size} positions.
     *
     * @throws IllegalArgumentException if output_padding is not below strides or dilations (ONNX Runtime wants
     *                                  strides), if the output would be empty, or a whole stride shorter than
     *                                  output_shape
     */
    public Axis transposedConvolution(int size) {
        range("input size", size, 1);
        if (outputPadding >= Math.max(strides, dilations)) {
            throw new IllegalArgumentException(
                    "ONNX: output_padding=%d must be smaller than strides=%d or dilations=%d; lower it"
                            .formatted(outputPadding, strides, dilations));
        }
        long unpadded = (long) Axis.full(size, kernelShape, strides, dilations) + outputPadding;
        boolean same = autoPad == AutoPad.SAME_UPPER || autoPad == AutoPad.SAME_LOWER;
        if (outputShape == UNSET && !same) {
            long output = unpadded - padBegin - padEnd;
            if (output < 1 || output > Integer.MAX_VALUE) {
                throw new IllegalArgumentException(
                        "ONNX: input size %d with %s gives output size %d; it must be at least 1, at most %d"
                                .formatted(size, this, output, Integer.MAX_VALUE));
            }
            return new Axis((int) output, size, kernelShape, strides, dilations, padBegin);
        }
        long lacking = outputShape - (unpadded - outputPadding);
        if (lacking >= strides) {
            throw new IllegalArgumentException(
                    ("ONNX: output_shape=%d of input size %d needs output_padding=%d, which must be smaller than"
                                    + " strides=%d; lower output_shape to at most %d")
                            .formatted(outputShape, size, lacking, strides, outputShape - lacking + strides - 1));
        }
        int output = (int) (outputShape == UNSET ? Math.min((long) size * strides, unpadded) : outputShape);
        int total = Math.toIntExact(Math.max(0, unpadded - output));
        // Unlike a Conv's, the larger half goes to the beginning for all but SAME_UPPER.
        int begin = autoPad == AutoPad.SAME_UPPER ? total / 2 : total - total / 2;
        return new Axis(output, size, kernelShape, strides, dilations, begin);
    }

    /**
     * The Conv of an input of {@code size} positions; output_padding and output_shape must be unset.
     *
     * @throws IllegalArgumentException if the kernel is wider than the padded input, or an attribute of ConvTranspose
     *     is set
     */
    public Axis convolution(int size) {
        range("input size", size, 1);
        if (outputPadding != 0 || outputShape != UNSET) {
            throw new IllegalArgumentException(
                    "ONNX: a Conv has neither output_padding nor output_shape, but they are %d and %d; leave them unset"
                            .formatted(outputPadding, outputShape));
        }
        int extent = Axis.extent(kernelShape, dilations);
        if (autoPad == AutoPad.SAME_UPPER || autoPad == AutoPad.SAME_LOWER) {
            int output = (int) ((size - 1L + strides) / strides);
            int total = Math.max(0, Axis.full(output, kernelShape, strides, dilations) - size);
            return new Axis(
                    size,
                    output,
                    kernelShape,
                    strides,
                    dilations,
                    autoPad == AutoPad.SAME_UPPER ? total / 2 : total - total / 2);
        }
        long room = (long) size + padBegin + padEnd - extent;
        if (room < 0) {
            throw new IllegalArgumentException(
                    "ONNX: the kernel's extent %d (kernel_shape=%d, dilations=%d) is larger than the padded input size %d; raise pads or use a smaller kernel"
                            .formatted(extent, kernelShape, dilations, (long) size + padBegin + padEnd));
        }
        return new Axis(size, Axis.windows(room, strides), kernelShape, strides, dilations, padBegin);
    }

    /**
     * The attributes of the ConvTranspose that is this axis, by pads and output_padding. None exist where positions
     * must be added at the beginning, or a whole stride of them at the end.
     */
    public static Translation<OnnxRule> of(Axis axis) {
        int added = Math.max(0, -axis.cropEnd());
        if (axis.crop() < 0) {
            return Translation.none(
                    "ONNX adds positions at the end only, but %d must be added at the beginning", -axis.crop());
        }
        if (added >= Math.max(axis.stride(), axis.dilation())) {
            return Translation.none(
                    "ONNX: output_padding would be %d, but must be smaller than strides=%d or dilations=%d; append"
                            + " zeros",
                    added, axis.stride(), axis.dilation());
        }
        return Translation.to(new OnnxRule(
                axis.kernel(),
                axis.stride(),
                axis.dilation(),
                AutoPad.NOTSET,
                axis.crop(),
                Math.max(0, axis.cropEnd()),
                added,
                UNSET));
    }

    /** As the attributes are named: {@code kernel_shape=3, strides=2, dilations=1, pads=[0, 1], output_padding=0}. */
    @Override
    public String toString() {
        return "kernel_shape=%d, strides=%d, dilations=%d, %s, output_padding=%d%s"
                .formatted(
                        kernelShape,
                        strides,
                        dilations,
                        autoPad == AutoPad.NOTSET ? "pads=[%d, %d]".formatted(padBegin, padEnd) : "auto_pad=" + autoPad,
                        outputPadding,
                        outputShape == UNSET ? "" : ", output_shape=" + outputShape);
    }
}
