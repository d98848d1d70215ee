package transconv.training;

import java.util.Optional;
import java.util.Set;

/**
 * Which way a monitored value gets better. Source: Keras 3, {@code keras.callbacks}, argument {@code mode}.
 *
 * <pre>{@code
 * EarlyStopping stopping = new EarlyStopping().monitor("my_metric").mode(MonitorMode.MAX);
 * System.out.println(stopping.mode()); // MAX
 * }</pre>
 */
public enum MonitorMode {
    /** By the name: losses and errors downwards, accuracies and the like upwards. */
    AUTO,
    /** The lower the better. */
    MIN,
    /** The higher the better. */
    MAX;

    // Keras' metrics by the direction that they declare, and the short names that its compile knows.
    private static final Set<String> DOWN = Set.of(
            "loss",
            "binary_crossentropy",
            "categorical_crossentropy",
            "sparse_categorical_crossentropy",
            "categorical_hinge",
            "hinge",
            "squared_hinge",
            "kl_divergence",
            "logcosh",
            "poisson",
            "mean_absolute_error",
            "mean_absolute_percentage_error",
            "mean_squared_error",
            "mean_squared_logarithmic_error",
            "root_mean_squared_error",
            "bce",
            "mae",
            "mape",
            "mse",
            "msle");
    private static final Set<String> UP = Set.of(
            "acc",
            "accuracy",
            "auc",
            "binary_accuracy",
            "binary_io_u",
            "categorical_accuracy",
            "concordance_correlation",
            "cosine_similarity",
            "f1_score",
            "fbeta_score",
            "io_u",
            "mean_io_u",
            "one_hot_io_u",
            "one_hot_mean_io_u",
            "pearson_correlation",
            "precision",
            "precision_at_recall",
            "r2_score",
            "recall",
            "recall_at_precision",
            "sensitivity_at_specificity",
            "sparse_categorical_accuracy",
            "sparse_top_k_categorical_accuracy",
            "specificity_at_sensitivity",
            "top_k_categorical_accuracy");

    /**
     * MIN or MAX for a log's name, if Keras has a metric of that name: {@code val_} before it, an output's name, {@code
     * digit_accuracy}, and a count, {@code auc_1}, make no difference.
     */
    static Optional<MonitorMode> of(String monitor) {
        String name = monitor.replaceFirst("^val_", "").replaceFirst("_\\d+$", "");
        while (true) {
            if (DOWN.contains(name)) {
                return Optional.of(MIN);
            }
            if (UP.contains(name)) {
                return Optional.of(MAX);
            }
            int output = name.indexOf('_');
            if (output < 0) {
                return Optional.empty();
            }
            name = name.substring(output + 1);
        }
    }
}
