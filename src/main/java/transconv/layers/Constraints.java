package transconv.layers;

import static transconv.layers.KerasNames.number;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import transconv.config.Config;

/**
 * Keras' constraints, with its defaults. Source: Keras 3, {@code keras.constraints}.
 *
 * <pre>{@code
 * INDArray weight = Nd4j.createFromArray(-1f, 0f, 2f);
 * Constraints.nonNeg().apply(weight);
 * System.out.println(weight.sumNumber()); // 2.0
 * System.out.println(Constraints.unitNorm().axis(0, 1).config().values()); // {axis=[0, 1]}
 * }</pre>
 */
public final class Constraints {

    private static final KerasNames<Constraint> NAMES = new KerasNames<Constraint>("constraint")
            .add("NonNeg", config -> nonNeg())
            .add("MaxNorm", config -> withAxis(config, maxNorm(number(config, "max_value", 2))), "max_value", "axis")
            .add("UnitNorm", config -> withAxis(config, unitNorm()), "axis")
            .add(
                    "MinMaxNorm",
                    config -> withAxis(
                            config,
                            minMaxNorm(
                                    number(config, "min_value", 0),
                                    number(config, "max_value", 1),
                                    number(config, "rate", 1))),
                    "min_value",
                    "max_value",
                    "rate",
                    "axis");

    private Constraints() {}

    /** Norms of at most 2. */
    public static NormConstraint maxNorm() {
        return maxNorm(2);
    }

    /** Norms of at most {@code maxValue}, which is finite and at least 0. */
    public static NormConstraint maxNorm(double maxValue) {
        return new NormConstraint("MaxNorm", 0, maxValue, 1);
    }

    /** Norms of 1. */
    public static NormConstraint unitNorm() {
        return new NormConstraint("UnitNorm", 1, 1, 1);
    }

    /** Norms of 0 to 1. */
    public static NormConstraint minMaxNorm() {
        return minMaxNorm(0, 1);
    }

    /** Norms between two bounds, at once. */
    public static NormConstraint minMaxNorm(double minValue, double maxValue) {
        return minMaxNorm(minValue, maxValue, 1);
    }

    /**
     * Norms that move towards two bounds.
     *
     * @param minValue at least 0
     * @param maxValue at least {@code minValue}
     * @param rate     the share of the way that each application goes, 0 to 1
     */
    public static NormConstraint minMaxNorm(double minValue, double maxValue, double rate) {
        return new NormConstraint("MinMaxNorm", minValue, maxValue, rate);
    }

    /** Values of at least 0: negative ones become 0. */
    public static Constraint nonNeg() {
        return new NonNegative();
    }

    /**
     * A constraint by Keras' name, {@code max_norm} or {@code MaxNorm}, with Keras' defaults.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    public static Constraint named(String name) {
        return NAMES.named(name);
    }

    /**
     * A constraint from what its {@link Constraint#className} and {@link Constraint#config} say; settings left out take
     * Keras' defaults.
     *
     * @throws IllegalArgumentException if there is none of that name, or a setting is unknown or wrong
     */
    public static Constraint fromConfig(String className, Config config) {
        return NAMES.fromConfig(className, config);
    }

    /** The constraint in a layer's setting, which holds its name, or its {@code class_name} and {@code config}. */
    static Constraint read(Config layer, String setting) {
        return NAMES.read(layer, setting);
    }

    private static NormConstraint withAxis(Config config, NormConstraint plain) {
        if (!config.values().containsKey("axis")) {
            return plain;
        }
        return config.has("axis") ? plain.axis(config.integers("axis")) : plain.allAxes();
    }

    private record NonNegative() implements Constraint {

        @Override
        public void apply(INDArray weight) {
            double[] values = weight.dup('c').data().asDouble();
            for (int i = 0; i < values.length; i++) {
                // keeps NaN, so that it is seen
                values[i] = Math.max(values[i], 0);
            }
            weight.assign(
                    Nd4j.createFromArray(values).reshape('c', weight.shape()).castTo(weight.dataType()));
        }

        @Override
        public String className() {
            return "NonNeg";
        }

        @Override
        public Config config() {
            return Config.of("NonNeg");
        }
    }
}
