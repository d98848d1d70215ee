package transconv.notebook;

import java.util.List;
import java.util.Locale;
import transconv.explain.Html;
import transconv.training.History;

/** A training run in a few lines: for each logged name its first, best and last value. */
final class HistoryTable {

    private HistoryTable() {}

    static String text(History history) {
        StringBuilder text = new StringBuilder(heading(history));
        for (String name : history.names()) {
            List<Double> values = history.get(name);
            text.append(String.format(
                            Locale.ROOT,
                            "%n  %s: %s in epoch 1, %s in epoch %d",
                            name,
                            digits(values.get(0)),
                            digits(values.get(values.size() - 1)),
                            values.size())
                    .replace(System.lineSeparator(), "\n"));
        }
        return text.toString();
    }

    static String html(History history) {
        StringBuilder html = new StringBuilder("<div class=\"transconv-history\"><div><b>")
                .append(heading(history))
                .append("</b></div>");
        if (history.epochs() > 0) {
            html.append("<table style=\"").append(SummaryTable.TABLE).append("\">\n<thead><tr>");
            for (String title : List.of("", "epoch 1", "lowest", "epoch " + history.epochs())) {
                html.append("<th style=\"text-align:right\">").append(title).append("</th>");
            }
            html.append("</tr></thead>\n<tbody>\n");
            for (String name : history.names()) {
                List<Double> values = history.get(name);
                double lowest = values.stream()
                        .mapToDouble(v -> v)
                        .filter(v -> !Double.isNaN(v))
                        .min()
                        .orElse(Double.NaN);
                html.append("<tr><td style=\"text-align:left\">")
                        .append(Html.escape(name))
                        .append("</td>");
                for (double value : new double[] {values.get(0), lowest, history.last(name)}) {
                    html.append("<td style=\"text-align:right;font-variant-numeric:tabular-nums\">")
                            .append(digits(value))
                            .append("</td>");
                }
                html.append("</tr>\n");
            }
            html.append("</tbody>\n</table>");
        }
        return html.append("</div>").toString();
    }

    private static String heading(History history) {
        return "History of " + history.epochs() + (history.epochs() == 1 ? " epoch" : " epochs");
    }

    static String digits(double value) {
        double size = Math.abs(value);
        boolean plain = size == 0 || size >= 1e-3 && size < 1e7 || !Double.isFinite(value);
        return String.format(Locale.ROOT, plain ? "%.4f" : "%.4e", value);
    }
}
