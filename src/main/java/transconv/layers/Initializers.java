package transconv.layers;

import java.util.Map;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import transconv.shape.Shape;

/**
 * Keras' initializers. With a seed, the same values come on every machine; without one, each weight draws its seed from
 * {@link RandomSeed}.
 *
 * <pre>{@code
 * INDArray kernel = Initializers.glorotUniform(7).values(Shape.of(3, 3, 1, 8), "kernel");
 * System.out.println(kernel.maxNumber().doubleValue() <= Math.sqrt(6.0 / (9 * 1 + 9 * 8))); // true
 * }</pre>
 */
public final class Initializers {

    /** The standard deviation of a standard normal that is cut at two: Keras divides by it. */
    private static final double TRUNCATED_DEVIATION = 0.87962566103423978;

    private static final Map<String, Supplier<Initializer>> BY_NAME = new TreeMap<>(Map.of(
            "glorot_uniform", Initializers::glorotUniform,
            "he_normal", Initializers::heNormal,
            "zeros", Initializers::zeros,
            "ones", Initializers::ones));

    private Initializers() {}

    /** Uniform in ±sqrt(6 / (fanIn + fanOut)); Keras' default for kernels. */
    public static Initializer glorotUniform() {
        return glorotUniform(OptionalLong.empty());
    }

    public static Initializer glorotUniform(long seed) {
        return glorotUniform(OptionalLong.of(seed));
    }

    private static Initializer glorotUniform(OptionalLong seed) {
        return (shape, weight) -> {
            double limit = Math.sqrt(6.0 / (fanIn(shape) + fanOut(shape)));
            SplittableRandom random = random(seed);
            return fill(shape, () -> (2 * random.nextDouble() - 1) * limit);
        };
    }

    /** Normal with deviation sqrt(2 / fanIn), cut at two deviations. */
    public static Initializer heNormal() {
        return heNormal(OptionalLong.empty());
    }

    public static Initializer heNormal(long seed) {
        return heNormal(OptionalLong.of(seed));
    }

    private static Initializer heNormal(OptionalLong seed) {
        return (shape, weight) -> {
            double deviation = Math.sqrt(2.0 / fanIn(shape)) / TRUNCATED_DEVIATION;
            SplittableRandom random = random(seed);
            return fill(shape, () -> truncatedNormal(random) * deviation);
        };
    }

    public static Initializer zeros() {
        return constant(0);
    }

    public static Initializer ones() {
        return constant(1);
    }

    public static Initializer constant(double value) {
        return (shape, weight) -> fill(shape, () -> value);
    }

    /**
     * Given values, for worked examples.
     *
     * @param values of the weight's shape, or as many in C order
     */
    public static Initializer values(INDArray values) {
        return (shape, weight) -> {
            if (values.length() != shape.elements()) {
                throw new IllegalArgumentException("%s: %d initial values given, the shape %s needs %d"
                        .formatted(weight, values.length(), shape, shape.elements()));
            }
            return values.castTo(DataType.FLOAT)
                    .dup('c')
                    .reshape('c', shape.toLongArray());
        };
    }

    /**
     * An initializer by Keras' name.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    public static Initializer named(String name) {
        Supplier<Initializer> found = BY_NAME.get(name);
        if (found == null) {
            throw new IllegalArgumentException(
                    "initializer '%s' is not known; choose one of %s".formatted(name, BY_NAME.keySet()));
        }
        return found.get();
    }

    private static double fanIn(Shape shape) {
        return shape.rank() < 2 ? shape.elements() : (double) shape.elements() / shape.last();
    }

    private static double fanOut(Shape shape) {
        return shape.rank() < 2 ? shape.elements() : (double) shape.elements() / shape.size(-2);
    }

    private static SplittableRandom random(OptionalLong seed) {
        return new SplittableRandom(seed.isPresent() ? seed.getAsLong() : RandomSeed.next());
    }

    /** Box and Muller (1958), drawn again until within two; StrictMath makes it the same on every machine. */
    private static double truncatedNormal(SplittableRandom random) {
        while (true) {
            double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - random.nextDouble()));
            double value = radius * StrictMath.cos(2 * Math.PI * random.nextDouble());
            if (Math.abs(value) < 2) {
                return value;
            }
        }
    }

    private static INDArray fill(Shape shape, java.util.function.DoubleSupplier next) {
        float[] values = new float[shape.elements()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) next.getAsDouble();
        }
        return Nd4j.createFromArray(values).reshape('c', shape.toLongArray());
    }
}
