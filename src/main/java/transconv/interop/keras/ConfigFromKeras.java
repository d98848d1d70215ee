package transconv.interop.keras;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import transconv.config.Config;
import transconv.layers.LayerTypes;

/**
 * Keras' description of a model as {@link transconv.models.Model#fromConfig} takes it: without Python's modules, with
 * input shapes without the batch axis, and connections as {@code [layer, application, output]}. Source: Keras 3, {@code
 * serialization_lib}, {@code Functional.get_config}, and for the older form {@code legacy.saving}.
 */
final class ConfigFromKeras {

    private static final Set<String> MODELS = Set.of("Functional", "Model", "Sequential");

    /** Drawing takes time in the square of it. */
    private static final int MAX_STEPS = 2_000;

    /** What Keras writes for each layer beside its settings; what is built follows from the inputs. */
    private static final Set<String> ENTRY = Set.of(
            "module",
            "class_name",
            "config",
            "registered_name",
            "build_config",
            "compile_config",
            "name",
            "inbound_nodes",
            "shared_object_id");

    /** Settings that Keras wrote once or writes for all, with the only value under which they change nothing. */
    private static final Map<String, Object> WITHOUT_EFFECT = Map.of(
            "sparse",
            false,
            "ragged",
            false,
            "optional",
            false,
            "quantization_config",
            "",
            "input_tensor",
            "",
            "groups",
            1);

    private ConfigFromKeras() {}

    /**
     * Class name and settings of a model.
     *
     * @param written the object of {@code config.json}, or of the attribute {@code model_config}
     * @throws IllegalArgumentException if it has what is not Keras' own or not supported, or is no such description
     */
    static Config model(Map<String, Object> written) {
        Config entry = Config.of("config", KerasObjects.plain("config", written));
        String className = entry.text("class_name");
        if (!MODELS.contains(className)) {
            throw new IllegalArgumentException("config: class_name '%s' is no model; it must be one of %s"
                    .formatted(className, new TreeSet<>(MODELS)));
        }
        requireModerate(steps(entry));
        return Config.of("config", model(entry));
    }

    /** How many layers are at work, those of nested models as often as these are applied. */
    private static long steps(Config entry) {
        if (!MODELS.contains(entry.text("class_name"))) {
            return 1;
        }
        Config config = entry.part("config");
        long steps = 1;
        for (Object written : config.list("layers")) {
            Config layer = entry(config, written);
            int times = layer.has("inbound_nodes") ? layer.list("inbound_nodes").size() : 1;
            steps += Math.max(1, times) * steps(layer);
            requireModerate(steps);
        }
        return steps;
    }

    private static void requireModerate(long steps) {
        if (steps > MAX_STEPS) {
            throw new IllegalArgumentException(
                    "config: its layers are applied more than %,d times, which is more than can be drawn; take fewer"
                            .formatted(MAX_STEPS));
        }
    }

    private static Map<String, Object> model(Config entry) {
        Config config = entry.part("config");
        String name = config.has("name") ? config.text("name") : entry.text("class_name");
        Config named = Config.of(name, config.values());
        requireFloat32(named);
        Map<String, Object> settings = new LinkedHashMap<>();
        for (String setting : List.of("name", "trainable")) {
            if (config.has(setting)) {
                settings.put(setting, config.values().get(setting));
            }
        }
        boolean row = entry.text("class_name").equals("Sequential");
        if (row) {
            settings.put("layers", row(named));
        } else {
            new DrawingFromKeras(named).addTo(settings);
        }
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("class_name", row ? "Sequential" : "Functional");
        model.put("config", settings);
        return model;
    }

    private static List<Map<String, Object>> row(Config config) {
        List<Map<String, Object>> layers = new ArrayList<>();
        for (Object written : config.list("layers")) {
            Config entry = entry(config, written);
            Config settings = entry.part("config");
            if (layers.isEmpty() && !entry.text("class_name").equals("InputLayer")) {
                Config shaped = settings.has("batch_input_shape") ? settings : config;
                String setting = settings.has("batch_input_shape") ? "batch_input_shape" : "build_input_shape";
                if (!shaped.has(setting)) {
                    throw new IllegalArgumentException(
                            "%s: the first layer is %s and no input shape is known; build the model before it is saved"
                                    .formatted(config.owner(), entry.text("class_name")));
                }
                layers.add(Map.of("class_name", "InputLayer", "config", Map.of("shape", inputShape(shaped, setting))));
            }
            layers.add(layer(entry));
        }
        return layers;
    }

    /** What is written of a layer. */
    static Config entry(Config model, Object written) {
        if (!(written instanceof Map<?, ?> map)) {
            throw new IllegalArgumentException("%s.layers: '%s' is no layer; it must be class_name and config"
                    .formatted(model.owner(), brief(written)));
        }
        return Config.of(model.owner() + ".layers", map);
    }

    /** A layer's entry without its connections. */
    static Map<String, Object> layer(Config entry) {
        entry.requireOnly(ENTRY);
        String className = entry.text("class_name");
        Config settings = entry.part("config");
        String name = settings.has("name") ? settings.text("name") : className;
        Map<String, Object> layer = new LinkedHashMap<>();
        if (MODELS.contains(className)) {
            layer.putAll(model(entry));
        } else {
            requireKnown(name, className);
            layer.put("class_name", className);
            layer.put("config", settings(className, Config.of(name, settings.values())));
        }
        if (entry.has("shared_object_id")) {
            layer.put("shared_object_id", entry.values().get("shared_object_id"));
        }
        return layer;
    }

    private static void requireKnown(String name, String className) {
        if (!LayerTypes.names().contains(className)) {
            throw new IllegalArgumentException(("layer '%s' is a %s, which is %s; there are %s")
                    .formatted(
                            name,
                            className,
                            className.equals("Lambda")
                                    ? "code in a file, and such code is never run; use layers instead"
                                    : "not supported; build the model of other layers",
                            LayerTypes.names()));
        }
    }

    private static Map<String, Object> settings(String className, Config config) {
        requireFloat32(config);
        Map<String, Object> settings = new LinkedHashMap<>(config.values());
        settings.remove("dtype");
        settings.remove("batch_input_shape");
        WITHOUT_EFFECT.forEach((setting, harmless) -> {
            Object value = settings.get(setting);
            boolean drops = setting.equals("groups") ? className.matches("(Depthwise|Separable).*") : true;
            if (drops && settings.containsKey(setting)) {
                if (value != null && !value.equals(harmless)) {
                    throw new IllegalArgumentException("%s: setting '%s' is %s, which is not supported; leave it out"
                            .formatted(config.owner(), setting, brief(value)));
                }
                settings.remove(setting);
            }
        });
        modernize(className, settings);
        if (className.equals("InputLayer")) {
            String setting = config.has("batch_shape") ? "batch_shape" : "batch_input_shape";
            settings.put("shape", config.has(setting) ? inputShape(config, setting) : config.list("shape"));
            settings.remove("batch_shape");
            settings.remove("batch_size");
        }
        return settings;
    }

    /** What Keras 2 called and wrote otherwise. */
    private static void modernize(String className, Map<String, Object> settings) {
        if (className.equals("LeakyReLU") && settings.containsKey("alpha")) {
            settings.putIfAbsent("negative_slope", settings.remove("alpha"));
        }
        if (className.equals("BatchNormalization")
                && settings.get("axis") instanceof List<?> axes
                && axes.size() == 1) {
            settings.put("axis", axes.get(0));
        }
    }

    /** Without the batch axis, whose length is free here. */
    private static List<?> inputShape(Config config, String setting) {
        List<?> sizes = config.list(setting);
        if (sizes.size() < 2 || sizes.stream().skip(1).anyMatch(size -> !(size instanceof Integer))) {
            throw new IllegalArgumentException(
                    "%s: %s=%s must be the batch's length and others that are whole numbers; give the input a fixed shape"
                            .formatted(config.owner(), setting, brief(sizes)));
        }
        return sizes.subList(1, sizes.size());
    }

    private static void requireFloat32(Config config) {
        Object type = config.values().get("dtype");
        if (type instanceof Map<?, ?> policy && policy.get("config") instanceof Map<?, ?> named) {
            type = named.get("name");
        }
        if (type != null && !type.equals("float32")) {
            throw new IllegalArgumentException("%s: dtype '%s' is not supported; save the model with float32"
                    .formatted(config.owner(), brief(type)));
        }
    }

    /** For messages, at most a line of it. */
    static String brief(Object value) {
        String text = String.valueOf(value);
        return text.length() <= 80 ? text : text.substring(0, 77) + "...";
    }
}
