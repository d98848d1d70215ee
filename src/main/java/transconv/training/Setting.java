package transconv.training;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.DoubleConsumer;
import java.util.function.DoubleSupplier;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import transconv.config.Config;

/**
 * One of the settings of an optimizer or a schedule: its name in Keras, how it is written down, and how it is set from
 * what was written.
 */
record Setting(String name, Supplier<?> value, Consumer<Config> set) {

    static Setting number(String name, DoubleSupplier value, DoubleConsumer set) {
        return new Setting(name, value::getAsDouble, config -> set.accept(config.number(name)));
    }

    /** A number that may be missing: NaN stands for none, and is written as null. */
    static Setting numberOrNone(String name, DoubleSupplier value, DoubleConsumer set) {
        return new Setting(name, () -> Double.isNaN(value.getAsDouble()) ? null : value.getAsDouble(), config -> {
            if (config.has(name)) {
                set.accept(config.number(name));
            }
        });
    }

    static Setting whole(String name, LongSupplier value, LongConsumer set) {
        return new Setting(name, value::getAsLong, config -> set.accept(whole(config, name)));
    }

    static Setting truth(String name, BooleanSupplier value, Consumer<Boolean> set) {
        return new Setting(name, value::getAsBoolean, config -> set.accept(config.truth(name)));
    }

    /** A whole number that may exceed an int's range. */
    static long whole(Config config, String name) {
        double number = config.number(name);
        // A double holds every whole number up to 2^53.
        if (number != Math.rint(number) || Math.abs(number) > 1L << 53) {
            throw new IllegalArgumentException(
                    "%s: setting '%s' is %s; it must be a whole number".formatted(config.owner(), name, number));
        }
        return (long) number;
    }

    /** Writes the settings behind those that {@code config} has. */
    static Config write(Config config, Collection<Setting> settings) {
        settings.forEach(setting -> config.with(setting.name, setting.value.get()));
        return config;
    }

    /**
     * Sets what {@code config} has of the settings; the others keep their values.
     *
     * @param others names that are read elsewhere
     * @throws IllegalArgumentException if it has any but these
     */
    static void read(Config config, Collection<Setting> settings, Set<String> others) {
        Set<String> known = new HashSet<>(others);
        settings.forEach(setting -> known.add(setting.name));
        config.requireOnly(known);
        settings.stream()
                .filter(setting -> config.values().containsKey(setting.name))
                .forEach(setting -> setting.set.accept(config));
    }

    /** What {@code make} makes of a part that was written by class name and settings. */
    static <T> T part(Config config, String name, BiFunction<String, Config, T> make) {
        Config part = config.part(name);
        // Keras' own files say besides where its class is found in Python.
        part.requireOnly(Set.of("class_name", "config", "module", "registered_name"));
        return make.apply(part.text("class_name"), part.part("config"));
    }

    static double[] numbers(Config config, String name) {
        return each(config, name).mapToDouble(one -> one.number(name)).toArray();
    }

    static long[] wholes(Config config, String name) {
        return each(config, name).mapToLong(one -> whole(one, name)).toArray();
    }

    private static Stream<Config> each(Config config, String name) {
        return config.list(name).stream().map(one -> Config.of(config.owner()).with(name, one));
    }
}
