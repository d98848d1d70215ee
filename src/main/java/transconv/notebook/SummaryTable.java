package transconv.notebook;

import java.util.Locale;
import java.util.stream.Collectors;
import transconv.models.Summary;

/** A model's summary as an HTML table; its colours are the page's, so that light and dark themes both suit. */
final class SummaryTable {

    // The notebook's own rules would shrink columns to a fixed share and cut long names.
    static final String TABLE = "table-layout:auto;width:auto;margin:.3em 0;border-collapse:collapse";
    private static final String TEXT = "text-align:left;white-space:nowrap;padding:.2em 1em .2em .4em";
    private static final String NUMBER =
            "text-align:right;white-space:nowrap;padding:.2em .4em;font-variant-numeric:tabular-nums";

    private SummaryTable() {}

    static String html(Summary summary) {
        StringBuilder html = new StringBuilder();
        html.append("<div class=\"transconv-summary\" style=\"overflow-x:auto\"><div><b>Model: ")
                .append(Html.escape(summary.model()))
                .append("</b></div>\n<table class=\"transconv-summary-table\" style=\"")
                .append(TABLE)
                .append("\">\n<thead><tr>")
                .append(cell("th", TEXT, "Layer (type)"))
                .append(cell("th", TEXT, "Output shape"))
                .append(cell("th", NUMBER, "Param #"))
                .append(summary.isConnected() ? cell("th", TEXT, "Connected to") : "")
                .append("</tr></thead>\n<tbody>\n");
        for (Summary.Row row : summary.rows()) {
            html.append("<tr>")
                    .append(cell("td", TEXT, row.label()))
                    .append(cell("td", TEXT, row.outputShape()))
                    .append(cell("td", NUMBER, count(row.parameters())))
                    .append(summary.isConnected() ? connections(row) : "")
                    .append("</tr>\n");
        }
        return html.append("</tbody>\n</table>\n<div class=\"transconv-summary-totals\">Total params: <b>")
                .append(count(summary.total()))
                .append("</b> · trainable: ")
                .append(count(summary.trainable()))
                .append(" · non-trainable: ")
                .append(count(summary.nonTrainable()))
                .append(summary.optimizer() > 0 ? " · optimizer: " + count(summary.optimizer()) : "")
                .append("</div></div>")
                .toString();
    }

    /** One connection a line; a name with blanks does not break. */
    private static String connections(Summary.Row row) {
        if (row.connectedTo().isEmpty()) {
            return cell("td", TEXT, row.connections());
        }
        return row.connectedTo().stream()
                .map(Html::escape)
                .collect(Collectors.joining("<br/>", "<td style=\"" + TEXT + "\">", "</td>"));
    }

    private static String cell(String tag, String style, String text) {
        return "<%s style=\"%s\">%s</%s>".formatted(tag, style, Html.escape(text), tag);
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
