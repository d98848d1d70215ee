package transconv.experiments;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * All combinations of some parameters' values, less the excluded ones; the last parameter changes fastest. A grid is
 * never changed: each call returns another one.
 *
 * <pre>{@code
 * Grid grid = Grid.of().vary("kernel", 2, 3).vary("strides", 1, 2)
 *         .exclude(setting -> setting.integer("strides") == setting.integer("kernel"));
 * System.out.println(grid.settings()); // [kernel=2, strides=1, kernel=3, strides=1, kernel=3, strides=2]
 * }</pre>
 */
public final class Grid {

    /** More runs than anybody waits for; a grid of that size is a slip. */
    private static final long MOST = 100_000;

    private final Map<String, List<Object>> parameters;
    private final List<Predicate<Setting>> exclusions;

    private Grid(Map<String, List<Object>> parameters, List<Predicate<Setting>> exclusions) {
        this.parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        this.exclusions = List.copyOf(exclusions);
    }

    /** A grid without parameters. */
    public static Grid of() {
        return new Grid(Map.of(), List.of());
    }

    /**
     * Adds a parameter. Called {@code seed}, with whole numbers, it also seeds the run.
     *
     * @param values numbers, text, truth values or an enum's constants
     * @throws IllegalArgumentException if the name is blank or taken, or values are missing, equal or of another kind
     */
    public Grid vary(String name, Object... values) {
        if (name == null || name.isBlank()) {
            throw new IllegalArgumentException("Grid: parameter name '%s' is blank; give it one".formatted(name));
        }
        if (parameters.containsKey(name)) {
            throw new IllegalArgumentException(
                    "Grid: parameter '%s' is there already; vary it once, with all values".formatted(name));
        }
        if (values == null || values.length == 0) {
            throw new IllegalArgumentException("Grid: parameter '%s' has no values; give at least one".formatted(name));
        }
        List<Object> taken = new ArrayList<>();
        for (Object value : values) {
            Object allowed = Setting.value(name, value);
            if (taken.contains(allowed)) {
                throw new IllegalArgumentException("Grid: %s=%s is there twice; leave one out".formatted(name, value));
            }
            if (name.equals(Experiment.SEED) && !(allowed instanceof Long)) {
                throw new IllegalArgumentException(
                        "Grid: seed=%s must be a whole number; it seeds the run".formatted(value));
            }
            taken.add(allowed);
        }
        Map<String, List<Object>> more = new LinkedHashMap<>(parameters);
        more.put(name, List.copyOf(taken));
        long runs = 1;
        for (List<Object> some : more.values()) {
            runs *= some.size();
            if (runs > MOST) {
                throw new IllegalArgumentException(
                        "Grid: %s makes more than %,d settings; vary fewer values".formatted(more.keySet(), MOST));
            }
        }
        return new Grid(more, exclusions);
    }

    /** Leaves out settings. */
    public Grid exclude(Predicate<Setting> excluded) {
        List<Predicate<Setting>> more = new ArrayList<>(exclusions);
        more.add(Objects.requireNonNull(excluded, "Grid: excluded is null; give a condition"));
        return new Grid(parameters, more);
    }

    /** The values of each parameter. */
    public Map<String, List<Object>> parameters() {
        return parameters;
    }

    /** All settings, in order. */
    public List<Setting> settings() {
        List<Map<String, Object>> combinations = List.of(Map.of());
        for (Map.Entry<String, List<Object>> parameter : parameters.entrySet()) {
            List<Map<String, Object>> longer = new ArrayList<>();
            for (Map<String, Object> combination : combinations) {
                for (Object value : parameter.getValue()) {
                    Map<String, Object> next = new LinkedHashMap<>(combination);
                    next.put(parameter.getKey(), value);
                    longer.add(next);
                }
            }
            combinations = longer;
        }
        return combinations.stream()
                .map(Setting::new)
                .filter(setting -> exclusions.stream().noneMatch(excluded -> excluded.test(setting)))
                .toList();
    }

    @Override
    public String toString() {
        return "%s: %d settings".formatted(parameters, settings().size());
    }
}
