package transconv.models;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A summary as Keras prints it: a table of fixed width, its cells wrapped at blanks and words that do not fit cut.
 * Source: Keras 3, {@code keras.utils.summary_utils}, and the tables of its library Rich.
 */
final class SummaryText {

    /** Keras leaves this much of a terminal's 80 columns free. */
    private static final int MARGIN = 4;

    static final int LINE_LENGTH = 80 - MARGIN;
    private static final int LEAST_LINE_LENGTH = 40;
    private static final int PARAMETERS = 2;
    private static final char TITLES = '┃';

    private final Summary summary;
    private final int lineLength;
    private final int[] widths;
    private final StringBuilder text = new StringBuilder();

    /** @throws IllegalArgumentException if the line is shorter than 40 */
    SummaryText(Summary summary, int lineLength) {
        if (lineLength < LEAST_LINE_LENGTH) {
            throw new IllegalArgumentException("summary: lineLength=%d must be at least %d; leave it out for %d"
                    .formatted(lineLength, LEAST_LINE_LENGTH, LINE_LENGTH));
        }
        this.summary = summary;
        this.lineLength = lineLength;
        widths = summary.isConnected() ? widths(0.3, 0.56, 0.74, 1) : widths(0.45, 0.8, 1);
    }

    /**
     * Keras shares the line out and leaves no room for the borders; Rich takes that from all columns alike.
     *
     * @param ends of the columns, as shares of the line
     * @return room for text in each
     */
    private int[] widths(double... ends) {
        int[] found = new int[ends.length];
        int excess = 3 * ends.length + 1;
        int begin = 0;
        for (int i = 0; i < ends.length; i++) {
            int end = (int) (ends[i] * lineLength);
            int taken = (int) Math.rint(excess / (double) (ends.length - i));
            found[i] = end - begin - taken;
            excess -= taken;
            begin = end;
        }
        return found;
    }

    @Override
    public String toString() {
        line("Model: \"" + summary.model() + "\"");
        rule("┏━┳━┓");
        row(TITLES, List.of("Layer (type)", "Output Shape", "Param #", "Connected to"));
        rule("┡━╇━┩");
        for (int i = 0; i < summary.rows().size(); i++) {
            Summary.Row row = summary.rows().get(i);
            if (i > 0) {
                rule("├─┼─┤");
            }
            row('│', List.of(row.label(), row.outputShape(), number(row.parameters()), row.connections()));
        }
        rule("└─┴─┘");
        // The optimizer's count of steps is a 64-bit number, all other values have 32 bits.
        long optimizerBytes = summary.optimizer() == 0 ? 0 : 4 * summary.optimizer() + 4;
        total("Total", summary.total(), 4 * (summary.trainable() + summary.nonTrainable()) + optimizerBytes);
        total("Trainable", summary.trainable(), 4 * summary.trainable());
        total("Non-trainable", summary.nonTrainable(), 4 * summary.nonTrainable());
        if (summary.optimizer() > 0) {
            total("Optimizer", summary.optimizer(), optimizerBytes);
        }
        return text.substring(0, text.length() - 1);
    }

    /** @param signs left end, filling, crossing, filling, right end */
    private void rule(String signs) {
        for (int column = 0; column < widths.length; column++) {
            text.append(signs.charAt(column == 0 ? 0 : 2))
                    .append(signs.substring(1, 2).repeat(widths[column] + 2));
        }
        text.append(signs.charAt(4)).append('\n');
    }

    private void row(char border, List<String> cells) {
        List<List<String>> columns = new ArrayList<>();
        int height = 0;
        for (int i = 0; i < widths.length; i++) {
            columns.add(wrap(cells.get(i), widths[i]));
            height = Math.max(height, columns.get(i).size());
        }
        for (int line = 0; line < height; line++) {
            for (int i = 0; i < widths.length; i++) {
                // titles stand at the bottom of their row, all else at the top
                List<String> lines = columns.get(i);
                int at = border == TITLES ? line - (height - lines.size()) : line;
                String cell = at >= 0 && at < lines.size() ? lines.get(at) : "";
                String blanks = " ".repeat(widths[i] - cell.length());
                text.append(border).append(' ');
                text.append(i == PARAMETERS ? blanks + cell : cell + blanks).append(' ');
            }
            text.append(border).append('\n');
        }
    }

    /** Breaks at blanks; a word that is longer than the line is cut. */
    private static List<String> wrap(String cell, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : cell.split(" ")) {
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

    /** A line outside of the table: it breaks after blanks, at the terminal's end, and nothing is cut off. */
    private void line(String whole) {
        int terminal = lineLength + MARGIN;
        int used = 0;
        for (String word : whole.split("(?<= )")) {
            int length = word.stripTrailing().length();
            if (used + length > terminal && used > 0) {
                text.append('\n');
                used = 0;
            }
            String rest = word;
            while (rest.stripTrailing().length() > terminal) {
                text.append(rest, 0, terminal).append('\n');
                rest = rest.substring(terminal);
            }
            text.append(rest);
            used += rest.length();
        }
        text.append('\n');
    }

    private void total(String what, long count, long bytes) {
        line(" %s params: %s (%s)".formatted(what, number(count), size(bytes)));
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    private static String size(double bytes) {
        List<String> units = List.of("B", "KB", "MB", "GB", "TB", "PB");
        int unit = 0;
        while (bytes >= 1024 && unit < units.size() - 1) {
            bytes /= 1024;
            unit++;
        }
        return String.format(Locale.ROOT, "%.2f %s", bytes, units.get(unit));
    }
}
