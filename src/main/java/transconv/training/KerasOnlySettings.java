package transconv.training;

import java.util.Set;
import transconv.config.Config;

/** Settings that Keras writes for every optimizer and that have no counterpart here: read where they change nothing. */
final class KerasOnlySettings {

    static final Set<String> NAMES = Set.of(
            "name",
            "use_ema",
            "ema_momentum",
            "ema_overwrite_frequency",
            "loss_scale_factor",
            "gradient_accumulation_steps");

    private KerasOnlySettings() {}

    /** @throws IllegalArgumentException if one of them would change the steps */
    static void requireWithoutEffect(Config config) {
        refuse(config, "use_ema", config.has("use_ema") && config.truth("use_ema"));
        refuse(config, "loss_scale_factor", config.has("loss_scale_factor"));
        refuse(config, "gradient_accumulation_steps", config.has("gradient_accumulation_steps"));
    }

    private static void refuse(Config config, String name, boolean set) {
        if (set) {
            throw new IllegalArgumentException("%s: setting '%s' is %s, which is not supported; leave it out"
                    .formatted(config.owner(), name, config.values().get(name)));
        }
    }
}
