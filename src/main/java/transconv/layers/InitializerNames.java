package transconv.layers;

import static transconv.layers.KerasNames.number;

import java.util.OptionalLong;
import java.util.function.Supplier;
import transconv.config.Config;
import transconv.layers.DistributionInitializer.Kind;

/** How initializers are found by name and read; settings left out take Keras' defaults. */
final class InitializerNames {

    static final KerasNames<Initializer> NAMES = new KerasNames<Initializer>("initializer")
            .add("Zeros", config -> Initializers.zeros())
            .add("Ones", config -> Initializers.ones())
            .add("Constant", config -> Initializers.constant(number(config, "value", 0)), "value")
            .add("Identity", config -> Initializers.identity(number(config, "gain", 1)), "gain")
            .add("RandomUniform", config -> drawn(config, Kind.RANDOM_UNIFORM, -0.05), "seed", "minval", "maxval")
            .add("RandomNormal", config -> drawn(config, Kind.RANDOM_NORMAL, 0), "seed", "mean", "stddev")
            .add("TruncatedNormal", config -> drawn(config, Kind.TRUNCATED_NORMAL, 0), "seed", "mean", "stddev")
            .add(
                    "VarianceScaling",
                    InitializerNames::varianceScaling,
                    "seed",
                    "scale",
                    "mode",
                    "distribution",
                    "input_axes",
                    "output_axes")
            .add(
                    "Orthogonal",
                    config -> new OrthogonalInitializer(number(config, "gain", 1), seed(config)),
                    "seed",
                    "gain")
            .addWritten("Values", FixedInitializers.Values::of, "values", "shape")
            .addWritten("ICNR", InitializerNames::icnr, "initializer", "scale", "kernel")
            .alias("zero", "Zeros")
            .alias("one", "Ones")
            .alias("uniform", "RandomUniform")
            .alias("normal", "RandomNormal")
            .alias("IdentityInitializer", "Identity")
            .alias("OrthogonalInitializer", "Orthogonal");

    static {
        addFans("GlorotUniform", Initializers::glorotUniform);
        addFans("GlorotNormal", Initializers::glorotNormal);
        addFans("HeUniform", Initializers::heUniform);
        addFans("HeNormal", Initializers::heNormal);
        addFans("LecunUniform", Initializers::lecunUniform);
        addFans("LecunNormal", Initializers::lecunNormal);
    }

    private InitializerNames() {}

    private static void addFans(String className, Supplier<VarianceScaling> plain) {
        NAMES.add(className, config -> scaled(config, plain.get()), "seed", "input_axes", "output_axes");
    }

    private static Initializer drawn(Config config, Kind kind, double first) {
        return new DistributionInitializer(
                kind, number(config, kind.first, first), number(config, kind.second, 0.05), seed(config));
    }

    private static Initializer varianceScaling(Config config) {
        VarianceScaling made = Initializers.varianceScaling(number(config, "scale", 1));
        if (config.values().containsKey("mode")) {
            made = made.mode(config.choice("mode", VarianceScaling.Mode.class));
        }
        // Keras' word for the truncated one
        if (config.values().containsKey("distribution")
                && !"normal".equals(config.values().get("distribution"))) {
            made = made.distribution(config.choice("distribution", VarianceScaling.Distribution.class));
        }
        return scaled(config, made);
    }

    private static Initializer scaled(Config config, VarianceScaling plain) {
        VarianceScaling made = plain;
        if (config.has("input_axes") != config.has("output_axes")) {
            throw new IllegalArgumentException(
                    "%s: one of input_axes and output_axes is null; give both or none".formatted(config.owner()));
        }
        if (config.has("input_axes")) {
            made = made.fanAxes(config.integers("input_axes"), config.integers("output_axes"));
        }
        OptionalLong seed = seed(config);
        return seed.isPresent() ? made.seed(seed.getAsLong()) : made;
    }

    private static Initializer icnr(Config config) {
        return new IcnrInitializer(
                NAMES.read(config, "initializer"),
                config.integer("scale"),
                config.choice("kernel", IcnrInitializer.Kernel.class));
    }

    private static OptionalLong seed(Config config) {
        Object seed = config.values().get("seed");
        if (seed == null) {
            return OptionalLong.empty();
        }
        if (seed instanceof Number number && number.doubleValue() == number.longValue()) {
            return OptionalLong.of(number.longValue());
        }
        throw new IllegalArgumentException("%s: setting 'seed' is %s; it must be a whole number, or null for none"
                .formatted(config.owner(), seed));
    }
}
