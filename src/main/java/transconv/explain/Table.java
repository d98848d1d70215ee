package transconv.explain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * An explanation in rows and columns, the same in HTML and in plain text. A notebook shows it by itself; its colours
 * are the page's.
 *
 * <pre>{@code
 * Table table = OutputSizes.of(2, SizeTable.kernel(1).stride(2)).conventions();
 * System.out.println(table.column("output")); // [3, 4, 3, 3]
 * }</pre>
 */
public final class Table {

    /** How a column is set. */
    enum Kind {
        WORDS("text-align:left;max-width:30em;white-space:normal"),
        NUMBER("text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums"),
        /** Words that do not break. */
        NAME("text-align:left;white-space:nowrap"),
        CODE("text-align:left;white-space:normal;max-width:34em"),
        /** Code that breaks before its equals sign only. */
        FORMULA("text-align:left;white-space:normal");

        private final String style;

        Kind(String style) {
            this.style = style;
        }
    }

    private static final String SIDE = "<span style=\"white-space:nowrap\">";
    // A notebook gives code a ground and keeps all its line breaks.
    private static final String CODE_STYLE =
            "<code style=\"white-space:inherit;background:none;padding:0;font-size:90%\">";

    private final String heading;
    private final List<String> names = new ArrayList<>();
    private final List<Kind> kinds = new ArrayList<>();
    private final List<List<String>> rows = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    Table(String heading) {
        this.heading = heading;
    }

    /**
     * A table of your own, of words.
     *
     * @param heading above it
     * @param columns their names
     */
    public static Table of(String heading, String... columns) {
        Table table = new Table(heading);
        for (String column : columns) {
            table.with(column, Kind.NAME);
        }
        return table;
    }

    Table with(String name, Kind kind) {
        names.add(name);
        kinds.add(kind);
        return this;
    }

    /**
     * Adds a row.
     *
     * @param cells one for each column
     */
    public Table row(Object... cells) {
        if (cells.length != names.size()) {
            throw new IllegalArgumentException("Table: %d cells for %d columns".formatted(cells.length, names.size()));
        }
        rows.add(Arrays.stream(cells).map(String::valueOf).toList());
        return this;
    }

    Table note(String note) {
        notes.add(note);
        return this;
    }

    /** The cells, row by row. */
    public List<List<String>> rows() {
        return List.copyOf(rows);
    }

    /**
     * The cells of one column.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    public List<String> column(String name) {
        int column = names.indexOf(name);
        if (column < 0) {
            throw new IllegalArgumentException("Table: no column '%s'; there are %s".formatted(name, names));
        }
        return rows.stream().map(row -> row.get(column)).toList();
    }

    /** A well-formed piece of HTML without scripts. */
    public String html() {
        StringBuilder html = new StringBuilder("<div class=\"transconv-explain\" style=\"overflow-x:auto\"><div><b>")
                .append(Html.escape(heading))
                .append("</b></div>\n"
                        + "<table style=\"table-layout:auto;width:auto;margin:.3em 0;"
                        + "font-size:92%;border-collapse:collapse\">\n")
                .append("<caption style=\"display:none\">")
                .append(Html.escape(heading))
                .append("</caption>\n<thead><tr>");
        for (int i = 0; i < names.size(); i++) {
            html.append(cell("th", kinds.get(i), names.get(i)));
        }
        html.append("</tr></thead>\n<tbody>\n");
        for (List<String> row : rows) {
            html.append("<tr>");
            for (int i = 0; i < row.size(); i++) {
                html.append(cell("td", kinds.get(i), row.get(i)));
            }
            html.append("</tr>\n");
        }
        html.append("</tbody>\n</table>");
        notes.forEach(note -> html.append("\n<div style=\"max-width:60em\">")
                .append(Html.escape(note))
                .append("</div>"));
        return html.append("</div>").toString();
    }

    private static String cell(String tag, Kind kind, String text) {
        String inner = Html.escape(text).replace("\n", "<br/>");
        if (kind == Kind.FORMULA) {
            inner = SIDE + inner.replace(" = ", "</span> " + SIDE + "= ").replace("<br/>", "</span><br/>" + SIDE)
                    + "</span>";
        }
        boolean isCode = (kind == Kind.CODE || kind == Kind.FORMULA) && tag.equals("td") && !text.isEmpty();
        return "<%s style=\"%s;padding:.2em .5em .2em .4em;vertical-align:top\">%s</%s>"
                .formatted(
                        tag,
                        tag.equals("th") ? kind.style.replace("nowrap", "normal") : kind.style,
                        isCode ? CODE_STYLE + inner + "</code>" : inner,
                        tag);
    }

    /** Also keeps JupyterLab from looking for mathematics between dollar signs and behind backslashes. */

    /** Heading, columns and notes as plain text. */
    @Override
    public String toString() {
        List<List<String>> lines = new ArrayList<>();
        lines.add(names);
        rows.forEach(row ->
                lines.add(row.stream().map(text -> text.replace("\n", "; ")).toList()));
        int[] widths = new int[names.size()];
        for (List<String> line : lines) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], line.get(i).length());
            }
        }
        String table = lines.stream()
                .map(line -> {
                    StringBuilder text = new StringBuilder();
                    for (int i = 0; i < widths.length; i++) {
                        String blanks = " ".repeat(widths[i] - line.get(i).length());
                        text.append(kinds.get(i) == Kind.NUMBER ? blanks + line.get(i) : line.get(i) + blanks)
                                .append("  ");
                    }
                    return text.toString().stripTrailing();
                })
                .collect(Collectors.joining("\n"));
        return heading + "\n" + table + notes.stream().map(note -> "\n" + note).collect(Collectors.joining());
    }
}
