package transconv.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Settings by name, in order, of JSON's types alone: text, numbers, truth values, lists, maps and null. Reading one
 * checks its type, so that a file's mistake is reported with its place.
 *
 * <pre>{@code
 * Config config = Config.of("Conv2D").with("filters", 8).with("kernel_size", new int[] {3, 3});
 * System.out.println(config.integer("filters") + " " + config.values()); // 8 {filters=8, kernel_size=[3, 3]}
 * }</pre>
 */
public final class Config {

    private final String owner;
    private final Map<String, Object> values = new LinkedHashMap<>();

    private Config(String owner) {
        this.owner = owner;
    }

    /** @param owner whose settings they are, for messages: {@code Conv2D} */
    public static Config of(String owner) {
        return new Config(owner);
    }

    /** Settings that were read from somewhere. */
    public static Config of(String owner, Map<?, ?> values) {
        Config config = new Config(owner);
        values.forEach((name, value) -> config.with(String.valueOf(name), value));
        return config;
    }

    /**
     * Sets one value.
     *
     * @param value null, text, a number, a truth value, an int array, a list or map of these, or something {@link
     *     Configurable}
     */
    public Config with(String name, Object value) {
        values.put(name, plain(value));
        return this;
    }

    private static Object plain(Object value) {
        if (value instanceof Configurable part) {
            return part.serialized();
        }
        if (value instanceof int[] numbers) {
            return Arrays.stream(numbers).boxed().toList();
        }
        if (value instanceof Enum<?> constant) {
            return constant.name().toLowerCase(Locale.ROOT);
        }
        return value;
    }

    public String owner() {
        return owner;
    }

    /** Whether the setting is there and not null. */
    public boolean has(String name) {
        return values.get(name) != null;
    }

    public Map<String, Object> values() {
        return Collections.unmodifiableMap(values);
    }

    public int integer(String name) {
        Number number = typed(name, Number.class, "a whole number");
        if (number.doubleValue() != number.intValue()) {
            throw wrong(name, "a whole number");
        }
        return number.intValue();
    }

    /** A whole number of up to 64 bits. */
    public long whole(String name) {
        Object value = values.get(name);
        if (!(value instanceof Long || value instanceof Integer)) {
            throw wrong(name, "a whole number of up to 64 bits");
        }
        return ((Number) value).longValue();
    }

    /** A list of whole numbers; a single one is a list of one. */
    public int[] integers(String name) {
        Object value = values.get(name);
        List<Object> all = new ArrayList<>(value instanceof List<?> list ? list : Collections.singletonList(value));
        if (all.stream().anyMatch(one -> !(one instanceof Number n && n.doubleValue() == n.intValue()))) {
            throw wrong(name, "a list of whole numbers");
        }
        return all.stream().mapToInt(one -> ((Number) one).intValue()).toArray();
    }

    public double number(String name) {
        return typed(name, Number.class, "a number").doubleValue();
    }

    public boolean truth(String name) {
        return typed(name, Boolean.class, "true or false");
    }

    public String text(String name) {
        return typed(name, String.class, "text");
    }

    /** A constant of an enum by its name in any case. */
    public <E extends Enum<E>> E choice(String name, Class<E> type) {
        String text = text(name);
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.name().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> wrong(
                        name,
                        "one of " + Arrays.toString(type.getEnumConstants()).toLowerCase(Locale.ROOT)));
    }

    public List<?> list(String name) {
        return typed(name, List.class, "a list");
    }

    /** Settings within the settings. */
    public Config part(String name) {
        return of(owner + "." + name, typed(name, Map.class, "a map of settings"));
    }

    /**
     * The settings of a part that was {@link Configurable#serialized}: their owner is its class name. A part may also
     * be written as its name alone.
     */
    public Config object(String name) {
        if (values.get(name) instanceof String className) {
            return of(className);
        }
        Config written = part(name);
        return of(written.text("class_name"), written.part("config").values());
    }

    /**
     * What a reader makes of a part that was {@link Configurable#serialized}, from its class name and settings.
     *
     * @throws IllegalArgumentException what the reader throws, under this setting's name
     */
    public <T> T object(String name, BiFunction<String, Config, T> reader) {
        Config written = object(name);
        return named(name, () -> reader.apply(written.owner(), written));
    }

    /**
     * What a reader makes of a text.
     *
     * @throws IllegalArgumentException what the reader throws, under this setting's name
     */
    public <T> T text(String name, Function<String, T> reader) {
        String text = text(name);
        return named(name, () -> reader.apply(text));
    }

    private <T> T named(String name, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("%s: setting '%s': %s".formatted(owner, name, e.getMessage()), e);
        }
    }

    /**
     * Fails if there are settings that nobody reads: ignoring one would compute something else than was written.
     *
     * @throws IllegalArgumentException naming the first of them
     */
    public void requireOnly(Set<String> known) {
        for (String name : values.keySet()) {
            if (!known.contains(name)) {
                throw new IllegalArgumentException(
                        "%s: setting '%s' is not known; there are %s".formatted(owner, name, new TreeSet<>(known)));
            }
        }
    }

    private <T> T typed(String name, Class<T> type, String rule) {
        Object value = values.get(name);
        if (!type.isInstance(value)) {
            throw wrong(name, rule);
        }
        return type.cast(value);
    }

    private IllegalArgumentException wrong(String name, String rule) {
        return new IllegalArgumentException(
                values.containsKey(name)
                        ? "%s: setting '%s' is %s; it must be %s".formatted(owner, name, values.get(name), rule)
                        : "%s: setting '%s' is missing; it must be %s".formatted(owner, name, rule));
    }

    @Override
    public String toString() {
        return owner + " " + values;
    }
}
