package transconv.interop.keras;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Objects as Keras writes them down, {@code {module, class_name, config, registered_name}}: only those of Keras itself
 * are let through. Source: Keras 3, {@code serialize_keras_object}.
 */
final class KerasObjects {

    private KerasObjects() {}

    /**
     * The same values, with the names of functions and tuples in plain form.
     *
     * @throws IllegalArgumentException if an object is a user's own class or function, or a lambda
     */
    static Map<String, Object> plain(String place, Map<?, ?> written) {
        requireOwnOfKeras(place, written);
        Map<String, Object> values = new LinkedHashMap<>();
        boolean isPart = written.containsKey("class_name");
        written.forEach((name, value) -> {
            String setting = String.valueOf(name);
            if (isPart && setting.equals("compile_config")) {
                // read on its own, or not at all: it may be code where the layers are not
                return;
            }
            String inner = isPart ? place : place + "." + setting;
            values.put(setting, value(isPart && setting.equals("config") ? named(place, written) : inner, value));
        });
        return values;
    }

    /** Where a part is, by its own name where it has one. */
    private static String named(String place, Map<?, ?> written) {
        boolean hasName = written.get("config") instanceof Map<?, ?> config && config.get("name") instanceof String;
        return hasName ? String.valueOf(((Map<?, ?>) written.get("config")).get("name")) : place;
    }

    private static Object value(String place, Object value) {
        if (value instanceof List<?> list) {
            List<Object> values = new ArrayList<>(list.size());
            list.forEach(one -> values.add(value(place, one)));
            return values;
        }
        if (!(value instanceof Map<?, ?> map)) {
            return value;
        }
        Object className = map.get("class_name");
        if ("__tuple__".equals(className) && map.get("items") instanceof List<?> items) {
            return value(place, items);
        }
        Map<String, Object> plain = plain(place, map);
        return "function".equals(className) ? plain.get("config") : plain;
    }

    private static void requireOwnOfKeras(String place, Map<?, ?> written) {
        if (!(written.get("class_name") instanceof String className)) {
            return;
        }
        Object module = written.get("module");
        Object registered = written.get("registered_name");
        boolean isLambda = className.equals("__lambda__");
        boolean isForeign = module instanceof String name && !name.equals("keras") && !name.startsWith("keras.");
        boolean isRegistered = registered instanceof String name && name.contains(">") || className.contains(">");
        if (isLambda || isForeign || isRegistered) {
            Object function = className.equals("function") ? written.get("config") : className;
            throw new IllegalArgumentException(
                    ("%s: %s is %s, which is no part of Keras; nothing in a file is ever executed: save the model with "
                                    + "Keras' own parts")
                            .formatted(
                                    place,
                                    isLambda ? "a lambda" : "'" + ConfigFromKeras.brief(function) + "'",
                                    isLambda
                                            ? "code"
                                            : "code of someone's own (registered as '%s', module '%s')"
                                                    .formatted(
                                                            ConfigFromKeras.brief(registered),
                                                            ConfigFromKeras.brief(module))));
        }
    }
}
