package transconv.models;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import transconv.layers.Input;
import transconv.layers.Layer;
import transconv.shape.Shape;

/**
 * A model's table: Keras' columns, one row a layer, and the totals below. {@link #toString} is Keras' text, wrapped and
 * cut at the same places. Source: Keras 3, {@code Model.summary} at its default line length.
 *
 * <pre>{@code
 * Summary summary = new Sequential(Layers.input(4, 4, 1), Layers.conv2DTranspose(2, 3)).summary();
 * System.out.println(summary.trainable()); // 20
 * }</pre>
 *
 * @param model        the model's name
 * @param rows         one row a layer, input layers left out as Keras does for {@code Sequential}
 * @param trainable    number of trainable parameters
 * @param nonTrainable number of parameters that training leaves alone
 * @param optimizer    number of values that the optimizer keeps; 0 before the first step
 */
public record Summary(String model, List<Row> rows, long trainable, long nonTrainable, long optimizer) {

    private static final int[] WIDTHS = {31, 22, 13};

    /**
     * One layer.
     *
     * @param name        the layer's name, {@code conv2d_transpose_1}
     * @param type        the layer's class as Keras names it, {@code Conv2DTranspose}
     * @param outputShape as Keras prints it, {@code (None, 24, 24, 8)}
     * @param parameters  number of parameters
     */
    public record Row(String name, String type, String outputShape, long parameters) {}

    public Summary {
        rows = List.copyOf(rows);
    }

    static Summary of(Model model, long optimizer) {
        List<Row> rows = model.shownLayers().stream()
                .map(layer -> new Row(
                        layer.label(), layer.type(), outputShape(layer).toBatchString(), layer.parameterCount()))
                .toList();
        long trainable = model.trainableWeights().stream()
                .mapToLong(weight -> weight.parameter().shape().elements())
                .sum();
        return new Summary(model.label(), rows, trainable, model.parameterCount() - trainable, optimizer);
    }

    private static Shape outputShape(Layer layer) {
        return layer instanceof Input input ? input.shape() : layer.outputShape();
    }

    /** All values of the model: its parameters and, as Keras counts, what the optimizer keeps. */
    public long total() {
        return trainable + nonTrainable + optimizer;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("Model: \"" + model + "\"\n");
        text.append(rule("┏━┳━┓"))
                .append(line('┃', "Layer (type)", "Output Shape", "Param #"))
                .append(rule("┡━╇━┩"));
        for (int i = 0; i < rows.size(); i++) {
            Row row = rows.get(i);
            text.append(i == 0 ? "" : rule("├─┼─┤"));
            text.append(lines(row.name() + " (" + row.type() + ")", row.outputShape(), number(row.parameters())));
        }
        text.append(rule("└─┴─┘"));
        // The optimizer's count of steps is a 64-bit number, all other values have 32 bits.
        long optimizerBytes = optimizer == 0 ? 0 : 4 * optimizer + 4;
        text.append(total("Total", total(), 4 * (trainable + nonTrainable) + optimizerBytes));
        text.append(total("Trainable", trainable, 4 * trainable));
        text.append(total("Non-trainable", nonTrainable, 4 * nonTrainable));
        if (optimizer > 0) {
            text.append(total("Optimizer", optimizer, optimizerBytes));
        }
        return text.substring(0, text.length() - 1);
    }

    /** @param signs left end, filling, crossing, filling, right end */
    private static String rule(String signs) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < WIDTHS.length; column++) {
            line.append(column == 0 ? signs.charAt(0) : signs.charAt(2))
                    .append(signs.substring(1, 2).repeat(WIDTHS[column] + 2));
        }
        return line.append(signs.charAt(4)).append('\n').toString();
    }

    private static String lines(String layer, String shape, String parameters) {
        List<String> layerLines = wrap(layer, WIDTHS[0]);
        List<String> shapeLines = wrap(shape, WIDTHS[1]);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < Math.max(layerLines.size(), shapeLines.size()); i++) {
            text.append(line('│', at(layerLines, i), at(shapeLines, i), i == 0 ? parameters : ""));
        }
        return text.toString();
    }

    private static String at(List<String> lines, int index) {
        return index < lines.size() ? lines.get(index) : "";
    }

    private static String line(char border, String layer, String shape, String parameters) {
        return "%c %-31s %c %-22s %c %13s %c%n"
                .formatted(border, layer, border, shape, border, parameters, border)
                .replace("\r", "");
    }

    /** Breaks at blanks; a word that is longer than the line is cut. */
    private static List<String> wrap(String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ")) {
            String fitting = word.length() > width ? word.substring(0, width - 1) + "…" : word;
            if (line.length() > 0 && line.length() + 1 + fitting.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.length() == 0 ? "" : " ").append(fitting);
        }
        lines.add(line.toString());
        return lines;
    }

    private static String total(String what, long count, long bytes) {
        return " %s params: %s (%s)\n".formatted(what, number(count), size(bytes));
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    private static String size(double bytes) {
        String[] units = {"B", "KB", "MB", "GB", "TB"};
        int unit = 0;
        while (bytes >= 1024 && unit < units.length - 1) {
            bytes /= 1024;
            unit++;
        }
        return String.format(Locale.ROOT, "%.2f %s", bytes, units[unit]);
    }
}
