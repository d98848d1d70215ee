package transconv.interop.keras;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import transconv.config.Config;
import transconv.config.Configurable;
import transconv.models.CompileSettings;
import transconv.training.Loss;
import transconv.training.Optimizer;
import transconv.training.metrics.Metric;
import transconv.training.metrics.Metrics;

/** What a model was compiled with, as Keras 3 writes it. Source: Keras 3, {@code Trainer.get_compile_config}. */
final class CompileToKeras {

    private CompileToKeras() {}

    /**
     * @param settings null for a model that is not compiled
     * @param outputs  how many the model has
     * @throws IllegalArgumentException if there is code of someone's own among it
     */
    static Map<String, Object> of(CompileSettings settings, int outputs) {
        Map<String, Object> written = new LinkedHashMap<>();
        if (settings == null) {
            return written;
        }
        written.put("optimizer", optimizer(settings.optimizer()));
        List<Object> losses = new ArrayList<>();
        settings.losses().forEach(loss -> losses.add(part("keras.losses", loss, loss.name(), Loss::fromConfig)));
        written.put("loss", losses.size() == 1 && outputs == 1 ? losses.get(0) : each(losses, outputs));
        written.put("loss_weights", settings.lossWeights().isEmpty() ? null : each(settings.lossWeights(), outputs));
        List<?> metrics =
                settings.metrics().stream().map(CompileToKeras::metric).toList();
        boolean asTheyAre = outputs == 1 || metrics.stream().allMatch(List.class::isInstance);
        written.put("metrics", metrics.isEmpty() ? null : asTheyAre ? metrics : Collections.nCopies(outputs, metrics));
        written.put("weighted_metrics", null);
        return written;
    }

    private static Object metric(Object metric) {
        if (metric instanceof List<?> ofOutput) {
            return ofOutput.stream().map(CompileToKeras::metric).toList();
        }
        return metric instanceof Metric made ? part("keras.metrics", made, made.name(), Metrics::fromConfig) : metric;
    }

    private static List<?> each(List<?> values, int outputs) {
        return values.size() == 1 ? Collections.nCopies(outputs, values.get(0)) : values;
    }

    private static Map<String, Object> optimizer(Optimizer optimizer) {
        Map<String, Object> written = part("keras.optimizers", optimizer, optimizer.name(), Optimizer::fromConfig);
        Map<String, Object> config = new LinkedHashMap<>(optimizer.config().values());
        if (config.get("learning_rate") instanceof Map<?, ?> schedule) {
            config.put(
                    "learning_rate",
                    ConfigToKeras.object(
                            "keras.optimizers.schedules", schedule.get("class_name"), schedule.get("config")));
        }
        written.put("config", config);
        return written;
    }

    /** Own code is what cannot be made again from its settings as the same class. */
    private static Map<String, Object> part(
            String module, Configurable part, String name, BiFunction<String, Config, ?> maker) {
        try {
            if (maker.apply(part.className(), part.config()).getClass() == part.getClass()) {
                return ConfigToKeras.object(
                        module, part.className(), part.config().values());
            }
        } catch (UnsupportedOperationException | IllegalArgumentException notOfKeras) {
            // reported below
        }
        throw new IllegalArgumentException(
                ("it is compiled with code of your own, '%s', which no file of Keras holds; compile it with Keras'"
                                + " parts, or save as NAME.tcm")
                        .formatted(name));
    }
}
