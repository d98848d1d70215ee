package transconv.layers;

import java.util.OptionalLong;
import org.nd4j.linalg.api.ndarray.INDArray;
import transconv.config.Config;
import transconv.layers.DistributionInitializer.Kind;
import transconv.layers.VarianceScaling.Distribution;
import transconv.layers.VarianceScaling.Mode;

/**
 * Keras' initializers, with its defaults. Those that draw take a {@link RandomInitializer#seed}: with one, the same
 * values come on every machine; without one, each weight draws its seed from {@link RandomSeed}. Source: Keras 3,
 * {@code keras.initializers}.
 *
 * <pre>{@code
 * INDArray kernel = Initializers.glorotUniform(7).values(Shape.of(3, 3, 1, 8), "kernel");
 * System.out.println(kernel.maxNumber().doubleValue() <= Math.sqrt(6.0 / (9 * 1 + 9 * 8))); // true
 * System.out.println(Initializers.named("he_normal").serialized().get("class_name")); // HeNormal
 * }</pre>
 */
public final class Initializers {

    private Initializers() {}

    /** Uniform in ±sqrt(6 / (fanIn + fanOut)); Keras' default for kernels. Source: Glorot and Bengio (2010). */
    public static VarianceScaling glorotUniform() {
        return new VarianceScaling("GlorotUniform", 1, Mode.FAN_AVG, Distribution.UNIFORM);
    }

    public static VarianceScaling glorotUniform(long seed) {
        return glorotUniform().seed(seed);
    }

    /** Normal with deviation sqrt(2 / (fanIn + fanOut)), cut at two deviations. Source: Glorot and Bengio (2010). */
    public static VarianceScaling glorotNormal() {
        return new VarianceScaling("GlorotNormal", 1, Mode.FAN_AVG, Distribution.TRUNCATED_NORMAL);
    }

    /** Uniform in ±sqrt(6 / fanIn). Source: He et al. (2015). */
    public static VarianceScaling heUniform() {
        return new VarianceScaling("HeUniform", 2, Mode.FAN_IN, Distribution.UNIFORM);
    }

    /** Normal with deviation sqrt(2 / fanIn), cut at two deviations. Source: He et al. (2015). */
    public static VarianceScaling heNormal() {
        return new VarianceScaling("HeNormal", 2, Mode.FAN_IN, Distribution.TRUNCATED_NORMAL);
    }

    public static VarianceScaling heNormal(long seed) {
        return heNormal().seed(seed);
    }

    /** Uniform in ±sqrt(3 / fanIn). Source: LeCun et al. (1998). */
    public static VarianceScaling lecunUniform() {
        return new VarianceScaling("LecunUniform", 1, Mode.FAN_IN, Distribution.UNIFORM);
    }

    /** Normal with deviation sqrt(1 / fanIn), cut at two deviations. Source: Klambauer et al. (2017). */
    public static VarianceScaling lecunNormal() {
        return new VarianceScaling("LecunNormal", 1, Mode.FAN_IN, Distribution.TRUNCATED_NORMAL);
    }

    /**
     * Variance {@code scale / fanIn}, truncated normal, unless its methods say otherwise.
     *
     * @throws IllegalArgumentException unless the scale is finite and above 0
     */
    public static VarianceScaling varianceScaling(double scale) {
        return new VarianceScaling(VarianceScaling.NAME, scale, Mode.FAN_IN, Distribution.TRUNCATED_NORMAL);
    }

    /** Uniform between -0.05 and 0.05. */
    public static RandomInitializer randomUniform() {
        return randomUniform(-0.05, 0.05);
    }

    /** @throws IllegalArgumentException unless both are finite and in order */
    public static RandomInitializer randomUniform(double minval, double maxval) {
        return new DistributionInitializer(Kind.RANDOM_UNIFORM, minval, maxval, OptionalLong.empty());
    }

    /** Normal with mean 0 and standard deviation 0.05. */
    public static RandomInitializer randomNormal() {
        return randomNormal(0, 0.05);
    }

    /** @throws IllegalArgumentException unless both are finite and the standard deviation at least 0 */
    public static RandomInitializer randomNormal(double mean, double stddev) {
        return new DistributionInitializer(Kind.RANDOM_NORMAL, mean, stddev, OptionalLong.empty());
    }

    /** As {@link #randomNormal()}, what lies two or more deviations from the mean drawn again. */
    public static RandomInitializer truncatedNormal() {
        return truncatedNormal(0, 0.05);
    }

    /**
     * @param stddev before the cut, which leaves 0.88 of it
     * @throws IllegalArgumentException unless both are finite and the standard deviation at least 0
     */
    public static RandomInitializer truncatedNormal(double mean, double stddev) {
        return new DistributionInitializer(Kind.TRUNCATED_NORMAL, mean, stddev, OptionalLong.empty());
    }

    /** An {@link #orthogonal(double)} matrix with gain 1. */
    public static RandomInitializer orthogonal() {
        return orthogonal(1);
    }

    /**
     * The weight as a matrix of shape (all axes but the last, last): its columns, or its rows where these are fewer,
     * are orthogonal to each other and of length {@code gain}. Source: Saxe et al. (2014).
     */
    public static RandomInitializer orthogonal(double gain) {
        return new OrthogonalInitializer(gain, OptionalLong.empty());
    }

    public static Initializer zeros() {
        return new FixedInitializers.Filled("Zeros", 0);
    }

    public static Initializer ones() {
        return new FixedInitializers.Filled("Ones", 1);
    }

    public static Initializer constant(double value) {
        return new FixedInitializers.Filled("Constant", value);
    }

    /** The {@link #identity(double)} matrix. */
    public static Initializer identity() {
        return identity(1);
    }

    /** The identity matrix times a gain; the weight must be a square matrix. */
    public static Initializer identity(double gain) {
        return new FixedInitializers.Identity(gain);
    }

    /**
     * Given values, for worked examples.
     *
     * @param values of the weight's shape, or as many in C order; they are copied
     */
    public static Initializer values(INDArray values) {
        return new FixedInitializers.Values(values);
    }

    /**
     * For a convolution whose filters depth to space ({@code tf.nn.depth_to_space}'s order) turns into pixels, 1 to 3
     * axes without groups: the {@code scale}^axes filters of each output start equal, so that the output starts as a
     * nearest-neighbour upsampling, without a checkerboard. Source: ICNR, Aitken et al. (2017), arXiv 1707.02937.
     *
     * @param initializer draws the equal filters, as a kernel (kernel axes..., in, out)
     * @param scale       how many pixels along each axis, at least 1
     */
    public static Initializer icnr(Initializer initializer, int scale) {
        return new IcnrInitializer(initializer, scale, IcnrInitializer.Kernel.SUB_PIXEL);
    }

    /**
     * For a transposed convolution, 1 to 3 axes, whose kernel is a multiple of its strides: each block of {@code
     * strides} taps along each axis starts equal, to the end of {@link #icnr}.
     *
     * @param initializer draws one tap a block, as a kernel (kernel axes / strides..., out, in)
     * @param strides     the layer's, the same along each axis
     */
    public static Initializer icnrTransposed(Initializer initializer, int strides) {
        return new IcnrInitializer(initializer, strides, IcnrInitializer.Kernel.TRANSPOSED);
    }

    /**
     * An initializer by Keras' name, {@code glorot_uniform} or {@code GlorotUniform}, with Keras' defaults.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    public static Initializer named(String name) {
        return InitializerNames.NAMES.named(name);
    }

    /**
     * An initializer from what its {@link Initializer#className} and {@link Initializer#config} say; settings left out
     * take Keras' defaults.
     *
     * @throws IllegalArgumentException if there is none of that name, or a setting is unknown or wrong
     */
    public static Initializer fromConfig(String className, Config config) {
        return InitializerNames.NAMES.fromConfig(className, config);
    }

    /** The initializer in a layer's setting, which holds its name, or its {@code class_name} and {@code config}. */
    static Initializer read(Config layer, String setting) {
        return InitializerNames.NAMES.read(layer, setting);
    }
}
