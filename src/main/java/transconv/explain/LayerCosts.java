package transconv.explain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import transconv.config.Config;
import transconv.explain.Table.Kind;
import transconv.layers.Layer;
import transconv.models.Model;
import transconv.ops.Convolution;
import transconv.ops.MaxPool;
import transconv.ops.Op;
import transconv.ops.TransposedConvolution;
import transconv.ops.Value;
import transconv.shape.Axis;
import transconv.shape.Geometry;
import transconv.shape.Shape;

/**
 * A model's summary with what each layer costs: kernel, strides, output formula filled in, multiply-adds, memory of its
 * outputs, receptive field. All numbers are for one sample.
 *
 * <p>Nominal multiply-adds count every tap at every output, as a convolution over the padded input would compute them,
 * or a transposed one over the input stretched by zeros. Executed ones leave out those with a zero that was only put
 * there, and outputs that are cropped.
 *
 * <pre>{@code
 * Sequential net = new Sequential(Layers.input(7, 7, 1), Layers.conv2DTranspose(2, 3).strides(2).padding(Padding.SAME));
 * System.out.println(LayerCosts.of(net).table().column("output size")); // [2·(7 - 1) + 3 - 1 = 14]
 * }</pre>
 */
public final class LayerCosts {

    private static final int BYTES = Float.BYTES;

    private final String model;
    private final long parameters;
    private final List<LayerTrace> traces;

    private LayerCosts(String model, long parameters, List<LayerTrace> traces) {
        this.model = model;
        this.parameters = parameters;
        this.traces = traces;
    }

    /**
     * @param model built
     * @throws IllegalArgumentException if a tensor is too large to follow each of its elements
     */
    public static LayerCosts of(Model model) {
        return new LayerCosts(model.label(), model.parameterCount(), LayerTrace.of(model));
    }

    /** Multiply-adds of all layers for one sample, as if no zero were left out. */
    public long nominal() {
        return traces.stream().mapToLong(trace -> sum(trace, false)).sum();
    }

    /** Multiply-adds of all layers for one sample that have two factors from the data. */
    public long executed() {
        return traces.stream().mapToLong(trace -> sum(trace, true)).sum();
    }

    private static long sum(LayerTrace trace, boolean executed) {
        return trace.graph().values().stream()
                .mapToLong(value -> multiplyAdds(value, executed))
                .sum();
    }

    private static long multiplyAdds(Value value, boolean executed) {
        boolean isTransposed = value.op() instanceof TransposedConvolution;
        Geometry geometry = geometry(value.op());
        if (geometry == null) {
            return 0;
        }
        int batch = value.shape().size(0);
        if (executed) {
            return geometry.multiplyAdds(batch);
        }
        long products = batch * ((long) geometry.largeChannels() / geometry.groups()) * geometry.smallChannels();
        for (Axis axis : geometry.axes()) {
            products *= (long) axis.kernel() * (isTransposed ? axis.large() : axis.small());
        }
        return products;
    }

    private static Geometry geometry(Op op) {
        return op instanceof Convolution convolution
                ? convolution.geometry()
                : op instanceof TransposedConvolution transposed ? transposed.geometry() : null;
    }

    /** A row a layer, never cut; the totals below. The column multiply-adds has the nominal ones. */
    public Table table() {
        Table table = new Table("Model: " + model)
                .with("layer (type)", Kind.NAME)
                .with("output shape", Kind.WORDS)
                .with("params", Kind.NUMBER)
                .with("kernel / strides", Kind.NUMBER)
                .with("output size", Kind.FORMULA)
                .with("multiply-adds", Kind.NUMBER)
                .with("executed", Kind.NUMBER)
                .with("output bytes", Kind.NUMBER)
                .with("receptive field", Kind.NUMBER);
        long bytes = 0;
        for (LayerTrace trace : traces) {
            Layer layer = trace.layer();
            long own = layer.outputShapes().stream().mapToLong(Shape::elements).sum() * BYTES;
            bytes += own;
            Config config = layer instanceof Model ? Config.of("") : layer.config();
            table.row(
                    "%s\n(%s)".formatted(layer.label(), layer.type()),
                    layer.outputShape().toBatchString(),
                    count(layer.parameterCount()),
                    setting(config, "kernel_size", "pool_size", "size") + strides(config),
                    formula(trace),
                    count(sum(trace, false)),
                    count(sum(trace, true)),
                    count(own),
                    trace.reach() == null
                            ? "none"
                            : ReceptiveFields.words(ReceptiveFields.receptiveField(trace.reach())));
        }
        return table.note(
                "Total for one sample: %s parameters, %s multiply-adds nominal, %s executed, %s bytes of outputs."
                        .formatted(count(parameters), count(nominal()), count(executed()), count(bytes)));
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** {@code / 2}; one number where all axes have the same. */
    private static String strides(Config config) {
        if (!config.has("strides")) {
            return "";
        }
        int[] strides = config.integers("strides");
        return " / " + (Arrays.stream(strides).distinct().count() == 1 ? strides[0] : ReceptiveFields.words(strides));
    }

    private static String setting(Config config, String... names) {
        for (String name : names) {
            if (config.has(name)) {
                return ReceptiveFields.words(config.integers(name));
            }
        }
        return "";
    }

    /** Of the first operation over windows; once, where the axes are alike. */
    private static String formula(LayerTrace trace) {
        for (Value value : trace.graph().values()) {
            Geometry geometry = geometry(value.op());
            List<Axis> axes =
                    geometry != null ? geometry.axes() : value.op() instanceof MaxPool pool ? pool.axes() : List.of();
            if (!axes.isEmpty()) {
                boolean isTransposed = value.op() instanceof TransposedConvolution;
                List<String> formulas = new ArrayList<>();
                axes.forEach(axis -> formulas.add(isTransposed ? transposed(axis) : windows(axis)));
                return formulas.stream().distinct().collect(Collectors.joining("\n"));
            }
        }
        return "";
    }

    private static String extent(Axis axis) {
        return axis.dilation() == 1
                ? Integer.toString(axis.kernel())
                : "(%d·(%d - 1) + 1)".formatted(axis.dilation(), axis.kernel());
    }

    private static String transposed(Axis axis) {
        return "%d·(%d - 1) + %s%s%s = %d"
                .formatted(
                        axis.stride(),
                        axis.small(),
                        extent(axis),
                        unlessZero(-axis.crop()),
                        unlessZero(-axis.cropEnd()),
                        axis.large());
    }

    /** What the last window does not reach counts as no padding. */
    private static String windows(Axis axis) {
        String room = "%d%s%s - %s"
                .formatted(
                        axis.large(), unlessZero(axis.crop()), unlessZero(Math.max(0, axis.cropEnd())), extent(axis));
        return axis.stride() == 1
                ? "%s + 1 = %d".formatted(room, axis.small())
                : "⌊(%s) / %d⌋ + 1 = %d".formatted(room, axis.stride(), axis.small());
    }

    private static String unlessZero(int term) {
        return term == 0 ? "" : term < 0 ? " - " + -term : " + " + term;
    }

    @Override
    public String toString() {
        return table().toString();
    }
}
