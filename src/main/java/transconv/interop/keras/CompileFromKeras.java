package transconv.interop.keras;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import transconv.config.Config;
import transconv.models.CompileOption;
import transconv.models.Model;
import transconv.training.Loss;
import transconv.training.Optimizer;
import transconv.training.metrics.BaseMetric;
import transconv.training.metrics.Metrics;

/**
 * What a model was compiled with, as Keras writes it: losses, their weights and metrics alone, in lists, or by the
 * names of outputs. Source: Keras 3, {@code Trainer.get_compile_config}; for the older form {@code training_config}.
 */
final class CompileFromKeras {

    /** What Keras writes of each of our options. */
    private static final Map<String, List<String>> SETTINGS = Map.of(
            "optimizer", List.of("optimizer", "optimizer_config"),
            "loss", List.of("loss"),
            "lossWeights", List.of("loss_weights"),
            "metrics", List.of("metrics", "weighted_metrics"));

    /** Numbers by which a metric takes memory when it is made. */
    private static final Map<String, Integer> LARGEST =
            Map.of("num_thresholds", 100_000, "num_labels", 100_000, "num_classes", 4_000);

    private final Map<String, Object> compilation;
    private final List<String> outputs;
    private final List<String> outputKeys;
    private Config written;

    /**
     * @param compilation {@code compile_config}
     * @param outputKeys  the names under which the outputs were given to the model, or an empty list
     */
    CompileFromKeras(Map<String, Object> compilation, Model model, List<String> outputKeys) {
        this.compilation = compilation;
        this.outputs = model.outputNames();
        this.outputKeys = outputKeys;
    }

    /** As options, without those that are given instead, then these. What is given instead may be code in the file. */
    CompileOption[] options(CompileOption... instead) {
        Map<String, Object> needed = new LinkedHashMap<>(compilation);
        Set<String> given = Arrays.stream(instead).map(CompileOption::name).collect(Collectors.toSet());
        SETTINGS.forEach((option, settings) -> {
            if (given.contains(option)) {
                settings.forEach(needed::remove);
            }
        });
        needed.computeIfPresent("optimizer_config", (setting, value) -> withoutRegistration(value));
        written = Config.of("compile_config", KerasObjects.plain("compile_config", needed));
        List<CompileOption> options = new ArrayList<>();
        if (!given.contains("optimizer")) {
            options.add(CompileOption.optimizer(optimizer()));
        }
        if (!given.contains("loss")) {
            options.add(CompileOption.loss(losses()));
        }
        if (written.has("loss_weights")) {
            options.add(CompileOption.lossWeights(lossWeights()));
        }
        if (!given.contains("metrics")) {
            options.add(CompileOption.metrics(metrics()));
        }
        options.addAll(List.of(instead));
        return options.toArray(CompileOption[]::new);
    }

    private Optimizer optimizer() {
        String setting = written.has("optimizer_config") ? "optimizer_config" : "optimizer";
        if (written.values().get(setting) instanceof String name) {
            return Optimizer.named(name);
        }
        Config part = written.part(setting);
        Map<String, Object> settings = new LinkedHashMap<>(part.part("config").values());
        // of Keras 2, without effect
        settings.remove("jit_compile");
        settings.remove("is_legacy_optimizer");
        return Optimizer.fromConfig(part.text("class_name"), Config.of(part.text("class_name"), settings));
    }

    /** Keras 2 registered its own optimizers as if they were someone's: {@code Custom>Adam}. */
    private static Object withoutRegistration(Object optimizer) {
        if (optimizer instanceof Map<?, ?> map
                && map.get("config") instanceof Map<?, ?> config
                && config.containsKey("is_legacy_optimizer")) {
            Map<Object, Object> plain = new LinkedHashMap<>(map);
            plain.put("class_name", String.valueOf(map.get("class_name")).replaceFirst("^Custom>", ""));
            return plain;
        }
        return optimizer;
    }

    private Loss[] losses() {
        if (!written.has("loss")) {
            throw new IllegalArgumentException(
                    "compile_config: it was compiled without a loss; give one: KerasFile.load(file, loss(\"mse\")), or"
                            + " load it by KerasFile.loadUncompiled(file)");
        }
        return perOutput("loss", written.values().get("loss")).stream()
                .map(CompileFromKeras::loss)
                .toArray(Loss[]::new);
    }

    private static Loss loss(Object written) {
        return part("loss", written, Loss::named, part -> {
            Map<String, Object> settings = new TreeMap<>(part.part("config").values());
            // Keras 2's word for the same
            settings.replace("reduction", "auto", "sum_over_batch_size");
            settings.remove("fn");
            return Loss.fromConfig(part.text("class_name"), Config.of(part.text("class_name"), settings));
        });
    }

    private static <T> T part(String place, Object written, Function<String, T> named, Function<Config, T> made) {
        if (written instanceof String name) {
            return named.apply(name);
        }
        if (written instanceof Map<?, ?> map) {
            return made.apply(Config.of("compile_config." + place, map));
        }
        throw new IllegalArgumentException("compile_config: %s has '%s'; it must be a name, or class_name and config"
                .formatted(place, ConfigFromKeras.brief(written)));
    }

    private double[] lossWeights() {
        return perOutput("loss_weights", written.values().get("loss_weights")).stream()
                .mapToDouble(weight -> {
                    if (!(weight instanceof Number number)) {
                        throw new IllegalArgumentException("compile_config: loss_weights=%s must be numbers"
                                .formatted(
                                        ConfigFromKeras.brief(written.values().get("loss_weights"))));
                    }
                    return number.doubleValue();
                })
                .toArray();
    }

    /** One value for all outputs, or one for each: what is given by name comes in the outputs' order. */
    private List<?> perOutput(String setting, Object value) {
        if (value instanceof List<?> list) {
            return list;
        }
        if (!(value instanceof Map<?, ?> byName) || byName.containsKey("class_name")) {
            return List.of(value);
        }
        List<Object> ordered = new ArrayList<>();
        boolean mayMiss = setting.equals("metrics");
        for (String name : outputs.containsAll(byName.keySet()) ? outputs : outputKeys) {
            ordered.add(mayMiss ? byName.containsKey(name) ? byName.get(name) : List.of() : byName.get(name));
        }
        if (ordered.contains(null) || !mayMiss && ordered.size() != byName.size() || ordered.isEmpty()) {
            throw new IllegalArgumentException("compile_config: %s is given for %s; the outputs are %s"
                    .formatted(setting, byName.keySet(), outputs));
        }
        return ordered;
    }

    private List<?> metrics() {
        if (written.has("weighted_metrics")) {
            throw new IllegalArgumentException(
                    "compile_config: weighted_metrics are not supported; give metrics instead: KerasFile.load(file,"
                            + " metrics(\"mae\"))");
        }
        if (!written.has("metrics")) {
            return List.of();
        }
        Object metrics = written.values().get("metrics");
        if (outputs.size() == 1) {
            return made(metrics instanceof Map<?, ?> map && !map.containsKey("class_name") ? map.values() : metrics);
        }
        List<?> each = perOutput("metrics", metrics);
        return each.stream().map(CompileFromKeras::made).toList();
    }

    private static List<?> made(Object metrics) {
        return flat(metrics).stream().map(CompileFromKeras::metric).toList();
    }

    private static List<?> flat(Object value) {
        List<Object> all = new ArrayList<>();
        if (value instanceof Collection<?> list) {
            list.forEach(one -> all.addAll(flat(one)));
        } else if (value != null) {
            all.add(value);
        }
        return all;
    }

    /** A name stands for itself: what accuracy is depends on the output. */
    private static Object metric(Object written) {
        return CompileFromKeras.<Object>part("metrics", written, name -> name, part -> {
            Config settings =
                    Config.of(part.text("class_name"), part.part("config").values());
            LARGEST.forEach((setting, largest) -> {
                if (settings.has(setting) && settings.integer(setting) > largest) {
                    throw new IllegalArgumentException(
                            "compile_config: %s: %s=%,d may be at most %,d; it takes memory at once"
                                    .formatted(settings.owner(), setting, settings.integer(setting), largest));
                }
            });
            boolean isOfKeras2 = settings.owner().equals("MeanMetricWrapper") && settings.has("fn");
            return isOfKeras2
                    ? ((BaseMetric<?>) Metrics.named(settings.text("fn"))).name(settings.text("name"))
                    : Metrics.fromConfig(settings.owner(), settings);
        });
    }
}
