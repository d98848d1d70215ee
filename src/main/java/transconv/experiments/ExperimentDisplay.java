package transconv.experiments;

import java.util.Objects;
import java.util.function.Supplier;

/** Where experiments find what shows their progress: text on {@code System.out}, until a notebook registers its own. */
public final class ExperimentDisplay {

    private static volatile Supplier<ExperimentListener> current = ExperimentDisplay::text;

    private ExperimentDisplay() {}

    /** Takes another display from the next experiment on; a new one is asked for each. */
    public static void use(Supplier<ExperimentListener> display) {
        current = Objects.requireNonNull(display, "ExperimentDisplay: display is null; give a supplier");
    }

    /** A line a run, on what is {@code System.out} by now. */
    public static ExperimentListener text() {
        return new TextExperimentProgress(System.out);
    }

    static ExperimentListener create() {
        return current.get();
    }
}
