package transconv.notebook;

import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import transconv.explain.Html;
import transconv.plots.Plot;
import transconv.plots.TrainingFilmstrip;
import transconv.plots.TrainingFilmstrip.Frame;

/**
 * A filmstrip whose epochs are looked at one by one: under the mouse or by a click (or, where the page leaves
 * them alone, with the arrow keys), without a kernel and without scripts. The whole strip stands below; it alone is
 * seen on paper, and where a page drops styles.
 */
final class FilmstripPage {

    // Its own ground, as the strip has: the same in light and dark.
    private static final String CARD = "display:inline-block;max-width:100%;box-sizing:border-box;background:#fff;"
            + "color:#333;color-scheme:light;font-size:13px;line-height:1.4";
    private static final String STYLE =
            """
            <style>
            .transconv-filmstrip-epochs{display:grid!important;padding:14px 14px 0;\
            grid-template-columns:repeat(auto-fill,minmax(27px,1fr));gap:4px 1px}
            .transconv-filmstrip-epochs>div,.transconv-filmstrip-epochs>figure{grid-column:1/-1;margin:0;\
            background:#fff}
            .transconv-filmstrip-epochs>figure{grid-row:2;display:none}
            .transconv-filmstrip-epochs>input{position:absolute;opacity:0;pointer-events:none}
            .transconv-filmstrip-epochs>label{text-align:center;cursor:pointer;border:1px solid #ddd;border-radius:3px;\
            font-variant-numeric:tabular-nums}
            .transconv-filmstrip-epochs>input:checked+label{background:#0072b2;border-color:#0072b2;color:#fff}
            .transconv-filmstrip-epochs>input:focus-visible+label{outline:2px solid #d55e00;outline-offset:1px}
            .transconv-filmstrip-epochs>input:checked+label+figure{display:block}
            .transconv-filmstrip-epochs>label:hover{border-color:#0072b2}
            .transconv-filmstrip-epochs>label:hover+figure{display:block;z-index:1}
            .transconv-filmstrip-epochs img{display:block;max-width:100%;height:auto;image-rendering:pixelated}
            @media print{.transconv-filmstrip-epochs{display:none!important}}
            </style>
            """;

    private FilmstripPage() {}

    static String html(TrainingFilmstrip film) {
        StringBuilder html = new StringBuilder("<div class=\"transconv-filmstrip\" style=\"")
                .append(CARD)
                .append("\">");
        if (film.frames().size() > 1) {
            html.append(STYLE).append(epochs(film));
        }
        byte[] strip = film.png();
        return html.append(image(strip, Plot.width(strip), film.altText()))
                .append("</div>")
                .toString();
    }

    /** Hidden unless the style is there: without it all epochs would stand below each other. */
    private static String epochs(TrainingFilmstrip film) {
        String group = "filmstrip-" + UUID.randomUUID();
        List<Frame> frames = film.frames();
        // JupyterLab would take the arrow keys for its own.
        StringBuilder html = new StringBuilder("<div class=\"transconv-filmstrip-epochs\" hidden=\"hidden\""
                + " data-lm-suppress-shortcuts=\"true\" role=\"radiogroup\" aria-label=\"Epoch to look at\">\n");
        film.original().ifPresent(original -> html.append("<div>original")
                .append(image(original.png(), original.width(), "The samples"))
                .append("</div>\n"));
        for (Frame frame : frames) {
            String id = group + "-" + frame.epoch();
            boolean isLast = frame.epoch() == frames.get(frames.size() - 1).epoch();
            String words = "after epoch " + frame.epoch() + logs(frame);
            html.append("<input type=\"radio\" name=\"%s\" id=\"%s\"%s/><label for=\"%s\">%d</label>"
                            .formatted(group, id, isLast ? " checked=\"checked\"" : "", id, frame.epoch()))
                    .append("<figure><figcaption>")
                    .append(Html.escape(words))
                    .append("</figcaption>")
                    .append(image(frame.png(), frame.width(), "Predictions " + words))
                    .append("</figure>\n");
        }
        return html.append("</div>\n").toString();
    }

    /** {@code : loss 0.0812, val_loss 0.0734}. */
    private static String logs(Frame frame) {
        return frame.logs().entrySet().stream()
                .map(log -> log.getKey() + " " + TrainingFilmstrip.digits(log.getValue()))
                .collect(Collectors.joining(", ", frame.logs().isEmpty() ? "" : ": ", ""));
    }

    private static String image(byte[] png, int width, String alt) {
        return "<img src=\"data:image/png;base64,%s\" width=\"%d\" alt=\"%s\"/>"
                .formatted(Base64.getEncoder().encodeToString(png), width, Html.attribute(alt));
    }
}
