package transconv.notebook;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collection;
import java.util.Locale;

/**
 * Prints the numbers of one table alike: whole numbers without a point if all are whole, else all with as many
 * decimals as the most precise one needs, at most four; all with an exponent if they are huge or tiny.
 */
final class NumberText {

    private static final int MOST_DECIMALS = 4;
    private final boolean exponent;
    private final int decimals;

    private NumberText(boolean exponent, int decimals) {
        this.exponent = exponent;
        this.decimals = decimals;
    }

    static NumberText of(Collection<?> values) {
        double largest = 0;
        int decimals = 0;
        boolean whole = true;
        for (Object value : values) {
            if (!(value instanceof Float || value instanceof Double)) {
                continue;
            }
            double number = ((Number) value).doubleValue();
            if (Double.isFinite(number) && number != 0) {
                largest = Math.max(largest, Math.abs(number));
                // The shortest text that is this float or double: 0.1f counts one decimal.
                decimals = Math.max(
                        decimals,
                        new BigDecimal(value.toString()).stripTrailingZeros().scale());
                whole &= number == Math.rint(number);
            }
        }
        boolean exponent = largest >= 1e9 || !whole && largest > 0 && (largest >= 1e7 || largest < 1e-3);
        return new NumberText(exponent, whole ? 0 : Math.min(MOST_DECIMALS, decimals));
    }

    String format(Object value) {
        if (value == null) {
            return "";
        }
        if (!(value instanceof Float || value instanceof Double)) {
            return value.toString();
        }
        double number = ((Number) value).doubleValue();
        if (!Double.isFinite(number)) {
            return Double.isNaN(number) ? "NaN" : number > 0 ? "∞" : "-∞";
        }
        if (exponent) {
            return String.format(Locale.ROOT, "%.4e", number);
        }
        return new BigDecimal(value.toString())
                .setScale(decimals, RoundingMode.HALF_EVEN)
                .toPlainString();
    }
}
