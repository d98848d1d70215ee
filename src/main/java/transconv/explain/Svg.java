package transconv.explain;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import transconv.explain.Drawing.Box;
import transconv.explain.Drawing.Mark;
import transconv.explain.Drawing.Paint;
import transconv.explain.Drawing.Type;
import transconv.explain.Drawing.Words;

/** Drawings as SVG: a card of its own ground, no scripts, no identifiers that could clash on a page. */
final class Svg {

    static final double MARGIN = 12;
    /** No picture is laid out wider. */
    static final double WIDEST = 930;
    /** Nor shown wider: JupyterLab's room beside its file list, in a window of 1280 pixels. */
    static final double WIDEST_SHOWN = 840;

    private Svg() {}

    static String of(Drawing drawing, String title, String altText) {
        return open(drawing.width(), drawing.height(), title, altText)
                + content(drawing.marks(), true)
                + content(drawing.marks(), false)
                + "</g></svg>";
    }

    /** Frames shown one after another, again and again; readers that do not animate show the last. */
    static String animation(List<Drawing> frames, double seconds, String title, String altText) {
        double width = frames.stream().mapToDouble(Drawing::width).max().orElse(0);
        double height = frames.stream().mapToDouble(Drawing::height).max().orElse(0);
        Set<Mark> still = new LinkedHashSet<>(frames.get(0).marks());
        frames.forEach(frame -> still.retainAll(Set.copyOf(frame.marks())));
        StringBuilder svg = new StringBuilder(open(width, height, title, altText));
        for (boolean boxes : new boolean[] {true, false}) {
            svg.append(content(still, boxes));
            for (int i = 0; i < frames.size(); i++) {
                List<Mark> moving = new ArrayList<>(frames.get(i).marks());
                moving.removeAll(still);
                svg.append("<g display=\"")
                        .append(i == frames.size() - 1 ? "inline" : "none")
                        .append("\">")
                        .append(animate(i, frames.size(), seconds))
                        .append(content(moving, boxes))
                        .append("</g>\n");
            }
        }
        return svg.append("</g></svg>").toString();
    }

    private static String animate(int frame, int frames, double seconds) {
        if (frames == 1) {
            return "";
        }
        String values = frame == 0 ? "inline;none" : frame == frames - 1 ? "none;inline" : "none;inline;none";
        String from = new BigDecimal((double) frame / frames)
                .setScale(4, RoundingMode.HALF_UP)
                .toPlainString();
        String to = new BigDecimal((frame + 1.0) / frames)
                .setScale(4, RoundingMode.HALF_UP)
                .toPlainString();
        String times = frame == 0 ? "0;" + to : frame == frames - 1 ? "0;" + from : "0;" + from + ";" + to;
        return ("<animate attributeName=\"display\" calcMode=\"discrete\" values=\"%s\" keyTimes=\"%s\" dur=\"%ss\""
                        + " repeatCount=\"indefinite\"/>")
                .formatted(values, times, number(seconds * frames));
    }

    private static String open(double width, double height, String title, String altText) {
        double w = width + 2 * MARGIN;
        double h = height + 2 * MARGIN;
        double shown = Math.min(WIDEST_SHOWN, w);
        return ("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%s\" height=\"%s\" viewBox=\"0 0 %s %s\""
                        + " role=\"img\" aria-label=\"%s\" style=\"max-width:100%%;height:auto\""
                        + " font-family=\"Helvetica,Arial,'Liberation Sans',sans-serif\"><title>%s</title>\n"
                        + "<rect x=\".5\" y=\".5\" width=\"%s\" height=\"%s\" rx=\"6\" fill=\"%s\" stroke=\"%s\"/>\n"
                        + "<g transform=\"translate(%s %s)\">")
                .formatted(
                        number(shown),
                        number(h * shown / w),
                        number(w),
                        number(h),
                        Html.attribute(altText),
                        Html.attribute(title),
                        number(w - 1),
                        number(h - 1),
                        Colors.GROUND,
                        Colors.EDGE,
                        number(MARGIN),
                        number(MARGIN));
    }

    /** Marks of one look share an element: boxes one path, words one group. Outlines come over fillings. */
    private static String content(Iterable<? extends Mark> marks, boolean boxes) {
        Map<Object, StringBuilder> filled = new LinkedHashMap<>();
        Map<Object, StringBuilder> outlined = new LinkedHashMap<>();
        for (Mark mark : marks) {
            if (boxes && mark instanceof Box box) {
                (box.paint().fill() == null ? outlined : filled)
                        .computeIfAbsent(box.paint(), paint -> new StringBuilder())
                        .append("M%s %sh%sv%sh%sz"
                                .formatted(
                                        number(box.x()),
                                        number(box.y()),
                                        number(box.width()),
                                        number(box.height()),
                                        number(-box.width())));
            } else if (!boxes && mark instanceof Words words) {
                filled.computeIfAbsent(words.type(), type -> new StringBuilder())
                        .append("<text x=\"%s\" y=\"%s\">%s</text>"
                                .formatted(number(words.x()), number(words.y()), Html.attribute(words.text())));
            }
        }
        StringBuilder svg = new StringBuilder();
        filled.putAll(outlined);
        filled.forEach((look, content) ->
                svg.append(look instanceof Paint paint ? path(paint, content) : group((Type) look, content)));
        return svg.toString();
    }

    private static String path(Paint paint, StringBuilder content) {
        return "<path d=\"%s\" fill=\"%s\"%s%s/>\n"
                .formatted(
                        content,
                        paint.fill() == null ? "none" : paint.fill(),
                        paint.stroke() == null
                                ? ""
                                : " stroke=\"%s\" stroke-width=\"%s\""
                                        .formatted(paint.stroke(), number(paint.strokeWidth())),
                        paint.isDashed() ? " stroke-dasharray=\"3 2\"" : "");
    }

    private static String group(Type type, StringBuilder content) {
        return "<g fill=\"%s\" font-size=\"%s\"%s%s%s>%s</g>\n"
                .formatted(
                        type.color(),
                        number(type.size()),
                        type.anchor().equals("start") ? "" : " text-anchor=\"" + type.anchor() + "\"",
                        type.isBold() ? " font-weight=\"bold\"" : "",
                        type.isStruck() ? " text-decoration=\"line-through\"" : "",
                        content);
    }

    static String number(double value) {
        String text = new BigDecimal(value)
                .setScale(2, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString();
        return text.equals("0.00") ? "0" : text;
    }
}
