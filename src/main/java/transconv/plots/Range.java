package transconv.plots;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/** The part of an axis that shows all finite values, with room around them. */
record Range(double low, double high) {

    static Range of(Collection<List<Double>> lines, Collection<Double> floors) {
        double[] values = DoubleStream.concat(
                        lines.stream().flatMap(Collection::stream).mapToDouble(v -> v),
                        floors.stream().mapToDouble(v -> v))
                .filter(Double::isFinite)
                .toArray();
        if (values.length == 0) {
            return new Range(0, 1);
        }
        double least = DoubleStream.of(values).min().orElseThrow();
        double most = DoubleStream.of(values).max().orElseThrow();
        double spread = most - least;
        if (spread <= Math.ulp((float) Math.max(Math.abs(least), Math.abs(most)))) {
            spread = least == 0 ? 1 : Math.abs(least);
        }
        double low = least - (floors.isEmpty() ? 0.06 : 0.12) * spread;
        // A loss is never negative: its axis has no room below zero.
        return new Range(least >= 0 ? Math.max(0, low) : low, most + 0.06 * spread);
    }

    /** A tick's text, with as many decimals for all ticks as their distance needs. */
    String label(double tick) {
        double spread = high - low;
        if (spread >= 1e6 || spread < 1e-6) {
            return String.format(Locale.ROOT, "%.3g", tick);
        }
        int decimals = (int) Math.max(0, Math.ceil(-Math.log10(spread)) + 1);
        return String.format(Locale.ROOT, "%." + (spread > 20 ? 0 : decimals) + "f", tick);
    }

    /** Four significant digits, without an exponent where that is short. */
    static String digits(double value) {
        if (!Double.isFinite(value)) {
            return Double.toString(value);
        }
        BigDecimal rounded = new BigDecimal(value)
                .round(new MathContext(4, RoundingMode.HALF_EVEN))
                .stripTrailingZeros();
        double size = Math.abs(value);
        return size == 0 || size >= 1e-4 && size < 1e7 ? rounded.toPlainString() : rounded.toString();
    }
}
