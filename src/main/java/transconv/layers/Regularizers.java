package transconv.layers;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import transconv.config.Config;

/**
 * Keras' regularizers. Source: Keras 3, {@code keras.regularizers}.
 *
 * <pre>{@code
 * Regularizer regularizer = Regularizers.l1l2(0.001, 0.01);
 * System.out.println(regularizer.config().values()); // {l1=0.001, l2=0.01}
 * }</pre>
 */
public final class Regularizers {

    private static final double DEFAULT = 0.01;
    private static final List<String> NAMES = List.of("l1", "l2", "l1l2", "l1_l2", "orthogonal_regularizer");

    private Regularizers() {}

    /**
     * {@code l1 * sum(|w|)}.
     *
     * @param l1 finite, at least 0; Keras' default is 0.01
     */
    public static Regularizer l1(double l1) {
        return new ElementRegularizer("L1", l1, 0);
    }

    /**
     * {@code l2 * sum(w²)}.
     *
     * @param l2 finite, at least 0; Keras' default is 0.01
     */
    public static Regularizer l2(double l2) {
        return new ElementRegularizer("L2", 0, l2);
    }

    /** The sum of both. */
    public static Regularizer l1l2(double l1, double l2) {
        return new ElementRegularizer("L1L2", l1, l2);
    }

    /**
     * The mean absolute product of each two different rows, or columns, of unit length, times the factor: for weights
     * of two axes whose rows shall be orthogonal.
     */
    public static Regularizer orthogonal(double factor, OrthogonalRegularizer.Mode mode) {
        return new OrthogonalRegularizer(factor, mode);
    }

    /**
     * A regularizer by Keras' name with Keras' defaults: l1, l2, orthogonal_regularizer, or l1l2, which with Keras 3's
     * defaults of 0 does nothing; l1_l2 is Keras 2's, 0.01 each.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    public static Regularizer named(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "l1" -> l1(DEFAULT);
            case "l2" -> l2(DEFAULT);
            case "l1_l2" -> l1l2(DEFAULT, DEFAULT);
            case "l1l2" -> l1l2(0, 0);
            case "orthogonal_regularizer", "orthogonalregularizer" -> orthogonal(
                    DEFAULT, OrthogonalRegularizer.Mode.ROWS);
            default -> throw new IllegalArgumentException(
                    "regularizer '%s' is not known; choose one of %s".formatted(name, NAMES));
        };
    }

    /** Made again from what {@link Regularizer#config} wrote; settings that are left out have Keras' defaults. */
    public static Regularizer fromConfig(String className, Config config) {
        Regularizer defaults = named(className);
        config.requireOnly(Set.copyOf(defaults.config().values().keySet()));
        return switch (className) {
            case "L1" -> config.has("l1") ? l1(config.number("l1")) : defaults;
            case "L2" -> config.has("l2") ? l2(config.number("l2")) : defaults;
            case "L1L2" -> l1l2(config.has("l1") ? config.number("l1") : 0, config.has("l2") ? config.number("l2") : 0);
            case "OrthogonalRegularizer" -> orthogonal(
                    config.has("factor") ? config.number("factor") : DEFAULT,
                    config.has("mode")
                            ? config.choice("mode", OrthogonalRegularizer.Mode.class)
                            : OrthogonalRegularizer.Mode.ROWS);
            default -> defaults;
        };
    }

    static double factor(String regularizer, String argument, double value) {
        if (!(value >= 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(
                    "%s: %s=%s must be a finite number, at least 0".formatted(regularizer, argument, value));
        }
        return value;
    }
}
