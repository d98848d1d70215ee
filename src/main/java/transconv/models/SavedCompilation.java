package transconv.models;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import transconv.config.Config;
import transconv.config.Configurable;
import transconv.layers.Weight;
import transconv.training.Loss;
import transconv.training.Optimizer;
import transconv.training.metrics.Metric;
import transconv.training.metrics.Metrics;

/**
 * What {@code compile} was told, as text. What is a user's own code is noted by its name alone, and has to be given
 * again when the model is loaded. The engine is not noted: it belongs to the machine.
 */
final class SavedCompilation {

    private static final String OWN = "own_code";

    private SavedCompilation() {}

    static Map<String, Object> write(Compilation compilation, Map<String, Weight> names) {
        Map<String, Object> written = new LinkedHashMap<>();
        written.put("optimizer", written(compilation.optimizer, compilation.optimizer.name(), Optimizer::fromConfig));
        written.put(
                "loss",
                compilation.losses.stream()
                        .map(loss -> written(loss, loss.name(), Loss::fromConfig))
                        .toList());
        written.put("loss_weights", compilation.lossWeights);
        written.put(
                "metrics",
                compilation.wantedMetrics.stream().map(SavedCompilation::metric).toList());
        written.put(
                "trainable",
                List.copyOf(WeightNames.parameters(names, compilation.trainable).keySet()));
        return written;
    }

    private static Object metric(Object wanted) {
        if (wanted instanceof List<?> ofOutput) {
            return ofOutput.stream().map(SavedCompilation::metric).toList();
        }
        return wanted instanceof Metric made ? written(made, made.name(), Metrics::fromConfig) : wanted;
    }

    /** Own code is what cannot be made again from its settings as the same class. */
    private static Object written(Configurable part, String name, BiFunction<String, Config, ?> maker) {
        try {
            Config config = part.config();
            if (maker.apply(part.className(), config).getClass() == part.getClass()) {
                return part.serialized();
            }
        } catch (UnsupportedOperationException | IllegalArgumentException notReadable) {
            // noted by name below
        }
        return Map.of(OWN, name);
    }

    /**
     * @param given what the caller of load gives, instead of what is written
     * @throws IllegalArgumentException if what is written is wrong, or is own code that was not given
     */
    static Compilation read(Config written, Compilation given) {
        Compilation read = new Compilation();
        List<String> missing = new ArrayList<>();
        if (given.optimizer != null) {
            read.optimizer = given.optimizer;
        } else {
            read.optimizer = made(written.part("optimizer"), "optimizer", missing, Optimizer::fromConfig);
        }
        read.losses = given.losses.isEmpty()
                ? all(written, "loss", part -> made(part, "loss", missing, Loss::fromConfig))
                : given.losses;
        read.wantedMetrics = given.wantedMetrics.isEmpty()
                ? all(written, "metrics", part -> made(part, "metrics", missing, Metrics::fromConfig))
                : given.wantedMetrics;
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException(
                    ("it was compiled with code of your own, %s, which no file holds; give it to load, as in "
                                    + "Model.load(file, loss(mine)), or load without it: Model.loadUncompiled(file)")
                            .formatted(String.join(", ", missing)));
        }
        read.lossWeights = given.lossWeights.isEmpty() ? numbers(written.list("loss_weights")) : given.lossWeights;
        read.engine = given.engine;
        return read.complete();
    }

    private static <T> T made(Config part, String what, List<String> missing, BiFunction<String, Config, T> maker) {
        if (part.has(OWN)) {
            missing.add("%s '%s'".formatted(what, part.text(OWN)));
            return null;
        }
        String className = part.text("class_name");
        return maker.apply(className, Config.of(className, part.part("config").values()));
    }

    /** Parts of a list; a name stands for itself, null for own code. */
    private static <T> List<T> all(Config written, String setting, Function<Config, ?> maker) {
        return all(written.list(setting), setting, maker);
    }

    @SuppressWarnings("unchecked")
    private static <T> List<T> all(List<?> written, String setting, Function<Config, ?> maker) {
        List<T> parts = new ArrayList<>();
        for (Object part : written) {
            if (part instanceof List<?> ofOutput && setting.equals("metrics")) {
                parts.add((T) all(ofOutput, setting, maker));
            } else if (part instanceof Map<?, ?> map) {
                parts.add((T) maker.apply(Config.of("compile." + setting, map)));
            } else if (part instanceof String && setting.equals("metrics")) {
                parts.add((T) part);
            } else {
                throw new IllegalArgumentException(
                        "compile: %s has '%s'; it must be class_name and config".formatted(setting, part));
            }
        }
        return parts;
    }

    private static List<Double> numbers(List<?> written) {
        if (!written.stream().allMatch(Number.class::isInstance)) {
            throw new IllegalArgumentException("compile: loss_weights=%s must be numbers".formatted(written));
        }
        return written.stream().map(number -> ((Number) number).doubleValue()).toList();
    }

    /** The weights that could be trained when the model was compiled. */
    static List<Weight> trainable(Config written, Map<String, Weight> names) {
        List<Weight> trainable = new ArrayList<>();
        for (Object name : written.list("trainable")) {
            Weight weight = names.get(name);
            if (weight == null || !weight.learned() || trainable.contains(weight)) {
                throw new IllegalArgumentException(
                        "compile: trainable has '%s', which is no weight to train, or is there twice; there are %s"
                                .formatted(name, names.keySet()));
            }
            trainable.add(weight);
        }
        return trainable;
    }
}
