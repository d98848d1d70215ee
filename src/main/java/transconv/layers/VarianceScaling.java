package transconv.layers;

import java.util.Arrays;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import transconv.config.Config;
import transconv.shape.Shape;

/**
 * Draws with mean 0 and variance {@code scale / n}, where n is the fan in, the fan out or their average: how many
 * inputs an output sums, how many outputs an input feeds. They are counted from the weight's shape: (in, out), or
 * (kernel axes..., in, out) times the kernel's elements; a transposed convolution's kernel (kernel axes..., out, in) is
 * counted the same way, as in Keras. Source: Keras 3, {@code VarianceScaling}.
 *
 * <pre>{@code
 * VarianceScaling fanOut = Initializers.varianceScaling(2).mode(VarianceScaling.Mode.FAN_OUT);
 * System.out.println(fanOut.config().text("distribution")); // truncated_normal
 * }</pre>
 */
public final class VarianceScaling extends RandomInitializer {

    /** What the variance is divided by. */
    public enum Mode {
        FAN_IN,
        FAN_OUT,
        FAN_AVG
    }

    /** Uniform within ±sqrt(3 variance), normal, or normal cut at two deviations and widened to keep its variance. */
    public enum Distribution {
        UNIFORM,
        TRUNCATED_NORMAL,
        UNTRUNCATED_NORMAL
    }

    static final String NAME = "VarianceScaling";

    /** The standard deviation of a standard normal that is cut at two: Keras divides by it. */
    private static final double TRUNCATED_DEVIATION = 0.87962566103423978;

    private final String className;
    private final double scale;
    private final Mode mode;
    private final Distribution distribution;
    private final int[] inputAxes;
    private final int[] outputAxes;

    /** @param inputAxes null, as the output axes, to count the fans from the shape's layout */
    private VarianceScaling(
            String className,
            double scale,
            Mode mode,
            Distribution distribution,
            int[] inputAxes,
            int[] outputAxes,
            OptionalLong seed) {
        super(seed);
        this.className = className;
        this.scale = finite(className, "scale", scale);
        this.mode = mode;
        this.distribution = distribution;
        this.inputAxes = inputAxes;
        this.outputAxes = outputAxes;
        if (scale <= 0) {
            throw new IllegalArgumentException(
                    "%s: scale=%s must be above 0; 1 is Keras' default".formatted(className, scale));
        }
    }

    VarianceScaling(String className, double scale, Mode mode, Distribution distribution) {
        this(className, scale, mode, distribution, null, null, OptionalLong.empty());
    }

    /** Default {@link Mode#FAN_IN}. */
    public VarianceScaling mode(Mode mode) {
        return new VarianceScaling(NAME, scale, mode, distribution, inputAxes, outputAxes, seed());
    }

    /** Default {@link Distribution#TRUNCATED_NORMAL}. */
    public VarianceScaling distribution(Distribution distribution) {
        return new VarianceScaling(NAME, scale, mode, distribution, inputAxes, outputAxes, seed());
    }

    /**
     * The axes whose lengths' products are the fans, for a weight of another layout; negative ones count from the last.
     */
    public VarianceScaling fanAxes(int[] inputAxes, int[] outputAxes) {
        return new VarianceScaling(className, scale, mode, distribution, inputAxes.clone(), outputAxes.clone(), seed());
    }

    @Override
    public VarianceScaling seed(long seed) {
        return new VarianceScaling(className, scale, mode, distribution, inputAxes, outputAxes, OptionalLong.of(seed));
    }

    @Override
    float[] draw(Shape shape, String weight, SplittableRandom random) {
        double n =
                switch (mode) {
                    case FAN_IN -> fanIn(shape, weight);
                    case FAN_OUT -> fanOut(shape, weight);
                    case FAN_AVG -> (fanIn(shape, weight) + fanOut(shape, weight)) / 2;
                };
        double limit = Math.sqrt(3 * scale / n);
        double deviation = Math.sqrt(scale / n);
        double beforeCut = deviation / TRUNCATED_DEVIATION;
        float[] values = new float[shape.elements()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float)
                    switch (distribution) {
                        case UNIFORM -> (2 * random.nextDouble() - 1) * limit;
                        case TRUNCATED_NORMAL -> truncatedNormal(random) * beforeCut;
                        case UNTRUNCATED_NORMAL -> normal(random) * deviation;
                    };
        }
        return values;
    }

    private double fanIn(Shape shape, String weight) {
        if (inputAxes != null) {
            return product(shape, inputAxes, weight);
        }
        return shape.rank() < 2 ? shape.elements() : (double) shape.elements() / shape.last();
    }

    private double fanOut(Shape shape, String weight) {
        if (outputAxes != null) {
            return product(shape, outputAxes, weight);
        }
        return shape.rank() < 2 ? shape.elements() : (double) shape.elements() / shape.size(-2);
    }

    private double product(Shape shape, int[] axes, String weight) {
        double product = 1;
        for (int axis : axes) {
            if (axis < -shape.rank() || axis >= shape.rank()) {
                throw new IllegalArgumentException("%s: %s counts a fan over axes %s, the shape %s has %d; name its own"
                        .formatted(weight, className, Arrays.toString(axes), shape, shape.rank()));
            }
            product *= shape.size(axis);
        }
        return product;
    }

    @Override
    public String className() {
        return className;
    }

    @Override
    public Config config() {
        Config config = super.config();
        if (className.equals(NAME)) {
            config.with("scale", scale).with("mode", mode).with("distribution", distribution);
        }
        return config.with("input_axes", inputAxes).with("output_axes", outputAxes);
    }
}
