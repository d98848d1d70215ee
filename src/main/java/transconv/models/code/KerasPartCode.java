package transconv.models.code;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import transconv.config.Config;
import transconv.layers.Constraints;
import transconv.layers.Initializers;
import transconv.layers.Regularizers;
import transconv.training.Loss;
import transconv.training.Optimizer;
import transconv.training.metrics.Metrics;

/** Initializers, optimizers and other parts as Keras' constructors make them; defaults are left out. */
final class KerasPartCode {

    private KerasPartCode() {}

    /** A setting's value: a literal, or the call that makes the part. */
    static String of(String setting, Object value) {
        if (value instanceof Map<?, ?> part && part.containsKey("class_name")) {
            return made(module(setting), Config.of(setting, part));
        }
        return PythonText.of(value);
    }

    private static String module(String setting) {
        if (setting.endsWith("initializer")) {
            return "keras.initializers";
        }
        if (setting.endsWith("regularizer")) {
            return "keras.regularizers";
        }
        return setting.endsWith("constraint") ? "keras.constraints" : "keras.optimizers.schedules";
    }

    /** {@code keras.optimizers.Adam(learning_rate=0.01)} of a part's class name and settings. */
    static String made(String module, Config part) {
        String type = part.text("class_name");
        Config config = Config.of(type, part.part("config").values());
        if (type.equals("Values") || type.equals("ICNR")) {
            // Keras has no such initializers; the weights come from a file, so what the layer began with is no matter.
            return PythonText.quoted("zeros");
        }
        Map<String, Object> defaults = defaults(module, type);
        List<String> arguments = new ArrayList<>();
        config.values().forEach((setting, value) -> {
            boolean isDefault = defaults.containsKey(setting)
                    ? value == null ? defaults.get(setting) == null : value.equals(defaults.get(setting))
                    : value == null;
            if (!isDefault) {
                arguments.add(setting + "=" + of(setting, value));
            }
        });
        return "%s.%s(%s)".formatted(module, type, String.join(", ", arguments));
    }

    /** What the part's settings are where none is given; nothing for parts that cannot be made without. */
    private static Map<String, Object> defaults(String module, String type) {
        Config none = Config.of(type);
        try {
            return switch (module) {
                case "keras.initializers" -> Initializers.fromConfig(type, none)
                        .config()
                        .values();
                case "keras.regularizers" -> Regularizers.fromConfig(type, none)
                        .config()
                        .values();
                case "keras.constraints" -> Constraints.fromConfig(type, none)
                        .config()
                        .values();
                case "keras.optimizers" -> Optimizer.fromConfig(type, none)
                        .config()
                        .values();
                case "keras.losses" -> Loss.fromConfig(type, none).config().values();
                case "keras.metrics" -> Metrics.fromConfig(type, none).config().values();
                default -> Map.of();
            };
        } catch (IllegalArgumentException needsSettings) {
            return Map.of();
        }
    }
}
