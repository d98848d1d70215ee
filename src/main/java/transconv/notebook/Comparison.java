package transconv.notebook;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Compares arrays value by value; returns what a passed check says, or throws with the first index that differs. */
final class Comparison {

    private static final int SHOWN_VALUES = 8;

    private Comparison() {}

    static String exact(String name, Object expected, Object actual) {
        return compare(name, expected, actual, 0, "exactly ");
    }

    static String within(String name, Object expected, Object actual, double tolerance) {
        validate(name, tolerance);
        return compare(name, expected, actual, tolerance, "");
    }

    static void validate(String name, double tolerance) {
        if (!(tolerance >= 0 && tolerance < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "Check %s: tolerance=%s must be finite and at least 0".formatted(name, tolerance));
        }
    }

    private static String compare(String name, Object expected, Object actual, double tolerance, String exactly) {
        if (expected == null || actual == null) {
            throw Check.failure(name, expected == null ? "the expected array is null" : "expected an array, got null");
        }
        double[] expectedValues = values(expected);
        double[] actualValues = values(actual);
        String expectedShape = shape(expected);
        String actualShape = shape(actual);
        if (!expectedShape.equals(actualShape)) {
            throw Check.failure(name, "expected shape %s, got %s".formatted(expectedShape, actualShape));
        }
        double worst = 0;
        int differing = 0;
        int first = -1;
        for (int i = 0; i < expectedValues.length; i++) {
            boolean same = tolerance == 0
                    ? expectedValues[i] == actualValues[i]
                    : Math.abs(expectedValues[i] - actualValues[i]) <= tolerance;
            if (!same) {
                differing++;
                first = first < 0 ? i : first;
            }
            worst = Math.max(worst, Math.abs(expectedValues[i] - actualValues[i]));
        }
        if (differing > 0) {
            throw Check.failure(
                    name,
                    String.format(
                            Locale.ROOT,
                            "%,d of %,d values differ, first at %s: expected %s%s%s, got %s",
                            differing,
                            expectedValues.length,
                            Arrays.toString(index(first, expected)),
                            exactly,
                            Check.number(expectedValues[first]),
                            tolerance > 0 ? " within " + Check.number(tolerance) : "",
                            Check.number(actualValues[first])));
        }
        String values = actual instanceof double[] && expectedValues.length <= SHOWN_VALUES
                ? "= " + Arrays.toString(actualValues)
                : String.format(Locale.ROOT, "= %s, %,d values as expected", expectedShape, expectedValues.length);
        return tolerance == 0
                ? values
                : values
                        + String.format(Locale.ROOT, " (within %s, at worst %.1e off)", Check.number(tolerance), worst);
    }

    private static double[] values(Object array) {
        if (array instanceof double[] row) {
            return row;
        }
        if (array instanceof float[] row) {
            return IntStream.range(0, row.length).mapToDouble(i -> row[i]).toArray();
        }
        if (array instanceof double[][] rows) {
            return Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
        }
        INDArray tensor = (INDArray) array;
        return tensor.isEmpty() ? new double[0] : tensor.dup('c').data().asDouble();
    }

    /** The index of the value at this position of {@link #values}. */
    private static long[] index(long position, Object array) {
        if (array instanceof double[][] rows) {
            int row = 0;
            while (position >= rows[row].length) {
                position -= rows[row].length;
                row++;
            }
            return new long[] {row, position};
        }
        long[] shape = array instanceof INDArray tensor ? tensor.shape() : new long[] {Long.MAX_VALUE};
        long[] index = new long[shape.length];
        for (int axis = shape.length - 1; axis >= 0; axis--) {
            index[axis] = position % shape[axis];
            position /= shape[axis];
        }
        return index;
    }

    private static String shape(Object array) {
        if (array instanceof double[] row) {
            return "[" + row.length + "]";
        }
        if (array instanceof float[] row) {
            return "[" + row.length + "]";
        }
        if (array instanceof double[][] rows) {
            boolean ragged = Arrays.stream(rows).anyMatch(row -> row.length != rows[0].length);
            return ragged
                    ? Arrays.stream(rows)
                            .map(row -> "" + row.length)
                            .collect(Collectors.joining(", ", "rows of [", "]"))
                    : "[%d, %d]".formatted(rows.length, rows.length == 0 ? 0 : rows[0].length);
        }
        return LongStream.of(((INDArray) array).shape())
                .mapToObj(Long::toString)
                .collect(Collectors.joining(", ", "[", "]"));
    }
}
