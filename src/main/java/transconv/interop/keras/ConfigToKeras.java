package transconv.interop.keras;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import transconv.layers.Input;
import transconv.layers.Layer;
import transconv.models.Model;
import transconv.models.Sequential;

/**
 * A model's description as Keras 3 writes and reads it. Settings and layers that Keras has not are refused. Source:
 * Keras 3, {@code serialize_keras_object}, {@code Functional.get_config}.
 */
final class ConfigToKeras {

    /** Layers and settings of our own. */
    private static final Set<String> OWN_LAYERS = Set.of("PixelShuffle", "PixelUnshuffle");

    private static final Set<String> OWN_SETTINGS =
            Set.of("rule", "padding_begin", "padding_end", "output_size", "coordinate_transformation");

    private static final Map<String, String> MODULES = Map.of(
            "initializer", "keras.initializers",
            "regularizer", "keras.regularizers",
            "constraint", "keras.constraints");

    /** What was written of a layer that is in several places. */
    private final Map<Object, Map<String, Object>> shared = new HashMap<>();

    private ConfigToKeras() {}

    /** The object of {@code config.json}, but for what it was compiled with. */
    static Map<String, Object> model(Model model) {
        return new ConfigToKeras().entry(model, model.serialized());
    }

    static Map<String, Object> object(String module, Object className, Object config) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("module", module);
        object.put("class_name", className);
        object.put("config", config);
        object.put("registered_name", null);
        return object;
    }

    private Map<String, Object> entry(Layer layer, Map<String, Object> written) {
        Object id = written.get("shared_object_id");
        if (id != null && shared.containsKey(id)) {
            return new LinkedHashMap<>(shared.get(id));
        }
        Map<String, Object> config = map(written.get("config"));
        Map<String, Object> entry;
        if (layer instanceof Sequential row) {
            entry = object("keras", "Sequential", row(row, config));
        } else if (layer instanceof Model model) {
            entry = object("keras.src.models.functional", "Functional", drawing(model, config));
            entry.put("registered_name", "Functional");
        } else {
            entry = object("keras.layers", layer.className(), settings(layer, config));
        }
        if (id != null) {
            entry.put("shared_object_id", id);
            shared.put(id, entry);
        }
        return entry;
    }

    private Map<String, Object> row(Sequential model, Map<String, Object> config) {
        List<Layer> layers = new ArrayList<>(model.inputs());
        layers.addAll(model.layers());
        List<?> written = (List<?>) config.get("layers");
        List<Object> entries = new ArrayList<>();
        for (int i = 0; i < written.size(); i++) {
            entries.add(entry(layers.get(i), map(written.get(i))));
        }
        config.put("layers", entries);
        return config;
    }

    private Map<String, Object> drawing(Model model, Map<String, Object> config) {
        Map<String, Layer> layers = new HashMap<>();
        model.inputs().forEach(input -> layers.put(input.label(), input));
        model.layers().forEach(layer -> layers.put(layer.label(), layer));
        List<Object> entries = new ArrayList<>();
        for (Object one : (List<?>) config.get("layers")) {
            Map<String, Object> written = map(one);
            Layer layer = layers.get(String.valueOf(written.get("name")));
            Map<String, Object> entry = entry(layer, written);
            entry.put("name", layer.label());
            entry.put(
                    "inbound_nodes",
                    ((List<?>) written.get("inbound_nodes"))
                            .stream().map(node -> call((List<?>) node, layers)).toList());
            entries.add(entry);
        }
        config.put("layers", entries);
        config.put("input_layers", ends(config.get("input_layers"), layers));
        config.put("output_layers", ends(config.get("output_layers"), layers));
        return config;
    }

    private static Map<String, Object> call(List<?> references, Map<String, Layer> layers) {
        List<Map<String, Object>> tensors = references.stream()
                .map(reference -> tensor((List<?>) reference, layers))
                .toList();
        Map<String, Object> call = new LinkedHashMap<>();
        call.put("args", List.of(tensors.size() == 1 ? tensors.get(0) : tensors));
        call.put("kwargs", Map.of());
        return call;
    }

    private static Map<String, Object> tensor(List<?> reference, Map<String, Layer> layers) {
        Layer source = layers.get(String.valueOf(reference.get(0)));
        int[] shape = source instanceof Input input
                ? input.shape().toArray()
                : source.outputShapes().get((Integer) reference.get(2)).toArray();
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("shape", batched(shape));
        config.put("dtype", "float32");
        config.put("keras_history", reference);
        Map<String, Object> tensor = new LinkedHashMap<>();
        tensor.put("class_name", "__keras_tensor__");
        tensor.put("config", config);
        return tensor;
    }

    /** Keras counts the applications of functional models from 1 here, and here alone. */
    private static Object ends(Object written, Map<String, Layer> layers) {
        List<?> list = (List<?>) written;
        if (!(list.get(0) instanceof String name)) {
            return list.stream().map(one -> ends(one, layers)).toList();
        }
        Layer layer = layers.get(name);
        boolean isFunctional = layer instanceof Model && !(layer instanceof Sequential);
        return List.of(name, (Integer) list.get(1) + (isFunctional ? 1 : 0), list.get(2));
    }

    private static List<Object> batched(int[] shape) {
        List<Object> sizes = new ArrayList<>(Collections.singletonList(null));
        Arrays.stream(shape).forEach(sizes::add);
        return sizes;
    }

    private static Map<String, Object> settings(Layer layer, Map<String, Object> config) {
        if (OWN_LAYERS.contains(layer.className())) {
            throw new IllegalArgumentException(
                    "layer '%s' is a %s, which Keras has not; take it out, or save as NAME.tcm"
                            .formatted(layer.label(), layer.className()));
        }
        if (layer instanceof Input input) {
            Map<String, Object> settings = new LinkedHashMap<>();
            settings.put("batch_shape", batched(input.shape().toArray()));
            settings.put("dtype", "float32");
            settings.put("sparse", false);
            settings.put("ragged", false);
            settings.put("name", input.label());
            return settings;
        }
        Map<String, Object> settings = new LinkedHashMap<>();
        boolean isTransposed = layer.className().endsWith("Transpose");
        config.forEach((name, value) -> {
            if (OWN_SETTINGS.contains(name) || isTransposed && name.equals("groups") && !value.equals(1)) {
                throw new IllegalArgumentException(
                        "layer '%s': setting '%s' is %s, which Keras has not; save as NAME.tcm"
                                .formatted(layer.label(), name, value));
            }
            settings.put(name, value instanceof Map<?, ?> part ? part(layer, name, part) : value);
        });
        settings.put("dtype", "float32");
        if (isTransposed) {
            settings.remove("groups");
        }
        if (layer.className().startsWith("SpatialDropout")) {
            settings.remove("trainable");
        }
        return settings;
    }

    private static Object part(Layer layer, String setting, Map<?, ?> part) {
        String kind = setting.substring(setting.lastIndexOf('_') + 1);
        String className = String.valueOf(part.get("class_name"));
        if (!MODULES.containsKey(kind) || className.equals("ICNR")) {
            throw new IllegalArgumentException("layer '%s': setting '%s' is %s, which Keras has not; save as NAME.tcm"
                    .formatted(layer.label(), setting, className));
        }
        return object(MODULES.get(kind), className, part.get("config"));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object written) {
        return new LinkedHashMap<>((Map<String, Object>) written);
    }
}
