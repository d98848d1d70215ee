package transconv.notebook;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import transconv.explain.Html;
import transconv.explain.LayerCosts;
import transconv.models.Summary;

/**
 * A model's summary as an HTML table: Keras' columns, and what each layer costs for one sample. Its colours are the
 * page's, so that light and dark themes both suit.
 */
final class SummaryTable {

    // The notebook's own rules would shrink columns to a fixed share and cut long names.
    static final String TABLE = "table-layout:auto;width:auto;margin:.3em 0;border-collapse:collapse";
    private static final String CELL = "vertical-align:top;padding:.2em .4em;";
    private static final String TEXT = CELL + "text-align:left;white-space:normal";
    private static final String NUMBER = CELL + "text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums";
    private static final String CODE = "<code style=\"background:none;padding:0;font-size:90%;white-space:normal\">";
    private static final String KB = "%,.1f KB";

    /** Its columns know a layer by its row in Keras' table and, unless it is an input, by what it costs. */
    private record Column(String title, String style, Function<Line, String> html) {}

    private record Line(Summary.Row row, LayerCosts.Row costs) {

        String cost(Function<LayerCosts.Row, String> found) {
            return costs == null ? "" : Html.escape(found.apply(costs)).replace("\n", "<br/>");
        }
    }

    private SummaryTable() {}

    static String html(Summary summary) {
        LayerCosts costs = costs(summary);
        Map<String, LayerCosts.Row> ofLayer = costs == null
                ? Map.of()
                : costs.rows().stream().collect(Collectors.toMap(LayerCosts.Row::layer, Function.identity()));
        List<Column> columns = new ArrayList<>(List.of(
                new Column("Layer (type)", TEXT, line -> name(line.row)),
                new Column("Output shape", TEXT, line -> Html.escape(line.row.outputShape())),
                new Column("Param #", NUMBER, line -> count(line.row.parameters()))));
        if (summary.isConnected()) {
            columns.add(new Column("Connected to", TEXT, line -> connections(line.row)));
        }
        if (costs != null) {
            columns.addAll(costColumns());
        }
        StringBuilder html = new StringBuilder(
                        "<div class=\"transconv-summary\" style=\"overflow-x:auto\"><div><b>Model: ")
                .append(Html.escape(summary.model()))
                .append("</b></div>\n<table class=\"transconv-summary-table\" style=\"font-size:92%;")
                .append(TABLE)
                .append("\">\n<thead><tr>");
        columns.forEach(column -> html.append(cell(
                "th",
                column.style.replace("nowrap", "normal"),
                Html.escape(column.title).replace("\n", "<br/>"))));
        html.append("</tr></thead>\n<tbody>\n");
        for (Summary.Row row : summary.rows()) {
            Line line = new Line(row, ofLayer.get(row.name()));
            html.append("<tr>");
            columns.forEach(column -> html.append(cell("td", column.style, column.html.apply(line))));
            html.append("</tr>\n");
        }
        return html.append("</tbody>\n</table>\n<div class=\"transconv-summary-totals\">")
                .append(totals(summary))
                .append("</div>")
                .append(costs == null ? "" : "\n<div>" + forOneSample(costs) + "</div>")
                .append("</div>")
                .toString();
    }

    /** Null without a model, or if layers were added to it since. */
    private static LayerCosts costs(Summary summary) {
        return summary.source() == null || !summary.source().summary().rows().equals(summary.rows())
                ? null
                : LayerCosts.of(summary.source());
    }

    private static List<Column> costColumns() {
        return List.of(
                new Column("Kernel", NUMBER, line -> line.cost(LayerCosts.Row::kernel)),
                new Column("Strides", NUMBER, line -> line.cost(LayerCosts.Row::strides)),
                new Column("Output size", TEXT, line -> formula(line.cost(LayerCosts.Row::outputSize))),
                new Column(
                        "Multiply-adds \nnominal \nexecuted",
                        NUMBER,
                        line -> line.cost(costs -> count(costs.nominal()) + " \n" + count(costs.executed()))),
                new Column("Activation \nmemory", NUMBER, line -> line.cost(costs -> kilobytes(costs.bytes()))),
                new Column("Receptive \nfield", NUMBER, line -> line.cost(LayerCosts.Row::receptiveField)));
    }

    private static String name(Summary.Row row) {
        return breaking(row.name()) + " <br/>(" + Html.escape(row.type()) + ")";
    }

    /** A line each for axes that differ, with the result below. */
    private static String formula(String lines) {
        return lines.isEmpty() ? "" : CODE + lines.replace(" = ", " <br/>= ") + "</code>";
    }

    /** A name in full, which breaks after underscores and before brackets where there is little room. */
    private static String breaking(String name) {
        return Html.escape(name).replace("_", "_<wbr/>").replace("[", "<wbr/>[");
    }

    /** One connection a line. */
    private static String connections(Summary.Row row) {
        return row.connectedTo().isEmpty()
                ? Html.escape(row.connections())
                : row.connectedTo().stream().map(SummaryTable::breaking).collect(Collectors.joining("<br/>"));
    }

    private static String totals(Summary summary) {
        return "Total params: <b>%s</b> · trainable: %s · non-trainable: %s%s"
                .formatted(
                        count(summary.total()),
                        count(summary.trainable()),
                        count(summary.nonTrainable()),
                        summary.optimizer() > 0 ? " · optimizer: " + count(summary.optimizer()) : "");
    }

    private static String forOneSample(LayerCosts costs) {
        return "For one sample: <b>%s</b> multiply-adds nominal · %s executed · %s of activations"
                .formatted(count(costs.nominal()), count(costs.executed()), kilobytes(costs.bytes()));
    }

    private static String cell(String tag, String style, String html) {
        return "<%s style=\"%s\">%s</%s>".formatted(tag, style, html, tag);
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String kilobytes(long bytes) {
        return String.format(Locale.ROOT, KB, bytes / 1024.0);
    }
}
