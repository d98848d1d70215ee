package transconv.explain;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import transconv.explain.Table.Kind;
import transconv.shape.AutoPad;
import transconv.shape.Axis;
import transconv.shape.Convention;
import transconv.shape.KerasArguments;
import transconv.shape.KerasRule;
import transconv.shape.OnnxRule;
import transconv.shape.Padding;
import transconv.shape.PyTorchRule;
import transconv.shape.SizeSolver;
import transconv.shape.SizeTable;
import transconv.shape.Translation;

/**
 * The output size of one transposed convolution in four conventions, with each formula filled in; the same layer
 * written in Keras, PyTorch and ONNX, or the reason why one of them cannot express it; and the settings that turn one
 * size into another. Both axes of a picture are alike.
 *
 * <pre>{@code
 * OutputSizes sizes = OutputSizes.of(4, SizeTable.kernel(3).stride(2).padding(Padding.SAME));
 * System.out.println(sizes.code(Convention.KERAS).column("code").get(0)); // Conv2DTranspose(filters, 3, strides=2, padding='same')
 * }</pre>
 */
public final class OutputSizes {

    private final int input;
    private final SizeTable layer;

    private OutputSizes(int input, SizeTable layer) {
        this.input = input;
        this.layer = layer;
    }

    /**
     * @param input positions of each axis, at least 1
     * @throws IllegalArgumentException if it is below 1
     */
    public static OutputSizes of(int input, SizeTable layer) {
        if (input < 1) {
            throw new IllegalArgumentException("OutputSizes: input=%d must be at least 1".formatted(input));
        }
        return new OutputSizes(input, layer);
    }

    /** What each convention makes of the same arguments: a row each, with its formula, or why it gives no size. */
    public Table conventions() {
        Table table = new Table("Output size of %d positions, %s".formatted(input, arguments()))
                .with("convention", Kind.WORDS)
                .with("formula", Kind.FORMULA)
                .with("output", Kind.NUMBER)
                .with("why not", Kind.WORDS);
        for (SizeTable.Row row : layer.rows(input)) {
            OptionalInt size = row.size();
            table.row(
                    name(row.convention()),
                    size.isPresent()
                            ? new SizeFormula(input, layer).of(row.convention()) + " = " + size.getAsInt()
                            : "",
                    size.isPresent() ? size.getAsInt() : "none",
                    row.reason());
        }
        return table;
    }

    private String arguments() {
        String padding = layer.mode() == null
                ? Integer.toString(layer.padding())
                : layer.mode().name().toLowerCase(Locale.ROOT);
        String added = layer.outputPadding() == KerasRule.AUTOMATIC ? "unset" : "" + layer.outputPadding();
        return "kernel %d, stride %d, dilation %d, padding %s, output padding %s"
                .formatted(layer.kernel(), layer.stride(), layer.dilation(), padding, added);
    }

    static String name(Convention convention) {
        return switch (convention) {
            case GUIDE -> "the guide";
            case KERAS -> "Keras";
            case PYTORCH -> "PyTorch";
            case ONNX -> "ONNX";
        };
    }

    /**
     * The layer as one convention reads it, written in all three.
     *
     * @param as whose reading it is
     * @throws IllegalArgumentException if that convention has no such layer
     */
    public Table code(Convention as) {
        Axis axis = axis(as);
        Table table = new Table("%d to %d positions, as %s reads it".formatted(axis.small(), axis.large(), name(as)))
                .with("framework", Kind.WORDS)
                .with("code", Kind.CODE)
                .with("why not", Kind.WORDS);
        row(table, "Keras", KerasArguments.of(axis).rule().map(LayerCode::keras), KerasArguments.of(axis));
        row(table, "PyTorch", PyTorchRule.of(axis).rule().map(LayerCode::pyTorch), PyTorchRule.of(axis));
        row(table, "ONNX", OnnxRule.of(axis).rule().map(LayerCode::onnx), OnnxRule.of(axis));
        return table;
    }

    private static void row(Table table, String framework, Optional<String> code, Translation<?> translation) {
        table.row(framework, code.orElse("none"), translation.reason());
    }

    private Axis axis(Convention as) {
        boolean isNumber = layer.mode() == null;
        int added = Math.max(0, layer.outputPadding());
        for (SizeTable.Row row : layer.rows(input)) {
            if (row.convention() == as && row.size().isEmpty()) {
                throw new IllegalArgumentException("OutputSizes: " + row.reason());
            }
        }
        if (as == Convention.KERAS) {
            return KerasRule.transposedConvolution(
                    input, layer.kernel(), layer.stride(), layer.dilation(), layer.mode(), layer.outputPadding());
        }
        if (as == Convention.ONNX) {
            OnnxRule rule = OnnxRule.kernelShape(layer.kernel())
                    .strides(layer.stride())
                    .dilations(layer.dilation())
                    .outputPadding(added);
            boolean same = !isNumber && layer.mode() == Padding.SAME;
            return (same ? rule.autoPad(AutoPad.SAME_UPPER) : rule.pads(layer.padding(), layer.padding()))
                    .transposedConvolution(input);
        }
        int extent = Axis.extent(layer.kernel(), layer.dilation());
        // The guide's half padding is the one mode that reaches it.
        int padding = !isNumber && layer.mode() == Padding.SAME ? extent / 2 : layer.padding();
        return new PyTorchRule(layer.kernel(), layer.stride(), padding, added, layer.dilation())
                .transposedConvolution(input);
    }

    /**
     * The settings that turn {@code input} positions into {@code output}, kernels up to 5, strides up to 4 and padding
     * up to 3, each with Keras' way to write it and whether its stamps overlap evenly.
     *
     * @throws IllegalArgumentException if a size is below 1
     */
    public static Table solutions(int input, int output) {
        return solutions(SizeSolver.upToKernel(5), input, output);
    }

    /** The same within other bounds. */
    public static Table solutions(SizeSolver bounds, int input, int output) {
        List<PyTorchRule> found = bounds.toSize(input, output);
        Table table = new Table("%d settings turn %d positions into %d".formatted(found.size(), input, output))
                .with("kernel", Kind.NUMBER)
                .with("stride", Kind.NUMBER)
                .with("padding", Kind.NUMBER)
                .with("output padding", Kind.NUMBER)
                .with("dilation", Kind.NUMBER)
                .with("overlap", Kind.NAME)
                .with("Keras", Kind.CODE);
        for (PyTorchRule rule : found) {
            Translation<KerasArguments> keras = KerasArguments.of(rule.transposedConvolution(input));
            table.row(
                    rule.kernelSize(),
                    rule.stride(),
                    rule.padding(),
                    rule.outputPadding(),
                    rule.dilation(),
                    OverlapWords.of(rule),
                    keras.rule().map(LayerCode::keras).orElse("none"));
        }
        return found.isEmpty()
                ? table.note("None within kernel up to %d, stride up to %d, padding up to %d; raise the bounds."
                        .formatted(bounds.kernel(), bounds.stride(), bounds.padding()))
                : table;
    }

    @Override
    public String toString() {
        return conventions().toString();
    }
}
