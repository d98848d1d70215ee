package transconv.training;

import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import transconv.config.Config;

/** The losses by Keras' names. Source: Keras 3, {@code keras.losses.get}. */
final class LossNames {

    /** The only one of Keras' ways to join the losses of a batch: their mean. */
    static final String REDUCTION = "sum_over_batch_size";

    private static final Map<String, Function<Config, Loss>> CLASSES = new TreeMap<>();

    private static final Map<String, String> CLASS_OF_NAME = new TreeMap<>();

    static {
        for (Loss loss : Set.of(
                Loss.CATEGORICAL_HINGE,
                Loss.HINGE,
                Loss.KL_DIVERGENCE,
                Loss.LOG_COSH,
                Loss.MEAN_ABSOLUTE_ERROR,
                Loss.MEAN_ABSOLUTE_PERCENTAGE_ERROR,
                Loss.MEAN_SQUARED_ERROR,
                Loss.MEAN_SQUARED_LOGARITHMIC_ERROR,
                Loss.POISSON,
                Loss.SQUARED_HINGE)) {
            CLASSES.put(loss.className(), config -> loss);
        }
        CLASSES.put("BinaryCrossentropy", BinaryCrossentropyLoss::from);
        CLASSES.put("BinaryFocalCrossentropy", BinaryFocalCrossentropyLoss::from);
        CLASSES.put("CategoricalCrossentropy", CategoricalCrossentropyLoss::from);
        CLASSES.put("CategoricalFocalCrossentropy", CategoricalFocalCrossentropyLoss::from);
        CLASSES.put("CategoricalGeneralizedCrossEntropy", CategoricalGeneralizedCrossEntropyLoss::from);
        CLASSES.put("CosineSimilarity", CosineSimilarityLoss::from);
        CLASSES.put("Dice", DiceLoss::from);
        CLASSES.put("Huber", HuberLoss::from);
        CLASSES.put("SparseCategoricalCrossentropy", SparseCategoricalCrossentropyLoss::from);
        CLASSES.put("Tversky", TverskyLoss::from);
        CLASSES.forEach((className, maker) -> {
            CLASS_OF_NAME.put(className, className);
            CLASS_OF_NAME.put(maker.apply(Config.of(className)).name(), className);
        });
        Map.of(
                        "bce", "BinaryCrossentropy",
                        "kld", "KLDivergence",
                        "mae", "MeanAbsoluteError",
                        "mape", "MeanAbsolutePercentageError",
                        "mse", "MeanSquaredError",
                        "msle", "MeanSquaredLogarithmicError")
                .forEach((alias, className) -> {
                    CLASS_OF_NAME.put(alias, className);
                    CLASS_OF_NAME.put(alias.toUpperCase(Locale.ROOT), className);
                });
    }

    private LossNames() {}

    static Loss named(String name) {
        String className = CLASS_OF_NAME.get(String.valueOf(name));
        if (className == null) {
            throw new IllegalArgumentException(
                    "loss '%s' is not known; choose one of %s".formatted(name, shortNames()));
        }
        return fromConfig(className, Config.of(className));
    }

    private static Set<String> shortNames() {
        Set<String> names = new TreeSet<>(CLASS_OF_NAME.keySet());
        names.removeIf(name -> !name.equals(name.toLowerCase(Locale.ROOT)));
        return names;
    }

    static Loss fromConfig(String className, Config config) {
        Function<Config, Loss> maker = CLASSES.get(className);
        if (maker == null) {
            throw new IllegalArgumentException(
                    "loss class '%s' is not known; choose one of %s".formatted(className, CLASSES.keySet()));
        }
        Loss loss = maker.apply(config);
        Set<String> known = new HashSet<>(loss.config().values().keySet());
        known.add("dtype");
        config.requireOnly(known);
        if (config.has("reduction") && !config.text("reduction").equals(REDUCTION)) {
            throw new IllegalArgumentException("%s: reduction=%s must be %s; leave it out and scale the learning rate"
                    .formatted(className, config.text("reduction"), REDUCTION));
        }
        return loss;
    }
}
