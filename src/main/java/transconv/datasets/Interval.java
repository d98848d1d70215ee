package transconv.datasets;

import java.math.BigDecimal;

/** From {@code low} to {@code high}: a setting that each sample draws anew. */
record Interval(double low, double high) {

    /** @throws IllegalArgumentException if {@code least <= low <= high <= most} does not hold */
    static Interval of(String place, double low, double high, double least, double most) {
        if (!(low >= least && low <= high && high <= most)) {
            throw new IllegalArgumentException("%s(%s, %s): must be %s <= low <= high <= %s; give the smaller one first"
                    .formatted(place, text(low), text(high), text(least), text(most)));
        }
        return new Interval(low, high);
    }

    double draw(Draws draws) {
        return draws.between(low, high);
    }

    int drawWhole(Draws draws) {
        return draws.whole((int) low, (int) high);
    }

    /** {@code value} itself where it is from {@code least} to {@code most}. */
    static double check(String place, double value, double least, double most) {
        if (!(value >= least && value <= most)) {
            throw new IllegalArgumentException("%s(%s): must be %s to %s; give a number in that range"
                    .formatted(place, text(value), text(least), text(most)));
        }
        return value;
    }

    static int check(String place, int value, int least, int most) {
        return (int) check(place, (double) value, least, most);
    }

    /** As one writes it: 4 rather than 4.0, 0.0001 rather than 1.0E-4. */
    static String text(double value) {
        return Double.isFinite(value)
                ? new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString()
                : "" + value;
    }
}
