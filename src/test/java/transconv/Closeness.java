package transconv;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.TreeMap;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Compares arrays by their largest difference, as a share of the largest wanted absolute value, and keeps the worst it
 * saw. Where all wanted values are zeros, received ones have to be too.
 *
 * <pre>{@code
 * Closeness closeness = new Closeness();
 * closeness.require("forward", expected, actual, 1e-5);
 * System.out.println(closeness);
 * }</pre>
 */
public final class Closeness {

    private final Map<String, Double> worst = new TreeMap<>();

    /** @param what the quantity; worst deviations are kept for each */
    public void require(String what, INDArray expected, INDArray actual, double tolerance) {
        assertArrayEquals(expected.shape(), actual.shape(), what + ": shape");
        require(
                what,
                expected.dup('c').data().asDouble(),
                actual.dup('c').data().asDouble(),
                tolerance);
    }

    public void require(String what, double expected, double actual, double tolerance) {
        require(what, new double[] {expected}, new double[] {actual}, tolerance);
    }

    public void require(String what, double[] expected, double[] actual, double tolerance) {
        double deviation = deviation(expected, actual);
        worst.merge(what, deviation, Math::max);
        assertTrue(
                deviation <= tolerance,
                () -> "%s: deviates by %.2e of the largest value, allowed are %.0e; wanted %s, received %s"
                        .formatted(what, deviation, tolerance, shown(expected), shown(actual)));
    }

    /** NaN where a received value is no number, so that no tolerance allows it. */
    static double deviation(double[] expected, double[] actual) {
        assertTrue(
                expected.length == actual.length,
                () -> expected.length + " values wanted, " + actual.length + " received");
        double largest = 0;
        double difference = 0;
        for (int i = 0; i < expected.length; i++) {
            largest = Math.max(largest, Math.abs(expected[i]));
            difference = Math.max(difference, Math.abs(expected[i] - actual[i]));
        }
        return difference == 0 ? 0 : difference / largest;
    }

    private static String shown(double[] values) {
        StringBuilder text = new StringBuilder("[");
        for (int i = 0; i < Math.min(values.length, 12); i++) {
            text.append(i == 0 ? "" : ", ").append("%.7g".formatted(values[i]));
        }
        return text.append(values.length > 12 ? ", ...]" : "]").toString();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("worst deviations:");
        worst.forEach((what, value) -> text.append(" %s %.1e;".formatted(what, value)));
        return text.toString();
    }
}
