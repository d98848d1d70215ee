package transconv.layers;

import java.util.Arrays;
import transconv.config.Config;
import transconv.ops.Value;
import transconv.shape.Shape;

/**
 * In training, drops whole channels of a sample; otherwise it changes nothing. Input and output (axes..., channels).
 *
 * @param <T> the layer's own class, so that its setters chain
 */
abstract class SpatialDropoutLayer<T extends SpatialDropoutLayer<T>> extends SpatialLayer<T> {

    private final double rate;
    private final NoiseSettings noise = new NoiseSettings(Noise.Distribution.UNIFORM);

    SpatialDropoutLayer(int axes, double rate) {
        super(axes);
        this.rate = NoiseSettings.fromZeroToOne(label(), "rate", rate);
    }

    /**
     * The same noise in every run; default none, the noise then follows from {@link RandomSeed}. It still changes from
     * step to step.
     */
    public final T seed(long seed) {
        requireUnbuilt("seed");
        noise.seed(seed);
        return self();
    }

    @Override
    final Shape channelsLastShape(Shape inputShape) {
        return inputShape;
    }

    @Override
    final Value lowerChannelsLast(Value input, Pass pass) {
        if (!pass.isTraining()) {
            return input;
        }
        int[] sizes = input.shape().toArray();
        Arrays.fill(sizes, 1, 1 + axes(), 1);
        return noise.dropped(input, rate, Shape.of(sizes), pass);
    }

    @Override
    protected final void describe(Config config) {
        config.with("rate", rate);
        noise.describe(config);
        super.describe(config);
    }

    @Override
    protected final void configure(Config config) {
        super.configure(config);
        NoiseSettings.readSeed(config).ifPresent(this::seed);
    }
}
