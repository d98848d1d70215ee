package transconv.training.metrics;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import transconv.config.Config;
import transconv.shape.Shape;

/**
 * Metrics by Keras' names. Source: Keras 3, {@code keras.metrics.get} and {@code compile_utils.get_metric}.
 *
 * <pre>{@code
 * Metric metric = Metrics.named("accuracy", Shape.of(28, 28, 1), Shape.of(28, 28, 1));
 * System.out.println(metric.name() + " by " + metric.className()); // accuracy by BinaryAccuracy
 * }</pre>
 */
public final class Metrics {

    private static final Map<String, Function<Config, BaseMetric<?>>> CLASSES = Map.ofEntries(
            Map.entry("AUC", c -> new AUC()),
            Map.entry("Accuracy", c -> new Accuracy()),
            Map.entry("BinaryAccuracy", c -> new BinaryAccuracy()),
            Map.entry("BinaryCrossentropy", c -> new BinaryCrossentropy()),
            Map.entry("BinaryIoU", c -> c.has("target_class_ids") ? new BinaryIoU(ids(c)) : new BinaryIoU()),
            Map.entry("CategoricalAccuracy", c -> new CategoricalAccuracy()),
            Map.entry("CategoricalCrossentropy", c -> new CategoricalCrossentropy()),
            Map.entry("CategoricalHinge", c -> new CategoricalHinge()),
            Map.entry("ConcordanceCorrelation", c -> new ConcordanceCorrelation()),
            Map.entry("CosineSimilarity", c -> new CosineSimilarity()),
            Map.entry("F1Score", c -> new F1Score()),
            Map.entry("FBetaScore", c -> new FBetaScore()),
            Map.entry("FalseNegatives", c -> new FalseNegatives()),
            Map.entry("FalsePositives", c -> new FalsePositives()),
            Map.entry("Hinge", c -> new Hinge()),
            Map.entry("IoU", c -> new IoU(c.integer("num_classes"), ids(c))),
            Map.entry("KLDivergence", c -> new KLDivergence()),
            Map.entry("LogCoshError", c -> new LogCoshError()),
            Map.entry("Mean", c -> new Mean()),
            Map.entry("MeanAbsoluteError", c -> new MeanAbsoluteError()),
            Map.entry("MeanAbsolutePercentageError", c -> new MeanAbsolutePercentageError()),
            Map.entry("MeanIoU", c -> new MeanIoU(c.integer("num_classes"))),
            Map.entry("MeanSquaredError", c -> new MeanSquaredError()),
            Map.entry("MeanSquaredLogarithmicError", c -> new MeanSquaredLogarithmicError()),
            Map.entry("OneHotIoU", c -> new OneHotIoU(c.integer("num_classes"), ids(c))),
            Map.entry("OneHotMeanIoU", c -> new OneHotMeanIoU(c.integer("num_classes"))),
            Map.entry("PearsonCorrelation", c -> new PearsonCorrelation()),
            Map.entry("Poisson", c -> new Poisson()),
            Map.entry("Precision", c -> new Precision()),
            Map.entry("PrecisionAtRecall", c -> new PrecisionAtRecall(c.number("recall"))),
            Map.entry("R2Score", c -> new R2Score()),
            Map.entry("Recall", c -> new Recall()),
            Map.entry("RecallAtPrecision", c -> new RecallAtPrecision(c.number("precision"))),
            Map.entry("RootMeanSquaredError", c -> new RootMeanSquaredError()),
            Map.entry("SensitivityAtSpecificity", c -> new SensitivityAtSpecificity(c.number("specificity"))),
            Map.entry("SparseCategoricalAccuracy", c -> new SparseCategoricalAccuracy()),
            Map.entry("SparseCategoricalCrossentropy", c -> new SparseCategoricalCrossentropy()),
            Map.entry("SparseTopKCategoricalAccuracy", c -> new SparseTopKCategoricalAccuracy()),
            Map.entry("SpecificityAtSensitivity", c -> new SpecificityAtSensitivity(c.number("sensitivity"))),
            Map.entry("SquaredHinge", c -> new SquaredHinge()),
            Map.entry("Sum", c -> new Sum()),
            Map.entry("TopKCategoricalAccuracy", c -> new TopKCategoricalAccuracy()),
            Map.entry("TrueNegatives", c -> new TrueNegatives()),
            Map.entry("TruePositives", c -> new TruePositives()));

    /** These cannot be made without arguments. */
    private static final Set<String> WITH_ARGUMENTS = Set.of(
            "IoU",
            "MeanIoU",
            "OneHotIoU",
            "OneHotMeanIoU",
            "PrecisionAtRecall",
            "RecallAtPrecision",
            "SensitivityAtSpecificity",
            "SpecificityAtSensitivity");

    private static final Map<String, String> CLASS_OF_NAME = classOfName();

    private Metrics() {}

    private static Map<String, String> classOfName() {
        Map<String, String> names = new TreeMap<>();
        for (String type : CLASSES.keySet()) {
            names.put(type, type);
            names.put(snakeCase(type), type);
        }
        Map.of(
                        "bce", "BinaryCrossentropy",
                        "mse", "MeanSquaredError",
                        "mae", "MeanAbsoluteError",
                        "mape", "MeanAbsolutePercentageError",
                        "msle", "MeanSquaredLogarithmicError")
                .forEach((name, type) -> {
                    names.put(name, type);
                    names.put(name.toUpperCase(Locale.ROOT), type);
                });
        return names;
    }

    /** As Keras cuts words: {@code MeanIoU} is {@code mean_io_u}, {@code R2Score} is {@code r2_score}. */
    private static String snakeCase(String type) {
        return type.replaceAll("(.)([A-Z][a-z0-9]+)", "$1_$2")
                .replaceAll("([a-z])([A-Z])", "$1_$2")
                .toLowerCase(Locale.ROOT);
    }

    private static int[] ids(Config config) {
        return config.integers("target_class_ids");
    }

    /**
     * A metric with Keras' default arguments, by Keras' name in its spellings, {@code "MeanSquaredError"}, {@code
     * "mean_squared_error"}, {@code "mse"} and {@code "MSE"}; it reports under the name given here.
     *
     * @throws IllegalArgumentException if there is none of that name, if it needs arguments, or if it depends on the
     *     shapes as {@code "accuracy"} does
     */
    public static Metric named(String name) {
        if (isAccuracy(name) || isCrossentropy(name)) {
            throw new IllegalArgumentException(
                    "metric '%s' depends on the shapes of target and output; use Metrics.named(name, target, output)"
                            .formatted(name));
        }
        String type = CLASS_OF_NAME.get(String.valueOf(name));
        if (type == null) {
            throw new IllegalArgumentException(
                    "metric '%s' is not known; choose one of %s".formatted(name, shortNames()));
        }
        if (WITH_ARGUMENTS.contains(type)) {
            throw new IllegalArgumentException("metric '%s' needs arguments; use new %s(...)".formatted(name, type));
        }
        return CLASSES.get(type).apply(Config.of(type)).name(name);
    }

    /**
     * A metric by name, where {@code "accuracy"} or {@code "acc"}, in any case, stands for the one that {@link
     * #accuracyFor} chooses, {@code "crossentropy"} or {@code "ce"} for that of {@link #crossentropyFor}.
     *
     * @param target the shape of one target, without the samples' axis
     * @param output the shape of one prediction, without the samples' axis
     * @throws IllegalArgumentException if there is none of that name, or if it needs arguments
     */
    public static Metric named(String name, Shape target, Shape output) {
        if (isAccuracy(name)) {
            return accuracyFor(target, output).name(name);
        }
        return isCrossentropy(name) ? crossentropyFor(target, output).name(name) : named(name);
    }

    /**
     * What Keras takes for {@code "accuracy"}: {@link BinaryAccuracy} if the output's last axis has length 1, whatever
     * the loss is; else {@link SparseCategoricalAccuracy} if the target has fewer axes than the output or a last one of
     * length 1; else {@link CategoricalAccuracy}.
     *
     * @param target the shape of one target, without the samples' axis
     * @param output the shape of one prediction, without the samples' axis
     * @throws IllegalArgumentException if the output has no axis
     */
    public static BaseMetric<?> accuracyFor(Shape target, Shape output) {
        return choose("accuracy", target, output, "BinaryAccuracy", "SparseCategoricalAccuracy", "CategoricalAccuracy");
    }

    /**
     * The crossentropy of the same choice as in {@link #accuracyFor}; Keras has this name for losses only.
     *
     * @param target the shape of one target, without the samples' axis
     * @param output the shape of one prediction, without the samples' axis
     * @throws IllegalArgumentException if the output has no axis
     */
    public static BaseMetric<?> crossentropyFor(Shape target, Shape output) {
        return choose(
                "crossentropy",
                target,
                output,
                "BinaryCrossentropy",
                "SparseCategoricalCrossentropy",
                "CategoricalCrossentropy");
    }

    private static BaseMetric<?> choose(
            String name, Shape target, Shape output, String binary, String sparse, String categorical) {
        if (output.rank() == 0) {
            throw new IllegalArgumentException(
                    "metric '%s': output () has no last axis to choose by; reshape it to (1,)".formatted(name));
        }
        boolean isSparse = target.rank() < output.rank() || target.last() == 1;
        String type = output.last() == 1 ? binary : isSparse ? sparse : categorical;
        return CLASSES.get(type).apply(Config.of(type)).name(name);
    }

    private static boolean isAccuracy(String name) {
        return "accuracy".equalsIgnoreCase(name) || "acc".equalsIgnoreCase(name);
    }

    private static boolean isCrossentropy(String name) {
        return "crossentropy".equalsIgnoreCase(name) || "ce".equalsIgnoreCase(name);
    }

    private static Set<String> shortNames() {
        Set<String> names = new TreeSet<>(Set.of("acc", "ce", "crossentropy"));
        CLASS_OF_NAME.keySet().stream()
                .filter(name -> name.equals(name.toLowerCase(Locale.ROOT)))
                .forEach(names::add);
        return names;
    }

    /**
     * A metric as it was written down by {@link Metric#config}, or by Keras: its {@code dtype} may be there and has no
     * effect, since sums are kept in double.
     *
     * @param className Keras' name: {@code BinaryAccuracy}
     * @throws IllegalArgumentException if there is none of that name, or a setting is missing, wrong or not known
     */
    public static Metric fromConfig(String className, Config config) {
        Function<Config, BaseMetric<?>> maker = CLASSES.get(className);
        if (maker == null) {
            throw new IllegalArgumentException("metric class '%s' is not known; choose one of %s"
                    .formatted(className, new TreeSet<>(CLASSES.keySet())));
        }
        BaseMetric<?> metric = maker.apply(config);
        Set<String> known = new TreeSet<>(metric.config().values().keySet());
        known.add("dtype");
        config.requireOnly(known);
        metric.read(config);
        return metric;
    }
}
