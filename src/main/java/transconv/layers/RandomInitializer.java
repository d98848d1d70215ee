package transconv.layers;

import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import transconv.config.Config;
import transconv.shape.Shape;

/**
 * An initializer that draws. With a seed it makes the same values on every machine and at every call, as in Keras;
 * without one, each weight draws its seed from {@link RandomSeed}. Source: Keras 3, {@code keras.initializers}; the
 * numbers differ from Keras'.
 *
 * <pre>{@code
 * RandomInitializer normal = Initializers.randomNormal(0, 0.02).seed(7);
 * System.out.println(normal.config().values()); // {seed=7, mean=0.0, stddev=0.02}
 * }</pre>
 */
public abstract class RandomInitializer implements Initializer {

    private final OptionalLong seed;

    RandomInitializer(OptionalLong seed) {
        this.seed = seed;
    }

    /** The same initializer with a seed. */
    public abstract RandomInitializer seed(long seed);

    /** Values in C order. */
    abstract float[] draw(Shape shape, String weight, SplittableRandom random);

    @Override
    public final INDArray values(Shape shape, String weight) {
        SplittableRandom random = new SplittableRandom(seed.orElseGet(RandomSeed::next));
        return Nd4j.createFromArray(draw(shape, weight, random)).reshape('c', shape.toLongArray());
    }

    @Override
    public Config config() {
        return Config.of(className()).with("seed", seed.isPresent() ? seed.getAsLong() : null);
    }

    final OptionalLong seed() {
        return seed;
    }

    /** A standard normal number after Box and Muller (1958); StrictMath makes it the same on every machine. */
    static double normal(SplittableRandom random) {
        double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - random.nextDouble()));
        return radius * StrictMath.cos(2 * Math.PI * random.nextDouble());
    }

    /** A standard normal number, drawn again until within two. */
    static double truncatedNormal(SplittableRandom random) {
        while (true) {
            double value = normal(random);
            if (Math.abs(value) < 2) {
                return value;
            }
        }
    }

    /** The value if a float holds it. */
    static double finite(String owner, String argument, double value) {
        if (!(Math.abs(value) <= Float.MAX_VALUE)) {
            throw new IllegalArgumentException(
                    "%s: %s=%s must be finite; choose a number within float's range".formatted(owner, argument, value));
        }
        return value;
    }
}
