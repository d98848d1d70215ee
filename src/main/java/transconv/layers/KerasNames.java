package transconv.layers;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import transconv.config.Config;

/**
 * The parts of one kind, found as in Keras: by name, {@code glorot_uniform} or {@code GlorotUniform}, and made again
 * from what {@link transconv.config.Configurable#serialized} wrote.
 */
final class KerasNames<T> {

    private record Entry<T>(String className, Set<String> settings, Function<Config, T> reader) {}

    /** What Keras writes beside a part's class and settings; which class it is stands in its name. */
    private static final Set<String> WRITTEN = Set.of("class_name", "config", "module", "registered_name");

    private final String kind;
    private final Map<String, Entry<T>> byName = new TreeMap<>();
    private final Set<String> choices = new TreeSet<>();

    /** @param kind what they are, for messages: {@code initializer} */
    KerasNames(String kind) {
        this.kind = kind;
    }

    /** A part that its name alone can make, all settings having defaults. */
    KerasNames<T> add(String className, Function<Config, T> reader, String... settings) {
        addWritten(className, reader, settings);
        String name = className.replaceAll("([a-z])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
        choices.add(name);
        return alias(name, className);
    }

    /** A part that only its settings can make. */
    KerasNames<T> addWritten(String className, Function<Config, T> reader, String... settings) {
        byName.put(className, new Entry<>(className, Set.of(settings), reader));
        return this;
    }

    KerasNames<T> alias(String alias, String className) {
        byName.put(alias, byName.get(className));
        return this;
    }

    T named(String name) {
        return fromConfig(name, Config.of(name));
    }

    T fromConfig(String className, Config config) {
        Entry<T> found = byName.get(className);
        if (found == null) {
            throw new IllegalArgumentException(
                    "%s '%s' is not known; choose one of %s".formatted(kind, className, choices));
        }
        config.requireOnly(found.settings());
        return found.reader().apply(config);
    }

    /** The part that a setting names, or describes. */
    T read(Config owner, String setting) {
        if (owner.values().get(setting) instanceof String name) {
            return named(name);
        }
        Config written = owner.part(setting);
        written.requireOnly(WRITTEN);
        return fromConfig(written.text("class_name"), written.has("config") ? written.part("config") : Config.of(kind));
    }

    /** A number, or its default where it was left out. */
    static double number(Config config, String setting, double otherwise) {
        return config.values().containsKey(setting) ? config.number(setting) : otherwise;
    }
}
