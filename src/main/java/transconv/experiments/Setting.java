package transconv.experiments;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One point of a {@link Grid}: a value for each parameter, in the order in which the grid varies them.
 *
 * <pre>{@code
 * Setting setting = Grid.of().vary("kernel", 3).vary("rate", 0.5).settings().get(0);
 * System.out.println(setting.integer("kernel") * setting.number("rate")); // 1.5
 * }</pre>
 */
public final class Setting {

    private final Map<String, Object> values;

    Setting(Map<String, Object> values) {
        this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** What a setting can hold: text, truth values, whole numbers as Long, others as finite Double. */
    static Object value(String name, Object value) {
        if (value instanceof Integer || value instanceof Long || value instanceof Short || value instanceof Byte) {
            return ((Number) value).longValue();
        }
        if (value instanceof Float || value instanceof Double) {
            // 0.1f is meant as 0.1, not as 0.10000000149
            double number = Double.parseDouble(value.toString());
            if (!Double.isFinite(number)) {
                throw new IllegalArgumentException("Grid: %s=%s must be finite".formatted(name, value));
            }
            return number;
        }
        if (value instanceof Enum<?> choice) {
            return choice.name();
        }
        if (value instanceof String || value instanceof Boolean) {
            return value;
        }
        throw new IllegalArgumentException(
                "Grid: %s=%s is a %s; a value is a number, text, a truth value or an enum's constant"
                        .formatted(
                                name,
                                value,
                                value == null ? "null" : value.getClass().getSimpleName()));
    }

    /** Values by parameter: Long, Double, Boolean or String. */
    public Map<String, Object> values() {
        return values;
    }

    /** @throws IllegalArgumentException if there is no such parameter, or its value is no whole number of 32 bits */
    public int integer(String name) {
        long value = whole(name);
        if (value != (int) value) {
            throw refused(name, "must fit into an int; read it with whole(\"%s\")".formatted(name));
        }
        return (int) value;
    }

    /** @throws IllegalArgumentException if there is no such parameter, or its value is no whole number */
    public long whole(String name) {
        if (get(name) instanceof Long value) {
            return value;
        }
        throw refused(name, "must be a whole number");
    }

    /** @throws IllegalArgumentException if there is no such parameter, or its value is no number */
    public double number(String name) {
        if (get(name) instanceof Number value) {
            return value.doubleValue();
        }
        throw refused(name, "must be a number");
    }

    /** @throws IllegalArgumentException if there is no such parameter, or its value is no truth value */
    public boolean truth(String name) {
        if (get(name) instanceof Boolean value) {
            return value;
        }
        throw refused(name, "must be true or false");
    }

    /** @throws IllegalArgumentException if there is no such parameter, or its value is no text */
    public String text(String name) {
        if (get(name) instanceof String value) {
            return value;
        }
        throw refused(name, "must be text");
    }

    /** @throws IllegalArgumentException if there is no such parameter, or its value is none of the constants */
    public <E extends Enum<E>> E choice(String name, Class<E> type) {
        String text = text(name);
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.name().equals(text))
                .findFirst()
                .orElseThrow(() -> refused(name, "must be one of " + Arrays.toString(type.getEnumConstants())));
    }

    private Object get(String name) {
        Object value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException(
                    "setting has no parameter '%s'; there are %s".formatted(name, values.keySet()));
        }
        return value;
    }

    private IllegalArgumentException refused(String name, String rule) {
        return new IllegalArgumentException("setting: %s=%s %s".formatted(name, values.get(name), rule));
    }

    /** The same without one parameter. */
    Setting without(String name) {
        get(name);
        Map<String, Object> others = new LinkedHashMap<>(values);
        others.remove(name);
        return new Setting(others);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Setting setting && values.equals(setting.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return values.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(", "));
    }
}
