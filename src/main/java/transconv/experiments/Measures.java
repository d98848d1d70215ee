package transconv.experiments;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a run found: numbers by name, in order. They may be NaN or infinite, as the loss of a run that diverged.
 *
 * <pre>{@code
 * System.out.println(Measures.of("loss", 0.25).and("accuracy", 0.5)); // {loss=0.25, accuracy=0.5}
 * }</pre>
 */
public final class Measures {

    private final Map<String, Double> values;

    Measures(Map<String, Double> values) {
        this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** @throws IllegalArgumentException if the name is blank */
    public static Measures of(String name, double value) {
        return new Measures(Map.of()).and(name, value);
    }

    /**
     * These and one more.
     *
     * @throws IllegalArgumentException if the name is blank or taken
     */
    public Measures and(String name, double value) {
        if (name == null || name.isBlank() || values.containsKey(name)) {
            throw new IllegalArgumentException(
                    "Measures: name '%s' is blank or taken; names so far: %s".formatted(name, values.keySet()));
        }
        Map<String, Double> more = new LinkedHashMap<>(values);
        more.put(name, value);
        return new Measures(more);
    }

    /** Values by name. */
    public Map<String, Double> values() {
        return values;
    }

    @Override
    public String toString() {
        return values.toString();
    }
}
