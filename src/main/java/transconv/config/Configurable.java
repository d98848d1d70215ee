package transconv.config;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A part of a model that can be written down by name and settings, and made again from them.
 *
 * <pre>{@code
 * Configurable part = () -> Config.of("GlorotUniform").with("seed", 7);
 * System.out.println(part.serialized().get("config")); // {seed=7}
 * }</pre>
 */
@FunctionalInterface
public interface Configurable {

    /** The class as Keras names it: {@code GlorotUniform}. */
    default String className() {
        return getClass().getSimpleName();
    }

    /**
     * The settings by Keras' names, {@code kernel_size}; what Keras lacks has names of our own.
     *
     * @throws UnsupportedOperationException if the part is code that cannot be written down, such as a lambda
     */
    Config config();

    /** Name and settings as Keras writes them: {@code {class_name: GlorotUniform, config: {seed: null}}}. */
    default Map<String, Object> serialized() {
        Map<String, Object> written = new LinkedHashMap<>();
        written.put("class_name", className());
        written.put("config", config().values());
        return written;
    }
}
