package transconv.training;

/** Range checks of the optimizers' and schedules' numbers. */
final class Arguments {

    private Arguments() {}

    static double positive(String owner, String argument, double value) {
        return require(value > 0 && !Double.isInfinite(value), owner, argument, value, "a finite number above 0");
    }

    static double notNegative(String owner, String argument, double value) {
        return require(value >= 0 && !Double.isInfinite(value), owner, argument, value, "a finite number at least 0");
    }

    static double share(String owner, String argument, double value) {
        return require(value >= 0 && value < 1, owner, argument, value, "at least 0 and below 1");
    }

    static double shareOrOne(String owner, String argument, double value) {
        return require(value >= 0 && value <= 1, owner, argument, value, "at least 0 and at most 1");
    }

    private static double require(boolean holds, String owner, String argument, double value, String rule) {
        if (!holds) {
            throw new IllegalArgumentException("%s: %s=%s must be %s; change it or leave it at its default"
                    .formatted(owner, argument, value, rule));
        }
        return value;
    }
}
