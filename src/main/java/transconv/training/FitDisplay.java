package transconv.training;

import java.util.Objects;
import java.util.function.Supplier;

/**
 * Where {@code fit} finds what shows its progress: text on {@code System.out}, until a notebook registers its own.
 *
 * <p>The levels are Keras' {@code verbose}: 0 shows nothing, 1 the registered live display, 2 one line an epoch.
 */
public final class FitDisplay {

    private static final Callback SILENT = new Callback() {};

    private static volatile Supplier<Callback> live = FitDisplay::text;

    private FitDisplay() {}

    /**
     * A display for one training run.
     *
     * @param verbose 0, 1 or 2
     * @throws IllegalArgumentException for any other level
     */
    public static Callback create(int verbose) {
        return switch (verbose) {
            case 0 -> SILENT;
            case 1 -> live.get();
            case 2 -> text();
            default -> throw new IllegalArgumentException(
                    "fit: verbose=%d is not a level; use 0 (nothing), 1 (live) or 2 (a line an epoch)"
                            .formatted(verbose));
        };
    }

    /** Makes {@code display} what level 1 shows from the next run on; a new one is asked for each run. */
    public static void use(Supplier<Callback> display) {
        live = Objects.requireNonNull(display, "FitDisplay: display is null; give a supplier of a Callback");
    }

    // A notebook kernel exchanges System.out for every cell: look it up when the run starts.
    private static Callback text() {
        return new TextProgress(System.out);
    }
}
