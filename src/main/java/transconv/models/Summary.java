package transconv.models;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import transconv.layers.Input;
import transconv.layers.Layer;
import transconv.layers.Node;

/**
 * A model's table: Keras' columns, one row a layer, and the totals below. {@link #toString} is Keras' text, wrapped and
 * cut at the same places. Where layers branch, join or are shared, a fourth column says what they are connected to.
 * Source: Keras 3, {@code Model.summary}.
 *
 * <pre>{@code
 * Summary summary = new Sequential(Layers.input(4, 4, 1), Layers.conv2DTranspose(2, 3)).summary();
 * System.out.println(summary.trainable()); // 20
 * }</pre>
 *
 * @param model        the model's name; without one, {@code functional} or {@code sequential}, or {@code functional_1}
 *     where a {@code functional} is in it
 * @param rows         one row a layer, input layers left out as Keras does for {@code Sequential}
 * @param trainable    number of trainable parameters
 * @param nonTrainable number of parameters that training leaves alone
 * @param optimizer    number of values that the optimizer keeps; 0 before the first step
 * @param source       the model itself, for those who show more of it than Keras does; null if there is none. Summaries
 *     of two models are equal if all else is.
 */
public record Summary(String model, List<Row> rows, long trainable, long nonTrainable, long optimizer, Model source) {

    /**
     * One layer.
     *
     * @param name        the layer's name, {@code conv2d_transpose_1}
     * @param type        the layer's class as Keras names it, {@code Conv2DTranspose}
     * @param outputShape as Keras prints it, {@code (None, 24, 24, 8)}: of its last application, if there are several,
     *     and in brackets if there are several outputs
     * @param parameters  number of parameters
     * @param connectedTo where its inputs come from: layer, which of that layer's applications and which output,
     *     {@code conv2d[0][0]}; empty for an input, and for all in a model whose layers come one after another
     */
    public record Row(String name, String type, String outputShape, long parameters, List<String> connectedTo) {

        public Row {
            connectedTo = List.copyOf(connectedTo);
        }

        /** A layer whose connections are not shown. */
        public Row(String name, String type, String outputShape, long parameters) {
            this(name, type, outputShape, parameters, List.of());
        }

        /** The first column: {@code conv2d (Conv2D)}. */
        public String label() {
            return "%s (%s)".formatted(name, type);
        }

        /** The last column: {@code conv2d[0][0], input_layer[0][0]}, or {@code -} for none. */
        public String connections() {
            return connectedTo.isEmpty() ? "-" : String.join(", ", connectedTo);
        }
    }

    public Summary {
        rows = List.copyOf(rows);
    }

    /** A summary of what is no model of this library. */
    public Summary(String model, List<Row> rows, long trainable, long nonTrainable, long optimizer) {
        this(model, rows, trainable, nonTrainable, optimizer, null);
    }

    static Summary of(Model model, long optimizer) {
        Network network = model.network();
        List<Row> rows = model.shownLayers().stream()
                .map(layer -> new Row(
                        layer.label(),
                        layer.type(),
                        outputShape(layer),
                        layer.parameterCount(),
                        network.isChain() ? List.of() : network.connections(layer)))
                .toList();
        long trainable = model.trainableWeights().stream()
                .mapToLong(weight -> weight.parameter().shape().elements())
                .sum();
        return new Summary(LayerNames.of(model), rows, trainable, model.parameterCount() - trainable, optimizer, model);
    }

    private static String outputShape(Layer layer) {
        if (layer instanceof Input input) {
            return input.shape().toBatchString();
        }
        List<Node> applications = layer.applications();
        List<String> shapes = applications.get(applications.size() - 1).outputs().stream()
                .map(output -> output.shape().toBatchString())
                .toList();
        return shapes.size() == 1 ? shapes.get(0) : shapes.stream().collect(Collectors.joining(", ", "[", "]"));
    }

    /** All values of the model: its parameters and, as Keras counts, what the optimizer keeps. */
    public long total() {
        return trainable + nonTrainable + optimizer;
    }

    /** Whether the table says what layers are connected to. */
    public boolean isConnected() {
        return rows.stream().anyMatch(row -> !row.connectedTo().isEmpty());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Summary summary
                && model.equals(summary.model)
                && rows.equals(summary.rows)
                && trainable == summary.trainable
                && nonTrainable == summary.nonTrainable
                && optimizer == summary.optimizer;
    }

    @Override
    public int hashCode() {
        return Objects.hash(model, rows, trainable, nonTrainable, optimizer);
    }

    /** Keras' text in a terminal of 80 columns: lines of 76. */
    @Override
    public String toString() {
        return toString(SummaryText.LINE_LENGTH);
    }

    /**
     * Keras' text of a given width.
     *
     * @param lineLength columns of the table; Keras takes 4 less than its terminal has
     * @throws IllegalArgumentException if it is below 40
     */
    public String toString(int lineLength) {
        return new SummaryText(this, lineLength).toString();
    }
}
