package transconv.layers;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import transconv.config.Config;
import transconv.shape.Shape;

/**
 * A layer that drops single values of its input in training, or whole groups of them.
 *
 * @param <T> the layer's own class, so that its setters chain
 */
abstract class DropoutLayer<T extends DropoutLayer<T>> extends NoiseLayer<T> {

    /** Stands for the input's length, where Keras has None. */
    private static final int AS_INPUT = -1;

    final double rate;
    private int[] noiseShape;

    /** @param rate checked already */
    DropoutLayer(double rate) {
        super(Noise.Distribution.UNIFORM);
        this.rate = rate;
    }

    /**
     * Along which axes values are dropped together; default along none.
     *
     * @param noiseShape for each axis of the input, the batch axis first: 1 where all values are kept or dropped
     *     together, -1 (Keras' None) or the input's length where each is on its own. Of the batch axis only 1 and -1
     *     can be told, since batches differ in size
     * @throws IllegalArgumentException if a number is 0 or below -1, or the first is above 1
     */
    public T noiseShape(int... noiseShape) {
        requireUnbuilt("noiseShape");
        for (int axis = 0; axis < noiseShape.length; axis++) {
            boolean fits =
                    axis == 0 ? Math.abs(noiseShape[0]) == 1 : noiseShape[axis] == AS_INPUT || noiseShape[axis] > 0;
            if (!fits) {
                throw new IllegalArgumentException("%s: noiseShape=%s: %d on axis %d must be %s"
                        .formatted(
                                label(),
                                Arrays.toString(noiseShape),
                                noiseShape[axis],
                                axis,
                                axis == 0
                                        ? "1 (the same for all samples of a batch) or -1 (each sample on its own)"
                                        : "1 (together), -1 (each on its own) or the input's length"));
            }
        }
        this.noiseShape = noiseShape.clone();
        noise.sharedByBatch(noiseShape.length > 0 && noiseShape[0] == 1);
        return self();
    }

    @Override
    public final Shape outputShape(Shape inputShape) {
        maskShape(inputShape.prepend(1));
        return inputShape;
    }

    /** The shape of what decides, for an input's shape, both with the batch axis; noise that is shared is repeated. */
    final Shape maskShape(Shape input) {
        if (noiseShape == null) {
            return input;
        }
        if (noiseShape.length != input.rank()) {
            throw new IllegalArgumentException("noiseShape=%s has %d numbers for input shape %s; it needs %d, the first"
                            .formatted(Arrays.toString(noiseShape), noiseShape.length, input.from(1), input.rank())
                    + " for the batch axis");
        }
        return Shape.of(IntStream.range(0, input.rank())
                .map(axis -> axis == 0 ? input.size(0) : length(axis, input))
                .toArray());
    }

    private int length(int axis, Shape input) {
        int wanted = noiseShape[axis] == AS_INPUT ? input.size(axis) : noiseShape[axis];
        if (wanted != 1 && wanted != input.size(axis)) {
            throw new IllegalArgumentException("noiseShape=%s: %d on axis %d for input shape %s; choose 1, -1 or %d"
                    .formatted(Arrays.toString(noiseShape), wanted, axis, input.from(1), input.size(axis)));
        }
        return wanted;
    }

    @Override
    final boolean isNoisy() {
        return rate > 0;
    }

    @Override
    protected final void describe(Config config) {
        config.with("rate", rate);
        super.describe(config);
        config.with("noise_shape", noiseShape == null ? null : written());
    }

    private List<Integer> written() {
        return Arrays.asList(IntStream.of(noiseShape)
                .mapToObj(size -> size == AS_INPUT ? null : size)
                .toArray(Integer[]::new));
    }

    @Override
    protected final void configure(Config config) {
        super.configure(config);
        if (config.has("noise_shape")) {
            List<?> sizes = config.list("noise_shape");
            Config known = Config.of(config.owner())
                    .with(
                            "noise_shape",
                            sizes.stream()
                                    .map(size -> size == null ? AS_INPUT : size)
                                    .toList());
            noiseShape(known.integers("noise_shape"));
        }
    }
}
