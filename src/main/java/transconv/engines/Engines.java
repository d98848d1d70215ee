package transconv.engines;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import transconv.engines.nd4j.Nd4jEngine;
import transconv.engines.onednn.OneDnnEngine;
import transconv.engines.reference.ReferenceEngine;
import transconv.engines.vector.VectorEngine;

/**
 * The engines of this build and the one in use. The fastest that works here is taken, unless {@code TRANSCONV_ENGINE}
 * (environment or system property) or {@link #use} names another.
 */
public final class Engines {

    /** The variable that names the engine. */
    public static final String VARIABLE = "TRANSCONV_ENGINE";

    private static final Map<String, Supplier<Engine>> FASTEST_FIRST = new LinkedHashMap<>();

    static {
        FASTEST_FIRST.put("onednn", OneDnnEngine::new);
        FASTEST_FIRST.put("vector", VectorEngine::new);
        FASTEST_FIRST.put("nd4j", Nd4jEngine::new);
        FASTEST_FIRST.put("reference", ReferenceEngine::new);
    }

    private static Engine current;

    private Engines() {}

    /** The engine in use; models take it when they are compiled. */
    public static synchronized Engine current() {
        if (current == null) {
            String named = System.getProperty(VARIABLE, System.getenv().getOrDefault(VARIABLE, ""));
            current = named.isBlank() ? fastest() : named(named);
        }
        return current;
    }

    /** Takes another engine for the models compiled from now on. */
    public static synchronized void use(Engine engine) {
        current = engine;
    }

    /**
     * An engine by its name.
     *
     * @throws IllegalArgumentException if there is no engine of that name
     */
    public static Engine named(String name) {
        Supplier<Engine> engine = FASTEST_FIRST.get(name.strip().toLowerCase(Locale.ROOT));
        if (engine == null) {
            throw new IllegalArgumentException(
                    "%s=%s: no such engine; choose one of %s, or leave it unset for the fastest"
                            .formatted(VARIABLE, name, FASTEST_FIRST.keySet()));
        }
        return engine.get();
    }

    /** All engines that work here, the fastest first. */
    public static List<Engine> available() {
        List<Engine> available = new ArrayList<>();
        for (Supplier<Engine> engine : FASTEST_FIRST.values()) {
            try {
                available.add(engine.get());
            } catch (LinkageError | RuntimeException failure) {
                // It is the same that fastest() passes over.
            }
        }
        return available;
    }

    private static Engine fastest() {
        Throwable[] failures = new Throwable[FASTEST_FIRST.size()];
        int tried = 0;
        for (Supplier<Engine> engine : FASTEST_FIRST.values()) {
            try {
                return engine.get();
            } catch (LinkageError | RuntimeException failure) {
                failures[tried++] = failure;
            }
        }
        throw new IllegalStateException("no engine works here: " + Arrays.toString(failures));
    }
}
