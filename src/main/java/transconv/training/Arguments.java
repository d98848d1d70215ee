package transconv.training;

/** Range checks of the optimizers' numbers. */
final class Arguments {

    private Arguments() {
    }

    static double positive(String optimizer, String argument, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException("%s: %s=%s must be a finite number above 0".formatted(optimizer, argument, value));
        }
        return value;
    }

    static double share(String optimizer, String argument, double value) {
        if (!(value >= 0 && value < 1)) {
            throw new IllegalArgumentException("%s: %s=%s must be at least 0 and below 1".formatted(optimizer, argument, value));
        }
        return value;
    }
}
