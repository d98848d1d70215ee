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
    private final List<Row> rows;

    private LayerCosts(String model, long parameters, List<Row> rows) {
        this.model = model;
        this.parameters = parameters;
        this.rows = rows;
    }

    /**
     * What one layer costs, in all places of the model where it is applied.
     *
     * @param layer          its name
     * @param type           its class as Keras names it
     * @param outputShape    of one application, {@code (None, 24, 24, 8)}
     * @param parameters     number of parameters
     * @param kernel         {@code 3 × 3}; of a pooling or enlarging layer its window; empty for others
     * @param strides        {@code 2}, or {@code 2 × 3} where axes differ; empty for layers without
     * @param outputSize     its formula filled in, a line each where axes differ; empty for layers without windows
     * @param nominal        multiply-adds as if no zero were left out
     * @param executed       multiply-adds that have two factors from the data
     * @param bytes          memory of its outputs
     * @param receptiveField {@code 5 × 5}; {@code none} where outputs depend on no input, {@code -} where the model is
     *     too large to follow each element
     */
    public record Row(
            String layer,
            String type,
            String outputShape,
            long parameters,
            String kernel,
            String strides,
            String outputSize,
            long nominal,
            long executed,
            long bytes,
            String receptiveField) {}

    /** @param model built */
    public static LayerCosts of(Model model) {
        boolean isFollowed = true;
        List<LayerTrace> traces;
        try {
            traces = LayerTrace.of(model);
        } catch (IllegalArgumentException tooLarge) {
            isFollowed = false;
            traces = LayerTrace.of(model, false);
        }
        List<Row> rows = new ArrayList<>();
        for (LayerTrace trace : traces) {
            rows.add(row(trace, isFollowed));
        }
        return new LayerCosts(model.label(), model.parameterCount(), List.copyOf(rows));
    }

    private static Row row(LayerTrace trace, boolean isFollowed) {
        Layer layer = trace.layer();
        Config config = layer instanceof Model ? Config.of("") : layer.config();
        String field =
                trace.reach() == null ? "none" : ReceptiveFields.words(ReceptiveFields.receptiveField(trace.reach()));
        return new Row(
                layer.label(),
                layer.type(),
                layer.outputShape().toBatchString(),
                layer.parameterCount(),
                setting(config, "kernel_size", "pool_size", "size"),
                strides(config),
                formula(trace),
                sum(trace, false),
                sum(trace, true),
                trace.outputElements() * BYTES,
                isFollowed ? field : "-");
    }

    /** A row a layer, in the model's order, without the inputs. */
    public List<Row> rows() {
        return rows;
    }

    /** Multiply-adds of all layers for one sample, as if no zero were left out. */
    public long nominal() {
        return rows.stream().mapToLong(Row::nominal).sum();
    }

    /** Multiply-adds of all layers for one sample that have two factors from the data. */
    public long executed() {
        return rows.stream().mapToLong(Row::executed).sum();
    }

    /** Memory of all outputs for one sample. */
    public long bytes() {
        return rows.stream().mapToLong(Row::bytes).sum();
    }

    private static long sum(LayerTrace trace, boolean executed) {
        return trace.graphs().stream()
                .flatMap(graph -> graph.values().stream())
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
        for (Row row : rows) {
            table.row(
                    "%s\n(%s)".formatted(row.layer, row.type),
                    row.outputShape,
                    count(row.parameters),
                    row.strides.isEmpty() ? row.kernel : row.kernel + " / " + row.strides,
                    row.outputSize,
                    count(row.nominal),
                    count(row.executed),
                    count(row.bytes),
                    row.receptiveField);
        }
        return table.note(
                "Total for one sample: %s parameters, %s multiply-adds nominal, %s executed, %s bytes of outputs."
                        .formatted(count(parameters), count(nominal()), count(executed()), count(bytes())));
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** One number where all axes have the same. */
    private static String strides(Config config) {
        if (!config.has("strides")) {
            return "";
        }
        int[] strides = config.integers("strides");
        return Arrays.stream(strides).distinct().count() == 1
                ? Integer.toString(strides[0])
                : ReceptiveFields.words(strides);
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
        for (Value value : trace.graphs().get(0).values()) {
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
