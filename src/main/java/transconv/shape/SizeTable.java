package transconv.shape;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * One transposed convolution, on one axis, read by the four conventions: the output size that each gives to the same
 * arguments, or the reason why it cannot express or refuses them, with the arguments that come closest.
 *
 * <pre>{@code
 * SizeTable table = SizeTable.kernel(1).stride(2);
 * System.out.println(table.text(2));   // the guide, PyTorch and ONNX say 3, Keras 4
 * }</pre>
 *
 * @param kernel        taps, at least 1
 * @param stride        at least 1
 * @param dilation      distance of the taps, at least 1
 * @param mode          the padding as Keras names it; null where {@code padding} gives a number
 * @param padding       crop at both ends, at least 0; looked at where {@code mode} is null
 * @param outputPadding positions added at the end, or {@link KerasRule#AUTOMATIC}: each convention's default
 */
public record SizeTable(int kernel, int stride, int dilation, Padding mode, int padding, int outputPadding) {

    /**
     * What one convention says.
     *
     * @param convention whose rule
     * @param size       the output size, if it gives one
     * @param reason     why it gives none; empty where it does
     */
    public record Row(Convention convention, OptionalInt size, String reason) {

        @Override
        public String toString() {
            return "%-8s %s"
                    .formatted(convention, size.isPresent() ? Integer.toString(size.getAsInt()) : "none: " + reason);
        }
    }

    /** A kernel with stride 1, dilation 1, no padding and each convention's own output padding. */
    public static SizeTable kernel(int kernel) {
        return new SizeTable(kernel, 1, 1, Padding.VALID, 0, KerasRule.AUTOMATIC);
    }

    public SizeTable stride(int value) {
        return new SizeTable(kernel, value, dilation, mode, padding, outputPadding);
    }

    public SizeTable dilation(int value) {
        return new SizeTable(kernel, stride, value, mode, padding, outputPadding);
    }

    /** Padding as Keras names it. */
    public SizeTable padding(Padding value) {
        return new SizeTable(kernel, stride, dilation, value, 0, outputPadding);
    }

    /** Padding as a number, the same at both ends. */
    public SizeTable padding(int value) {
        return new SizeTable(kernel, stride, dilation, value == 0 ? Padding.VALID : null, value, outputPadding);
    }

    public SizeTable outputPadding(int value) {
        return new SizeTable(kernel, stride, dilation, mode, padding, value);
    }

    /** The four rows, in the order of {@link Convention}, for an input of {@code size} positions. */
    public List<Row> rows(int size) {
        List<Row> rows = new ArrayList<>();
        rows.add(row(Convention.GUIDE, () -> guide(size)));
        rows.add(row(Convention.KERAS, () -> keras(size)));
        rows.add(row(Convention.PYTORCH, () -> pyTorch(size)));
        rows.add(row(Convention.ONNX, () -> onnx(size)));
        return List.copyOf(rows);
    }

    /** The rows as lines of text. */
    public String text(int size) {
        StringBuilder lines = new StringBuilder();
        rows(size).forEach(row -> lines.append(row).append('\n'));
        return lines.toString();
    }

    private static Row row(Convention convention, Supplier<Axis> rule) {
        try {
            return new Row(convention, OptionalInt.of(rule.get().large()), "");
        } catch (IllegalArgumentException e) {
            return new Row(convention, OptionalInt.empty(), e.getMessage());
        }
    }

    private int added() {
        return outputPadding == KerasRule.AUTOMATIC ? 0 : outputPadding;
    }

    private Axis guide(int size) {
        if (mode == Padding.SAME && (stride > 1 || GuideRule.dilated(kernel, dilation) % 2 == 0)) {
            throw new IllegalArgumentException(
                    ("Guide: half (same) padding, relationship 10, is for stride 1 and an odd kernel, "
                                    + "not for stride %d and extent %d; give padding as a number")
                            .formatted(stride, GuideRule.dilated(kernel, dilation)));
        }
        int extent = GuideRule.dilated(kernel, dilation);
        return GuideRule.transposedAxis(size, extent, stride, mode == Padding.SAME ? extent / 2 : padding, added());
    }

    private Axis keras(int size) {
        if (mode == null) {
            Translation<KerasArguments> written = KerasArguments.of(
                    new PyTorchRule(kernel, stride, padding, added(), dilation).transposedConvolution(size));
            throw new IllegalArgumentException("Keras takes padding='valid' or 'same', not the number %d; %s"
                    .formatted(padding, written.exists() ? "the same layer is " + written : written.reason()));
        }
        String refusal = KerasRule.refusal(size, kernel, stride, dilation, mode, outputPadding);
        if (!refusal.isEmpty()) {
            throw new IllegalArgumentException(refusal);
        }
        return KerasRule.transposedConvolution(size, kernel, stride, dilation, mode, outputPadding);
    }

    private Axis pyTorch(int size) {
        if (mode == Padding.SAME) {
            Translation<PyTorchRule> written = PyTorchRule.of(
                    KerasRule.transposedConvolution(size, kernel, stride, dilation, mode, outputPadding));
            throw new IllegalArgumentException("PyTorch's transposed convolution has no padding='same'; "
                    + (written.exists() ? "Keras' layer is " + written : written.reason()));
        }
        return new PyTorchRule(kernel, stride, padding, added(), dilation).transposedConvolution(size);
    }

    private Axis onnx(int size) {
        OnnxRule rule =
                OnnxRule.kernelShape(kernel).strides(stride).dilations(dilation).outputPadding(added());
        return (mode == Padding.SAME ? rule.autoPad(AutoPad.SAME_UPPER) : rule.pads(padding, padding))
                .transposedConvolution(size);
    }
}
