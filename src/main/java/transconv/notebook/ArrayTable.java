package transconv.notebook;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import transconv.explain.Html;

/**
 * An array as a table, the same in HTML and in plain text.
 *
 * <p>Rank 0 to 2 is one table. Of a higher rank the shape and the first slices are shown, a slice being the last two
 * axes once trailing axes of length 1 are fixed at 0: an image {@code [1, 4, 4, 1]} is one 4 by 4 table. Long axes
 * and long runs of slices are cut in the middle, with the number of what is left out.
 */
final class ArrayTable {

    /** An axis up to this length is shown whole; of a longer one, this many less four in all from both ends. */
    private static final int WHOLE = 20;

    private static final int WHOLE_IN_SLICES = 12;
    private static final int SLICES = 4;
    private static final long CUT = -1;

    private final String heading;
    private final List<Slice> slices = new ArrayList<>();
    private final String left;
    private final NumberText numbers;

    /** Numbers by row and column; a null row or value stands for what was cut out. */
    private record Slice(String name, long[] rows, long[] columns, List<List<Object>> cells) {}

    static ArrayTable of(INDArray array) {
        return new ArrayTable(ArrayValues.of(array));
    }

    /** @param array a primitive Java array of any rank */
    static ArrayTable ofJava(Object array) {
        return new ArrayTable(ArrayValues.ofJava(array));
    }

    private ArrayTable(ArrayValues values) {
        heading = "%s %s".formatted(values.type(), Arrays.toString(values.shape()));
        long more = 0;
        if (!values.isEmpty()) {
            int trailing = 0;
            while (values.rank() - trailing > 2 && values.shape()[values.rank() - 1 - trailing] == 1) {
                trailing++;
            }
            int leading = Math.max(0, values.rank() - trailing - 2);
            long count = LongStream.of(values.shape()).limit(leading).reduce(1, (a, b) -> a * b);
            long shown = count <= SLICES ? count : SLICES - 1;
            for (long slice = 0; slice < shown; slice++) {
                slices.add(slice(values, leading, trailing, slice));
            }
            more = count - shown;
        }
        left = more == 0 ? "" : String.format(Locale.ROOT, "… %,d more slices", more);
        numbers = NumberText.of(slices.stream()
                .flatMap(slice -> slice.cells.stream())
                .flatMap(List::stream)
                .filter(Objects::nonNull)
                .toList());
    }

    private static Slice slice(ArrayValues values, int leading, int trailing, long number) {
        long[] shape = values.shape();
        long[] index = new long[values.rank()];
        for (int axis = leading - 1; axis >= 0; axis--) {
            index[axis] = number % shape[axis];
            number /= shape[axis];
        }
        int inner = values.rank() - leading - trailing;
        int whole = leading + trailing > 0 ? WHOLE_IN_SLICES : WHOLE;
        long[] rows = inner == 2 ? shown(shape[leading], whole) : new long[] {0};
        long[] columns = inner >= 1 ? shown(shape[leading + inner - 1], whole) : new long[] {0};
        List<List<Object>> cells = new ArrayList<>();
        for (long row : rows) {
            List<Object> line = new ArrayList<>();
            for (long column : columns) {
                if (inner == 2) {
                    index[leading] = row;
                }
                if (inner >= 1) {
                    index[leading + inner - 1] = column;
                }
                line.add(row == CUT || column == CUT ? null : values.at(index));
            }
            cells.add(line);
        }
        String name = "";
        if (leading + trailing > 0) {
            List<String> parts = new ArrayList<>();
            for (int axis = 0; axis < values.rank(); axis++) {
                boolean free = axis >= leading && axis < leading + inner;
                parts.add(free ? ":" : String.valueOf(axis < leading ? index[axis] : 0));
            }
            name = parts.stream().collect(Collectors.joining(", ", "[", "]"));
        }
        return new Slice(name, rows, columns, cells);
    }

    private static long[] shown(long length, int whole) {
        if (length <= whole) {
            return LongStream.range(0, length).toArray();
        }
        int end = (whole - 4) / 2;
        return LongStream.concat(
                        LongStream.concat(LongStream.range(0, end), LongStream.of(CUT)),
                        LongStream.range(length - end, length))
                .toArray();
    }

    private String cell(Slice slice, int row, int column) {
        boolean cut = slice.rows[row] == CUT || slice.columns[column] == CUT;
        return cut ? "…" : numbers.format(slice.cells.get(row).get(column));
    }

    /** What was cut out of a slice: {@code 8 rows, 8 columns left out}. */
    private static String cuts(Slice slice) {
        List<String> parts = new ArrayList<>();
        addCut(parts, slice.rows, "rows");
        addCut(parts, slice.columns, "columns");
        return parts.isEmpty() ? "" : String.join(" and ", parts) + " left out";
    }

    private static void addCut(List<String> parts, long[] shown, String what) {
        for (int i = 1; i < shown.length; i++) {
            if (shown[i] == CUT) {
                parts.add(String.format(Locale.ROOT, "%,d %s", shown[i + 1] - shown[i - 1] - 1, what));
            }
        }
    }

    String text() {
        StringBuilder text = new StringBuilder(heading);
        for (Slice slice : slices) {
            if (!slice.name.isEmpty()) {
                text.append('\n').append(slice.name);
            }
            int[] widths = new int[slice.columns.length];
            for (int column = 0; column < widths.length; column++) {
                for (int row = 0; row < slice.rows.length; row++) {
                    widths[column] =
                            Math.max(widths[column], cell(slice, row, column).length());
                }
            }
            for (int row = 0; row < slice.rows.length; row++) {
                StringBuilder line = new StringBuilder();
                for (int column = 0; column < widths.length; column++) {
                    String cell = cell(slice, row, column);
                    line.append("  ")
                            .append(" ".repeat(widths[column] - cell.length()))
                            .append(cell);
                }
                text.append('\n').append(line);
            }
            String cuts = cuts(slice);
            text.append(cuts.isEmpty() ? "" : "\n  (" + cuts + ")");
        }
        return text.append(left.isEmpty() ? "" : "\n" + left).toString();
    }

    String html() {
        StringBuilder html = new StringBuilder("<div class=\"transconv-array\" style=\"overflow-x:auto\"><div>")
                .append(Html.escape(heading))
                .append("</div>");
        for (Slice slice : slices) {
            if (!slice.name.isEmpty()) {
                html.append("\n<div><code>").append(slice.name).append("</code></div>");
            }
            html.append("\n<table style=\"")
                    .append(SummaryTable.TABLE)
                    .append(";text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums\"><tbody>");
            for (int row = 0; row < slice.rows.length; row++) {
                html.append("\n<tr>");
                for (int column = 0; column < slice.columns.length; column++) {
                    html.append("<td>")
                            .append(Html.escape(cell(slice, row, column)))
                            .append("</td>");
                }
                html.append("</tr>");
            }
            html.append("\n</tbody></table>");
            String cuts = cuts(slice);
            html.append(cuts.isEmpty() ? "" : "<div>" + cuts + "</div>");
        }
        return html.append(left.isEmpty() ? "" : "\n<div>" + left + "</div>")
                .append("</div>")
                .toString();
    }
}
