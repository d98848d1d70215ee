package transconv.interop.numpy;

import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The little of Python's notation that headers are written in: a dictionary whose keys are texts, and whose values are
 * texts, True, False, tuples of whole numbers, or lists, which are kept as they stand.
 */
final class PythonLiteral {

    private static final int MOST_DIGITS = 18;
    private static final int MOST_SIZES = 64;

    private final String text;
    private int at;

    private PythonLiteral(String text) {
        this.text = text;
    }

    /** Values are String, Boolean and long[]; a StringBuilder has the text of a list. */
    static Map<String, Object> dictionary(String text) throws IOException {
        PythonLiteral literal = new PythonLiteral(text);
        Map<String, Object> values = literal.dictionary();
        if (literal.peek() != 0) {
            throw literal.unexpected("the end");
        }
        return values;
    }

    private Map<String, Object> dictionary() throws IOException {
        Map<String, Object> values = new LinkedHashMap<>();
        expect('{');
        while (peek() != '}') {
            String key = quoted();
            expect(':');
            if (values.put(key, value()) != null) {
                throw new IOException("the header has the key '%s' twice".formatted(key));
            }
            if (peek() == ',') {
                at++;
            } else if (peek() != '}') {
                throw unexpected("a comma or }");
            }
        }
        expect('}');
        return values;
    }

    private Object value() throws IOException {
        return switch (peek()) {
            case '\'', '"' -> quoted();
            case '(' -> tuple();
            case '[' -> list();
            default -> truth();
        };
    }

    private Boolean truth() throws IOException {
        for (boolean value : new boolean[] {true, false}) {
            String word = value ? "True" : "False";
            if (text.startsWith(word, at)) {
                at += word.length();
                return value;
            }
        }
        throw unexpected("a text, a tuple, True or False");
    }

    private String quoted() throws IOException {
        char quote = peek();
        if (quote != '\'' && quote != '"') {
            throw unexpected("a text in quotes");
        }
        int end = text.indexOf(quote, at + 1);
        if (end < 0 || text.substring(at, end).indexOf('\\') >= 0) {
            throw unexpected("a text in quotes, without backslashes");
        }
        String value = text.substring(at + 1, end);
        at = end + 1;
        return value;
    }

    private long[] tuple() throws IOException {
        long[] sizes = new long[MOST_SIZES];
        int count = 0;
        expect('(');
        while (peek() != ')') {
            if (count == MOST_SIZES) {
                throw new IOException("the shape has more than %d axes".formatted(MOST_SIZES));
            }
            sizes[count++] = number();
            if (peek() == ',') {
                at++;
            } else if (peek() != ')' || count == 1) {
                // (3) is a number, (3,) a tuple
                throw unexpected("a comma");
            }
        }
        expect(')');
        return Arrays.copyOf(sizes, count);
    }

    private long number() throws IOException {
        peek();
        int begin = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        if (at == begin || at - begin > MOST_DIGITS) {
            at = begin;
            throw unexpected("a whole number of 1 to %d digits".formatted(MOST_DIGITS));
        }
        long value = Long.parseLong(text.substring(begin, at));
        if (at < text.length() && text.charAt(at) == 'L') {
            // Python 2 wrote its long numbers so
            at++;
        }
        return value;
    }

    /** Only for the message that refuses it. */
    private StringBuilder list() throws IOException {
        int depth = 0;
        for (int end = at; end < text.length(); end++) {
            depth += text.charAt(end) == '[' ? 1 : text.charAt(end) == ']' ? -1 : 0;
            if (depth == 0) {
                StringBuilder list = new StringBuilder(text.substring(at, end + 1));
                at = end + 1;
                return list;
            }
        }
        throw unexpected("a list with its end");
    }

    private void expect(char wanted) throws IOException {
        if (peek() != wanted) {
            throw unexpected("'" + wanted + "'");
        }
        at++;
    }

    /** The next character that is no space; 0 at the end. */
    private char peek() {
        while (at < text.length() && " \n\t\r".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return at < text.length() ? text.charAt(at) : 0;
    }

    private IOException unexpected(String wanted) {
        String found =
                at < text.length() ? "'" + text.substring(at, Math.min(text.length(), at + 12)) + "'" : "nothing";
        return new IOException("the header has %s at character %d; there must be %s".formatted(found, at, wanted));
    }
}
