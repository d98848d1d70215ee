package transconv.interop.keras;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import transconv.config.Config;

/**
 * The connections of a functional model. Keras 3 writes the arguments of every call, {@code {args, kwargs}}; Keras 2
 * wrote lists {@code [layer, application, output, kwargs]}. Applications are counted from 0 here; Keras counts those of
 * nested models from 1 in some places, and Keras 2 in all.
 */
final class DrawingFromKeras {

    private final Config config;
    private final List<Map<String, Object>> layers = new ArrayList<>();
    private final Map<String, String> classes = new HashMap<>();
    private boolean isOfKeras2;

    DrawingFromKeras(Config config) {
        this.config = config;
        List<Config> entries = config.list("layers").stream()
                .map(written -> ConfigFromKeras.entry(config, written))
                .toList();
        for (Config entry : entries) {
            classes.put(entry.text("name"), entry.text("class_name"));
            isOfKeras2 |= entry.list("inbound_nodes").stream().anyMatch(List.class::isInstance);
        }
        for (Config entry : entries) {
            Map<String, Object> layer = new LinkedHashMap<>(ConfigFromKeras.layer(entry));
            layer.put("name", entry.text("name"));
            layer.put(
                    "inbound_nodes",
                    entry.list("inbound_nodes").stream()
                            .map(node -> node(entry.text("name"), node))
                            .toList());
            layers.add(layer);
        }
    }

    void addTo(Map<String, Object> settings) {
        settings.put("layers", layers);
        settings.put("input_layers", ends("input_layers"));
        settings.put("output_layers", ends("output_layers"));
    }

    private List<List<Object>> node(String layer, Object written) {
        List<List<Object>> tensors = new ArrayList<>();
        if (written instanceof List<?> list) {
            for (Object one : list) {
                tensors.add(reference(layer, one, true));
                if (one instanceof List<?> parts && parts.size() > 3) {
                    requireNoArguments(layer, parts.get(3));
                }
            }
        } else if (written instanceof Map<?, ?> call) {
            addTensors(layer, call.get("args"), tensors);
            Map<Object, Object> more =
                    new LinkedHashMap<>(call.get("kwargs") instanceof Map<?, ?> kwargs ? kwargs : Map.of());
            addTensors(layer, more.remove("inputs"), tensors);
            requireNoArguments(layer, more);
        } else {
            throw new IllegalArgumentException("%s: the connection '%s' of layer '%s' must be args and kwargs"
                    .formatted(config.owner(), ConfigFromKeras.brief(written), layer));
        }
        return tensors;
    }

    private void addTensors(String layer, Object value, List<List<Object>> tensors) {
        if (value instanceof List<?> list) {
            list.forEach(one -> addTensors(layer, one, tensors));
        } else if (value instanceof Map<?, ?> map
                && "__keras_tensor__".equals(map.get("class_name"))
                && map.get("config") instanceof Map<?, ?> tensor) {
            tensors.add(reference(layer, tensor.get("keras_history"), false));
        } else if (value != null) {
            throw new IllegalArgumentException("%s: layer '%s' is called with '%s'; tensors alone are supported"
                    .formatted(config.owner(), layer, ConfigFromKeras.brief(value)));
        }
    }

    /** What {@code training} was when the model was drawn is nothing to Keras: fit and predict say it anew. */
    private void requireNoArguments(String layer, Object written) {
        if (written instanceof Map<?, ?> arguments) {
            arguments.forEach((name, value) -> {
                boolean isTraining = "training".equals(name) && value instanceof Boolean;
                boolean isNone = value == null
                        || value instanceof List<?> all && all.stream().allMatch(Objects::isNull);
                if (!isNone && !isTraining) {
                    throw new IllegalArgumentException(
                            "%s: layer '%s' is called with %s=%s, which is not supported; call it with its inputs alone"
                                    .formatted(config.owner(), layer, name, ConfigFromKeras.brief(value)));
                }
            });
        }
    }

    private List<Object> reference(String place, Object written, boolean isEnd) {
        if (!(written instanceof List<?> parts)
                || parts.size() < 3
                || !(parts.get(0) instanceof String layer)
                || !(parts.get(1) instanceof Integer application)
                || !(parts.get(2) instanceof Integer)) {
            throw new IllegalArgumentException("%s: '%s' at '%s' is no tensor; it must be [layer, application, output]"
                    .formatted(config.owner(), ConfigFromKeras.brief(written), place));
        }
        boolean isFunctional = List.of("Functional", "Model").contains(classes.getOrDefault(layer, ""));
        boolean isModel = isFunctional || "Sequential".equals(classes.get(layer));
        boolean countsFromOne = isEnd && (isOfKeras2 ? isModel : isFunctional);
        return List.of(layer, countsFromOne ? application - 1 : application, parts.get(2));
    }

    /** Inputs or outputs by name come in the order of their names, as Keras flattens them. */
    private List<List<Object>> ends(String setting) {
        List<List<Object>> ends = new ArrayList<>();
        Object written = config.values().get(setting);
        if (written instanceof Map<?, ?> byName) {
            Map<String, Object> sorted = new TreeMap<>();
            byName.forEach((name, value) -> sorted.put(String.valueOf(name), value));
            sorted.values().forEach(value -> ends.add(reference(setting, value, true)));
        } else {
            List<?> list = config.list(setting);
            boolean isSingle = !list.isEmpty() && list.get(0) instanceof String;
            (isSingle ? List.of(list) : list).forEach(one -> ends.add(reference(setting, one, true)));
        }
        return ends;
    }
}
