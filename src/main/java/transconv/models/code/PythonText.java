package transconv.models.code;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Values as Python writes them. */
final class PythonText {

    private PythonText() {}

    /**
     * Text, number, truth value, null, or a list, which becomes a tuple, or a map of these.
     *
     * @throws UnsupportedOperationException for anything else
     */
    static String of(Object value) {
        if (value == null) {
            return "None";
        }
        if (value instanceof String text) {
            return quoted(text);
        }
        if (value instanceof Boolean truth) {
            return truth ? "True" : "False";
        }
        if (value instanceof Double || value instanceof Float) {
            return number(((Number) value).doubleValue());
        }
        if (value instanceof Number number) {
            return number.toString();
        }
        if (value instanceof List<?> list) {
            return tuple(list);
        }
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(entry -> of(entry.getKey()) + ": " + of(entry.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        throw new UnsupportedOperationException("a value of %s has no literal in Python"
                .formatted(value.getClass().getName()));
    }

    static String tuple(List<?> list) {
        String inner = list.stream().map(PythonText::of).collect(Collectors.joining(", "));
        return list.size() == 1 ? "(" + inner + ",)" : "(" + inner + ")";
    }

    /** Whatever a name holds stays between the quotes: all but plain ASCII is escaped. */
    static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(point -> {
            if (point == '"' || point == '\\') {
                quoted.append('\\').appendCodePoint(point);
            } else if (point >= ' ' && point < 0x7f) {
                quoted.appendCodePoint(point);
            } else {
                quoted.append(point > 0xffff ? "\\U%08x".formatted(point) : "\\u%04x".formatted(point));
            }
        });
        return quoted.append('"').toString();
    }

    private static String number(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return "float(\"%s\")".formatted(Double.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf");
        }
        double size = Math.abs(value);
        if (size != 0 && (size < 1e-4 || size >= 1e16)) {
            return Double.toString(value).toLowerCase(java.util.Locale.ROOT).replace(".0e", "e");
        }
        String plain = new BigDecimal(Double.toString(value)).toPlainString();
        return plain.contains(".") ? plain : plain + ".0";
    }
}
