package transconv.experiments;

import java.util.Locale;

/** Numbers to be read, as in a training's progress: four decimals, or four significant digits. */
final class Digits {

    private Digits() {}

    static String of(double value) {
        double size = Math.abs(value);
        boolean plain = size == 0 || size >= 1e-3 && size < 1e7 || !Double.isFinite(value);
        return String.format(Locale.ROOT, plain ? "%.4f" : "%.4e", value);
    }
}
