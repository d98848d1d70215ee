package transconv.notebook;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Checks of a notebook's results: each prints one line when it holds and throws {@link CheckFailedException} when not.
 *
 * <pre>{@code
 * Check.equal("parameters", 12_785, model.parameterCount());   // ✓ parameters = 12,785
 * Check.close("loss", 0.0613, history.last("loss"), 0.0005);
 * }</pre>
 *
 * <p>NaN never passes. Arrays must agree in shape; the message names the first index where they differ.
 */
public final class Check {

    private Check() {}

    /** Whole numbers are the same. */
    public static void equal(String name, long expected, long actual) {
        require(expected == actual, name, "expected %s, got %s".formatted(number(expected), number(actual)));
        passed(name, "= " + number(actual));
    }

    /** Numbers are exactly the same; 0.0 and -0.0 are. */
    public static void equal(String name, double expected, double actual) {
        require(expected == actual, name, "expected exactly %s, got %s".formatted(number(expected), number(actual)));
        passed(name, "= " + number(actual));
    }

    /** Texts are the same, character by character. */
    public static void equal(String name, String expected, String actual) {
        if (expected == null || !expected.equals(actual)) {
            throw failure(
                    name,
                    "expected \"%s\", got %s%s"
                            .formatted(
                                    expected,
                                    actual == null ? "null" : "\"" + actual + "\"",
                                    firstDifference(expected, actual)));
        }
        passed(name, actual.length() <= 60 && actual.indexOf('\n') < 0 ? "= \"" + actual + "\"" : "as expected");
    }

    /** Lists have equal elements in the same order. */
    public static void equal(String name, List<?> expected, List<?> actual) {
        require(expected != null && expected.equals(actual), name, "expected %s, got %s".formatted(expected, actual));
        passed(name, "= " + actual);
    }

    /** Whole numbers are the same, in the same order: a shape. */
    public static void equal(String name, long[] expected, long[] actual) {
        require(
                expected != null && Arrays.equals(expected, actual),
                name,
                "expected %s, got %s".formatted(Arrays.toString(expected), Arrays.toString(actual)));
        passed(name, "= " + Arrays.toString(actual));
    }

    /** Whole numbers are the same, in the same order. */
    public static void equal(String name, int[] expected, int[] actual) {
        require(
                expected != null && Arrays.equals(expected, actual),
                name,
                "expected %s, got %s".formatted(Arrays.toString(expected), Arrays.toString(actual)));
        passed(name, "= " + Arrays.toString(actual));
    }

    /** Numbers are exactly the same, in the same order. */
    public static void equal(String name, double[] expected, double[] actual) {
        passed(name, Comparison.exact(name, expected, actual));
    }

    /** Numbers are exactly the same, in the same order. */
    public static void equal(String name, float[] expected, float[] actual) {
        passed(name, Comparison.exact(name, expected, actual));
    }

    /** Rows have the same lengths and exactly the same numbers. */
    public static void equal(String name, double[][] expected, double[][] actual) {
        passed(name, Comparison.exact(name, expected, actual));
    }

    /** Arrays have the same shape and exactly the same numbers; their data types may differ. */
    public static void equal(String name, INDArray expected, INDArray actual) {
        passed(name, Comparison.exact(name, expected, actual));
    }

    /**
     * {@code |expected - actual| <= tolerance}.
     *
     * @throws IllegalArgumentException if the tolerance is negative or not finite
     */
    public static void close(String name, double expected, double actual, double tolerance) {
        Comparison.validate(name, tolerance);
        require(
                Math.abs(expected - actual) <= tolerance,
                name,
                "expected %s within %s, got %s".formatted(number(expected), number(tolerance), number(actual)));
        passed(name, "= %s (%s ± %s)".formatted(brief(actual), number(expected), number(tolerance)));
    }

    /** Each number differs by at most the tolerance. */
    public static void close(String name, double[] expected, double[] actual, double tolerance) {
        passed(name, Comparison.within(name, expected, actual, tolerance));
    }

    /** Each number differs by at most the tolerance. */
    public static void close(String name, float[] expected, float[] actual, double tolerance) {
        passed(name, Comparison.within(name, expected, actual, tolerance));
    }

    /** Rows have the same lengths, and each number differs by at most the tolerance. */
    public static void close(String name, double[][] expected, double[][] actual, double tolerance) {
        passed(name, Comparison.within(name, expected, actual, tolerance));
    }

    /** Arrays have the same shape, and each number differs by at most the tolerance. */
    public static void close(String name, INDArray expected, INDArray actual, double tolerance) {
        passed(name, Comparison.within(name, expected, actual, tolerance));
    }

    /** {@code actual <= limit}. */
    public static void atMost(String name, double limit, double actual) {
        require(actual <= limit, name, "expected at most %s, got %s".formatted(number(limit), number(actual)));
        passed(name, "= %s, at most %s".formatted(brief(actual), brief(limit)));
    }

    /** {@code actual >= limit}. */
    public static void atLeast(String name, double limit, double actual) {
        require(actual >= limit, name, "expected at least %s, got %s".formatted(number(limit), number(actual)));
        passed(name, "= %s, at least %s".formatted(brief(actual), brief(limit)));
    }

    /** The statement that the name makes is true. */
    public static void that(String name, boolean holds) {
        require(holds, name, "expected true, got false");
        passed(name, "");
    }

    static CheckFailedException failure(String name, String message) {
        return new CheckFailedException(name + ": " + message);
    }

    private static void require(boolean holds, String name, String message) {
        if (!holds) {
            throw failure(name, message);
        }
    }

    private static void passed(String name, String result) {
        System.out.println(("✓ " + name + " " + result).stripTrailing());
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** Six digits: what a reader compares at a glance. A failure shows all of them. */
    private static String brief(double value) {
        return Double.isInfinite(value)
                ? number(value)
                : number(new BigDecimal(value).round(new MathContext(6)).doubleValue());
    }

    /** All digits that tell this double from its neighbours, without an exponent where that is short. */
    static String number(double value) {
        double size = Math.abs(value);
        return size >= 1e-6 && size < 1e-3
                ? new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString()
                : Double.toString(value);
    }

    private static String firstDifference(String expected, String actual) {
        if (expected == null || actual == null) {
            return "";
        }
        int index = 0;
        while (index < Math.min(expected.length(), actual.length()) && expected.charAt(index) == actual.charAt(index)) {
            index++;
        }
        return "; they differ from index " + index;
    }
}
