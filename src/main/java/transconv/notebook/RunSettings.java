package transconv.notebook;

/**
 * How much a notebook computes: {@code full} for readers, {@code quick} for tests, from the environment variable
 * {@code TRANSCONV_RUN}.
 *
 * <pre>{@code
 * int epochs = RunSettings.current().choose(2, 25);
 * }</pre>
 */
public enum RunSettings {

    /** Small sizes, so that a test of all notebooks takes minutes. */
    QUICK,
    /** The sizes that the text of the notebook speaks of. */
    FULL;

    private static final String VARIABLE = "TRANSCONV_RUN";

    /**
     * What the environment asks for; {@link #FULL} when it says nothing.
     *
     * @throws IllegalArgumentException if {@code TRANSCONV_RUN} is neither {@code quick} nor {@code full}
     */
    public static RunSettings current() {
        return of(System.getenv(VARIABLE));
    }

    static RunSettings of(String value) {
        if (value == null || value.isBlank()) {
            return FULL;
        }
        return switch (value.strip()) {
            case "quick" -> QUICK;
            case "full" -> FULL;
            default -> throw new IllegalArgumentException(
                    "%s=%s: the environment variable must be 'quick' or 'full'; unset it for 'full'"
                            .formatted(VARIABLE, value));
        };
    }

    /** True for the small sizes. */
    public boolean isQuick() {
        return this == QUICK;
    }

    /** The first value in a quick run, the second in a full one. */
    public int choose(int quick, int full) {
        return isQuick() ? quick : full;
    }

    /** The first value in a quick run, the second in a full one. */
    public long choose(long quick, long full) {
        return isQuick() ? quick : full;
    }

    /** The first value in a quick run, the second in a full one. */
    public double choose(double quick, double full) {
        return isQuick() ? quick : full;
    }
}
