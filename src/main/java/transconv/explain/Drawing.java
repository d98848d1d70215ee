package transconv.explain;

import java.util.ArrayList;
import java.util.List;

/** Boxes and words on a sheet, in units of a page's pixels, from the upper left corner. */
final class Drawing {

    /** @param fill a colour, or null for none; @param stroke likewise */
    record Paint(String fill, String stroke, double strokeWidth, boolean isDashed) {}

    /** How words are set; {@code anchor} is start, middle or end. */
    record Type(String color, double size, String anchor, boolean isBold, boolean isStruck) {

        Type anchored(String other) {
            return new Type(color, size, other, isBold, isStruck);
        }
    }

    sealed interface Mark permits Box, Words {
        Mark moved(double dx, double dy);
    }

    record Box(double x, double y, double width, double height, Paint paint) implements Mark {
        @Override
        public Box moved(double dx, double dy) {
            return new Box(x + dx, y + dy, width, height, paint);
        }
    }

    /** @param y of the base line */
    record Words(double x, double y, String text, Type type) implements Mark {
        @Override
        public Words moved(double dx, double dy) {
            return new Words(x + dx, y + dy, text, type);
        }
    }

    static final Type TITLE = new Type(Colors.TEXT, 12, "start", true, false);
    static final Type LABEL = new Type(Colors.TEXT, 11, "start", true, false);
    static final Type NOTE = new Type(Colors.MUTED, 12, "start", false, false);
    static final Type FORMULA = new Type(Colors.TEXT, 13, "start", false, false);
    static final Type SIGN = new Type(Colors.TEXT, 18, "middle", true, false);

    private final List<Mark> marks = new ArrayList<>();
    private double width;
    private double height;

    double width() {
        return width;
    }

    double height() {
        return height;
    }

    List<Mark> marks() {
        return marks;
    }

    Drawing box(double x, double y, double w, double h, Paint paint) {
        marks.add(new Box(x, y, w, h, paint));
        return reach(x + w, y + h);
    }

    Drawing words(double x, double y, String text, Type type) {
        marks.add(new Words(x, y, text, type));
        double length = lengthOf(text, type);
        return reach(
                x + (type.anchor().equals("start") ? length : type.anchor().equals("end") ? 0 : length / 2), y + 3);
    }

    /** Room, without drawing anything. */
    Drawing reach(double right, double bottom) {
        width = Math.max(width, right);
        height = Math.max(height, bottom);
        return this;
    }

    Drawing place(Drawing part, double x, double y) {
        part.marks.forEach(mark -> marks.add(mark.moved(x, y)));
        return reach(x + part.width, y + part.height);
    }

    /** About as long as common sans-serif faces set it; none is much wider. */
    static double lengthOf(String text, Type type) {
        return text.length() * type.size() * (type.isBold() ? 0.57 : 0.53);
    }

    /** Parts from left to right, a new line where the next would pass {@code most}; each line centred vertically. */
    static Drawing flow(List<Drawing> parts, double gap, double most) {
        Drawing whole = new Drawing();
        List<Drawing> line = new ArrayList<>();
        double x = 0;
        for (Drawing part : parts) {
            if (!line.isEmpty() && x + gap + part.width > most) {
                whole.addLine(line, gap);
                line.clear();
                x = 0;
            }
            x += (line.isEmpty() ? 0 : gap) + part.width;
            line.add(part);
        }
        whole.addLine(line, gap);
        return whole;
    }

    private void addLine(List<Drawing> line, double gap) {
        double top = height == 0 ? 0 : height + gap;
        double tallest = line.stream().mapToDouble(Drawing::height).max().orElse(0);
        double x = 0;
        for (Drawing part : line) {
            place(part, x, top + (tallest - part.height) / 2);
            x += part.width + gap;
        }
    }

    /** A sign, such as + or =, that stays with the part which follows it. */
    static Drawing joined(String sign, Drawing part) {
        Drawing both = new Drawing();
        both.words(9, part.height() / 2 + 12, sign, SIGN);
        return both.place(part, 24, 0);
    }

    /** Words in lines of at most {@code most}, broken at blanks. */
    static Drawing paragraph(String text, Type type, double most) {
        Drawing lines = new Drawing();
        StringBuilder line = new StringBuilder();
        double y = type.size() + 2;
        for (String word : text.replace(" × ", "\u00a0×\u00a0").split(" ")) {
            if (line.length() > 0 && lengthOf(line + " " + word, type) > most) {
                lines.words(0, y, line.toString(), type);
                y += type.size() * 1.4;
                line.setLength(0);
            }
            line.append(line.length() > 0 ? " " : "").append(word);
        }
        return lines.words(0, y, line.toString(), type);
    }
}
