package transconv.notebook;

import java.util.Locale;
import org.nd4j.linalg.factory.Nd4j;
import transconv.engines.Engines;
import transconv.engines.onednn.OneDnnEngine;
import transconv.engines.vector.VectorEngine;

/** Prints what this Java installation offers, one line a fact; each line starts with its name and a colon. */
public final class Doctor {

    private Doctor() {}

    public static void main(String[] args) {
        Runtime runtime = Runtime.getRuntime();
        // A notebook shows each printed piece as a message of its own: print whole lines.
        System.out.println("java: %s (%s)".formatted(Runtime.version(), System.getProperty("java.vendor")));
        System.out.println("platform: %s %s, %d cores"
                .formatted(
                        System.getProperty("os.name"), System.getProperty("os.arch"), runtime.availableProcessors()));
        System.out.println(String.format(Locale.ROOT, "memory: at most %,d MB of heap", runtime.maxMemory() >> 20));
        System.out.println("nd4j: " + nd4j());
        System.out.println("onednn: " + onednn());
        System.out.println("vector: " + vector());
        System.out.println("engine: " + engine());
    }

    private static String engine() {
        try {
            return Engines.current().name();
        } catch (IllegalArgumentException | IllegalStateException e) {
            return e.getMessage();
        }
    }

    private static String nd4j() {
        try {
            return "loads, backend %s".formatted(Nd4j.getBackend().getClass().getSimpleName());
        } catch (RuntimeException | LinkageError e) {
            return doesNotLoad(e);
        }
    }

    private static String onednn() {
        try {
            return "loads, version %s".formatted(new OneDnnEngine().version());
        } catch (RuntimeException | LinkageError e) {
            return doesNotLoad(e);
        }
    }

    private static String vector() {
        try {
            return "runs, vectors of %d floats".formatted(new VectorEngine().lanes());
        } catch (LinkageError e) {
            return "steps aside: " + e.getMessage();
        }
    }

    private static String doesNotLoad(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return "does not load: " + cause;
    }
}
