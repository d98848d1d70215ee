package transconv.layers;

import java.util.OptionalLong;
import java.util.SplittableRandom;
import transconv.config.Config;
import transconv.shape.Shape;

/** Draws from one distribution, whatever the weight's shape. Source: Keras 3, {@code random_initializers.py}. */
final class DistributionInitializer extends RandomInitializer {

    /** Keras' classes, and the names of their two settings. */
    enum Kind {
        RANDOM_UNIFORM("RandomUniform", "minval", "maxval"),
        RANDOM_NORMAL("RandomNormal", "mean", "stddev"),
        TRUNCATED_NORMAL("TruncatedNormal", "mean", "stddev");

        final String className;
        final String first;
        final String second;

        Kind(String className, String first, String second) {
            this.className = className;
            this.first = first;
            this.second = second;
        }
    }

    private final Kind kind;
    private final double first;
    private final double second;

    DistributionInitializer(Kind kind, double first, double second, OptionalLong seed) {
        super(seed);
        this.kind = kind;
        this.first = finite(kind.className, kind.first, first);
        this.second = finite(kind.className, kind.second, second);
        if (kind == Kind.RANDOM_UNIFORM && first > second) {
            throw new IllegalArgumentException(
                    "RandomUniform: minval=%s must be at most maxval=%s; exchange them".formatted(first, second));
        }
        if (kind != Kind.RANDOM_UNIFORM && second < 0) {
            throw new IllegalArgumentException(
                    "%s: stddev=%s must be at least 0; leave out the sign".formatted(kind.className, second));
        }
    }

    @Override
    public DistributionInitializer seed(long seed) {
        return new DistributionInitializer(kind, first, second, OptionalLong.of(seed));
    }

    @Override
    float[] draw(Shape shape, String weight, SplittableRandom random) {
        float[] values = new float[shape.elements()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float)
                    switch (kind) {
                        case RANDOM_UNIFORM -> first + random.nextDouble() * (second - first);
                        case RANDOM_NORMAL -> first + normal(random) * second;
                        case TRUNCATED_NORMAL -> first + truncatedNormal(random) * second;
                    };
        }
        return values;
    }

    @Override
    public String className() {
        return kind.className;
    }

    @Override
    public Config config() {
        return super.config().with(kind.first, first).with(kind.second, second);
    }
}
