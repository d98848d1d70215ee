package transconv.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A file's name with fields in Python's format style: {@code model-{epoch:02d}-{val_loss:.4f}.tcm}. */
final class FileNamePattern {

    private static final Pattern PIECE = Pattern.compile("[^{}]+|\\{\\{|\\}\\}|\\{([^{}:!]+)(?::([^{}]*))?\\}");
    private static final Pattern SPEC = Pattern.compile("(0?)(\\d*)(?:\\.(\\d+))?([dfe%]?)");

    private final String owner;
    private final String text;
    private final List<Function<Map<String, ? extends Number>, String>> pieces = new ArrayList<>();

    /** @throws IllegalArgumentException if a field is not written so that it could be filled */
    FileNamePattern(String owner, String text) {
        this.owner = owner;
        this.text = text;
        if (text == null || text.isBlank()) {
            throw wrong("must name a file", "give \"model-{epoch:02d}.tcm\" or the like");
        }
        Matcher piece = PIECE.matcher(text);
        int end = 0;
        while (piece.find() && piece.start() == end) {
            end = piece.end();
            if (piece.group(1) == null) {
                String plain = piece.group().replace("{{", "{").replace("}}", "}");
                pieces.add(values -> plain);
            } else {
                pieces.add(field(piece.group(1), piece.group(2) == null ? "" : piece.group(2)));
            }
        }
        if (end < text.length()) {
            throw wrong(
                    "has a brace without its partner, or a field that is no name, at position " + end,
                    "write {epoch:02d} for a field and {{ for a brace");
        }
    }

    /** The name with these values in its fields. */
    String fill(Map<String, ? extends Number> values) {
        StringBuilder filled = new StringBuilder();
        pieces.forEach(piece -> filled.append(piece.apply(values)));
        return filled.toString();
    }

    private Function<Map<String, ? extends Number>, String> field(String name, String format) {
        Matcher spec = SPEC.matcher(format);
        boolean understood =
                spec.matches() && (spec.group(3) == null || spec.group(4).matches("[fe%]"));
        if (!understood) {
            throw wrong(
                    "has the field {%s:%s}, whose format is not understood".formatted(name, format),
                    "use widths like 02d for whole numbers and .4f, .2e or .1% for others");
        }
        boolean zeros = !spec.group(1).isEmpty();
        int width = spec.group(2).isEmpty() ? 0 : Integer.parseInt(spec.group(2));
        int decimals = spec.group(3) == null ? 6 : Integer.parseInt(spec.group(3));
        char type = spec.group(4).isEmpty() ? 'r' : spec.group(4).charAt(0);
        return values -> {
            Number value = values.get(name);
            if (value == null) {
                throw wrong(
                        "has the field {%s}, there are %s".formatted(name, new TreeSet<>(values.keySet())),
                        "use one of these");
            }
            return padded(number(name, value, decimals, type), width, zeros);
        };
    }

    private String number(String name, Number value, int decimals, char type) {
        boolean whole = value instanceof Integer;
        return switch (type) {
            case 'f' -> PythonNumber.fixed(value.doubleValue(), decimals);
            case 'e' -> PythonNumber.scientific(value.doubleValue(), decimals);
            case '%' -> PythonNumber.fixed(100 * value.doubleValue(), decimals) + "%";
            case 'd' -> {
                if (!whole) {
                    throw wrong(
                            "formats {%s}, %s, as a whole number".formatted(name, value),
                            "write {%s:.4f} or the like".formatted(name));
                }
                yield value.toString();
            }
            default -> whole ? value.toString() : PythonNumber.repr(value.doubleValue());
        };
    }

    private static String padded(String number, int width, boolean zeros) {
        int missing = width - number.length();
        if (missing <= 0) {
            return number;
        }
        if (!zeros) {
            return " ".repeat(missing) + number;
        }
        int sign = number.startsWith("-") ? 1 : 0;
        return number.substring(0, sign) + "0".repeat(missing) + number.substring(sign);
    }

    private IllegalArgumentException wrong(String rule, String wayOut) {
        return new IllegalArgumentException("%s: filepath=%s %s; %s".formatted(owner, text, rule, wayOut));
    }
}
