package transconv.training;

import java.util.Locale;
import java.util.function.BinaryOperator;
import transconv.config.Config;
import transconv.config.Configurable;
import transconv.ops.Value;
import transconv.shape.Shape;

/**
 * What training makes small. A loss over the last axis of prediction and target is averaged over the other axes of a
 * sample, and over the samples of a batch. Losses are made here and do not change; {@code labelSmoothing(0.1)} and its
 * like give another one. Source: Keras 3, {@code keras.losses}.
 *
 * <pre>{@code
 * Loss loss = Loss.binaryCrossentropy().labelSmoothing(0.1);
 * System.out.println(loss.name() + " " + loss.config().number("label_smoothing")); // binary_crossentropy 0.1
 * }</pre>
 */
public interface Loss extends Configurable {

    /** {@code -(t log p + (1 - t) log(1 - p))} for targets and predictions in [0, 1]. */
    Loss BINARY_CROSSENTROPY = new BinaryCrossentropyLoss();

    /** {@code -sum(t log p)} for targets and predictions that add up to 1 over the last axis. */
    Loss CATEGORICAL_CROSSENTROPY = new CategoricalCrossentropyLoss();

    /** {@code -log p[t]} for targets that are classes, whole numbers from 0. */
    Loss SPARSE_CATEGORICAL_CROSSENTROPY = new SparseCategoricalCrossentropyLoss();

    /** {@code (p - t)²}. */
    Loss MEAN_SQUARED_ERROR = new FormulaLoss("MeanSquaredError", LossFormulas::meanSquaredError, false);

    /** {@code |p - t|}. */
    Loss MEAN_ABSOLUTE_ERROR = new FormulaLoss("MeanAbsoluteError", LossFormulas::meanAbsoluteError, false);

    /** {@code 100 |p - t| / |t|}, with |t| at least 1e-7. */
    Loss MEAN_ABSOLUTE_PERCENTAGE_ERROR =
            new FormulaLoss("MeanAbsolutePercentageError", LossFormulas::meanAbsolutePercentageError, false);

    /** {@code (log(1 + p) - log(1 + t))²}, with p and t at least 1e-7. */
    Loss MEAN_SQUARED_LOGARITHMIC_ERROR =
            new FormulaLoss("MeanSquaredLogarithmicError", LossFormulas::meanSquaredLogarithmicError, false);

    /** {@code log(cosh(p - t))}. */
    Loss LOG_COSH = new FormulaLoss("LogCosh", LossFormulas::logCosh, false);

    /**
     * {@code max(1 - t p, 0)} for targets -1 and 1. If a batch has no targets but 0 and 1, 0 stands for -1; for that
     * question the batch is not cut.
     */
    Loss HINGE = new FormulaLoss("Hinge", LossFormulas::hinge, true);

    /** The square of {@link #HINGE}'s values. */
    Loss SQUARED_HINGE = new FormulaLoss("SquaredHinge", LossFormulas::squaredHinge, true);

    /** {@code max(max((1 - t) p) - sum(t p) + 1, 0)} for targets with one 1 among zeros. */
    Loss CATEGORICAL_HINGE = new FormulaLoss("CategoricalHinge", LossFormulas::categoricalHinge, false);

    /** {@code p - t log(p + 1e-7)}. */
    Loss POISSON = new FormulaLoss("Poisson", LossFormulas::poisson, false);

    /** {@code sum(t log(t / p))}, with t and p cut to [1e-7, 1]. */
    Loss KL_DIVERGENCE = new FormulaLoss("KLDivergence", LossFormulas::klDivergence, false);

    /** {@code -(t log p + (1 - t) log(1 - p))} for targets and predictions in [0, 1]. */
    static BinaryCrossentropyLoss binaryCrossentropy() {
        return new BinaryCrossentropyLoss();
    }

    /** Binary crossentropy that weighs what is predicted well less, with gamma 2. */
    static BinaryFocalCrossentropyLoss binaryFocalCrossentropy() {
        return new BinaryFocalCrossentropyLoss();
    }

    /** {@code -sum(t log p)} for targets and predictions that add up to 1. */
    static CategoricalCrossentropyLoss categoricalCrossentropy() {
        return new CategoricalCrossentropyLoss();
    }

    /** Categorical crossentropy that weighs what is predicted well less, with alpha 0.25 and gamma 2. */
    static CategoricalFocalCrossentropyLoss categoricalFocalCrossentropy() {
        return new CategoricalFocalCrossentropyLoss();
    }

    /** {@code -log p[t]} for targets that are classes, whole numbers from 0. */
    static SparseCategoricalCrossentropyLoss sparseCategoricalCrossentropy() {
        return new SparseCategoricalCrossentropyLoss();
    }

    /** {@code (1 - p[t]^q) / q} for targets that are classes, with q 0.5. */
    static CategoricalGeneralizedCrossEntropyLoss categoricalGeneralizedCrossEntropy() {
        return new CategoricalGeneralizedCrossEntropyLoss();
    }

    /** Minus the cosine of the angle between target and prediction. */
    static CosineSimilarityLoss cosineSimilarity() {
        return new CosineSimilarityLoss();
    }

    /** {@code (p - t)² / 2} near the target, and straight from a distance of 1 on. */
    static HuberLoss huber() {
        return new HuberLoss();
    }

    /** @param delta distance from which on the loss is straight, above 0 */
    static HuberLoss huber(double delta) {
        return new HuberLoss(delta);
    }

    /** 1 minus the overlap of two pictures, over the whole batch. */
    static DiceLoss dice() {
        return new DiceLoss();
    }

    /** As dice, with what is wrong on either side weighted; alpha and beta 0.5. */
    static TverskyLoss tversky() {
        return new TverskyLoss();
    }

    /**
     * A loss of your own.
     *
     * <pre>{@code
     * Loss cubic = Loss.of("cubic", (p, t) -> Ops.power(Ops.unary(UnaryFunction.ABS, Ops.subtract(p, t)),
     *         Ops.fill(p.graph(), p.shape(), 3)));
     * System.out.println(cubic); // cubic
     * }</pre>
     *
     * @param name    for logs and messages
     * @param formula of prediction and target, both (batch, ...), made of {@link transconv.ops.Ops}: the losses of the
     *     samples or of their parts, (batch, ...)
     */
    static Loss of(String name, BinaryOperator<Value> formula) {
        return new OwnLoss(name, formula);
    }

    /**
     * A loss by Keras' name, {@code "mean_squared_error"}, {@code "MeanSquaredError"}, {@code "mse"} or {@code "MSE"},
     * with Keras' default parameters.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    static Loss named(String name) {
        return LossNames.named(name);
    }

    /**
     * A loss from what {@link #className} and {@link #config} wrote, or Keras; what is left out has Keras' defaults.
     *
     * @throws IllegalArgumentException if there is none of that name, or a setting is not known or wrong
     */
    static Loss fromConfig(String className, Config config) {
        return LossNames.fromConfig(className, config);
    }

    /** Keras' class: {@code MeanSquaredError}. */
    @Override
    default String className() {
        return getClass().getSimpleName().replaceAll("Loss$", "");
    }

    /** Keras' name of the function: {@code mean_squared_error}. */
    default String name() {
        return className()
                .replaceAll("(.)([A-Z][a-z]+)", "$1_$2")
                .replaceAll("([a-z])([A-Z])", "$1_$2")
                .toLowerCase(Locale.ROOT);
    }

    /** Keras' settings that all losses have; those with parameters add them. */
    @Override
    default Config config() {
        return Config.of(className()).with("name", name()).with("reduction", LossNames.REDUCTION);
    }

    /**
     * The loss of each sample, (batch), in the prediction's graph; the batch's loss is their mean.
     *
     * @param prediction (batch, ...)
     * @param target     (batch, axes of {@link #targetShape}); a last axis of length 1 may be missing or there
     * @throws IllegalArgumentException if the shapes do not fit
     */
    Value lower(Value prediction, Value target);

    /**
     * The shape of one target for an output's, both without the batch axis: the same, but for losses whose targets are
     * classes, where the last axis is gone.
     */
    default Shape targetShape(Shape output) {
        return output;
    }

    /** True if a sample's loss depends on the others of its batch, which then must not be cut. */
    default boolean mixesSamples() {
        return false;
    }
}
