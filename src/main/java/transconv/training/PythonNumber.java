package transconv.training;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;

/** Numbers as Python prints them: Java's own text differs in form, and rounds a decimal copy instead of the value. */
final class PythonNumber {

    private PythonNumber() {}

    /** Python's {@code repr}: the fewest digits that give the value again. */
    static String repr(double value) {
        if (!Double.isFinite(value)) {
            return notFinite(value);
        }
        BigDecimal shortest = shortest(Math.abs(value));
        int exponent = exponent(shortest);
        if (exponent < -4 || exponent >= 16) {
            BigDecimal digits = shortest.stripTrailingZeros();
            return sign(value) + scientific(digits, digits.precision() - 1);
        }
        String plain = shortest.stripTrailingZeros().toPlainString();
        return sign(value) + (plain.contains(".") ? plain : plain + ".0");
    }

    private static BigDecimal shortest(double value) {
        BigDecimal exact = new BigDecimal(value);
        for (int digits = 1; digits <= 17; digits++) {
            // At a power of two the nearest may miss the value, and its neighbour above still give it.
            for (RoundingMode mode : List.of(RoundingMode.HALF_EVEN, RoundingMode.UP)) {
                BigDecimal rounded = exact.round(new MathContext(digits, mode));
                if (rounded.doubleValue() == value) {
                    return rounded;
                }
            }
        }
        return exact;
    }

    /** Python's {@code .Nf}. */
    static String fixed(double value, int decimals) {
        return Double.isFinite(value)
                ? sign(value)
                        + new BigDecimal(value)
                                .abs()
                                .setScale(decimals, RoundingMode.HALF_EVEN)
                                .toPlainString()
                : notFinite(value);
    }

    /** Python's {@code .Ne}. */
    static String scientific(double value, int decimals) {
        if (!Double.isFinite(value)) {
            return notFinite(value);
        }
        return sign(value) + scientific(new BigDecimal(value).abs(), decimals);
    }

    private static String scientific(BigDecimal value, int decimals) {
        BigDecimal rounded = value.round(new MathContext(decimals + 1, RoundingMode.HALF_EVEN));
        int exponent = exponent(rounded);
        String mantissa = rounded.movePointLeft(exponent)
                .setScale(decimals, RoundingMode.UNNECESSARY)
                .toPlainString();
        return "%se%s%02d".formatted(mantissa, exponent < 0 ? "-" : "+", Math.abs(exponent));
    }

    private static int exponent(BigDecimal value) {
        return value.signum() == 0 ? 0 : value.precision() - value.scale() - 1;
    }

    private static String sign(double value) {
        return value < 0 || 1 / value < 0 ? "-" : "";
    }

    private static String notFinite(double value) {
        return Double.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
    }
}
