package transconv.training;

/** Range checks of the numbers that optimizers, schedules and callbacks are given. */
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

    static double finite(String owner, String argument, double value) {
        return require(Double.isFinite(value), owner, argument, value, "a finite number");
    }

    static int notNegative(String owner, String argument, int value) {
        if (value < 0) {
            throw new IllegalArgumentException("%s: %s=%d must be at least 0; change it or leave it at its default"
                    .formatted(owner, argument, value));
        }
        return value;
    }

    static int verbose(String owner, int verbose) {
        if (verbose != 0 && verbose != 1) {
            throw new IllegalArgumentException(
                    "%s: verbose=%d must be 0 (silent) or 1 (says what it does); leave it unset for 0"
                            .formatted(owner, verbose));
        }
        return verbose;
    }

    /** Fails now, not epochs later, if the optimizer has a schedule. */
    static void requireSettableRate(Optimizer optimizer) {
        optimizer.setLearningRate(optimizer.learningRate());
    }

    private static double require(boolean holds, String owner, String argument, double value, String rule) {
        if (!holds) {
            throw new IllegalArgumentException("%s: %s=%s must be %s; change it or leave it at its default"
                    .formatted(owner, argument, value, rule));
        }
        return value;
    }
}
