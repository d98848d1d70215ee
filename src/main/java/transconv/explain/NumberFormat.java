package transconv.explain;

import java.math.BigDecimal;
import java.math.MathContext;

/** Numbers as short as a cell of a picture needs them: whole ones whole, others with four digits. */
final class NumberFormat {

    private static final int DIGITS = 4;
    /** Of a sum's result, which a reader may add up. */
    private static final int DIGITS_OF_RESULT = 8;

    private NumberFormat() {}

    static String of(double value) {
        return of(value, DIGITS);
    }

    static String result(double value) {
        return of(value, DIGITS_OF_RESULT);
    }

    private static String of(double value, int digits) {
        if (!Double.isFinite(value)) {
            return Double.isNaN(value) ? "NaN" : value > 0 ? "∞" : "-∞";
        }
        if (value == Math.rint(value) && Math.abs(value) < 1e7) {
            return Long.toString((long) value);
        }
        BigDecimal rounded =
                new BigDecimal(value).round(new MathContext(digits)).stripTrailingZeros();
        boolean plain = Math.abs(value) >= 1e-4 && Math.abs(value) < 1e7;
        return plain ? rounded.toPlainString() : "%.2e".formatted(value);
    }

    /** As a factor of a product: negative ones in brackets. */
    static String factor(double value) {
        return value < 0 ? "(" + of(value) + ")" : of(value);
    }
}
