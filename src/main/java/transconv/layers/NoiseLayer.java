package transconv.layers;

import transconv.config.Config;
import transconv.ops.Value;
import transconv.shape.Shape;

/**
 * A layer that changes its input at random in training, and gives it back as it is otherwise. Its output has its
 * input's shape.
 *
 * @param <T> the layer's own class, so that its setters chain
 */
abstract class NoiseLayer<T extends NoiseLayer<T>> extends Layer {

    final NoiseSettings noise;

    NoiseLayer(Noise.Distribution distribution) {
        noise = new NoiseSettings(distribution);
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
    public final T name(String name) {
        super.name(name);
        return self();
    }

    @SuppressWarnings("unchecked")
    final T self() {
        return (T) this;
    }

    @Override
    public Shape outputShape(Shape inputShape) {
        return inputShape;
    }

    @Override
    protected final Value lower(Value input, Pass pass) {
        return pass.isTraining() && isNoisy() ? noisy(input, pass) : input;
    }

    /** Whether training shows any noise at all. */
    abstract boolean isNoisy();

    /** The output in training. */
    abstract Value noisy(Value input, Pass pass);

    @Override
    protected void describe(Config config) {
        noise.describe(config);
    }

    @Override
    protected void configure(Config config) {
        NoiseSettings.readSeed(config).ifPresent(this::seed);
    }
}
