package transconv.experiments;

import java.util.List;
import java.util.stream.Collectors;

/** Comma-separated values. Source: RFC 4180. */
final class Csv {

    private Csv() {}

    /** Null is an empty field; numbers are written so that reading them gives the same number. */
    static String line(List<?> fields) {
        return fields.stream().map(Csv::field).collect(Collectors.joining(",")) + "\r\n";
    }

    private static String field(Object value) {
        String text = value == null ? "" : value.toString();
        boolean quoted = text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n')
                || !text.equals(text.strip());
        return quoted ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }
}
