package transconv.layers;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import transconv.config.Config;
import transconv.ops.Ops;
import transconv.ops.Value;
import transconv.shape.Shape;

/**
 * Divides the channels into groups and brings each group of each sample to mean 0 and standard deviation 1, then scales
 * each channel by gamma and shifts it by beta. Input and output (any axes); weights gamma and beta (channels). Training
 * and inference are the same. Source: Wu and He (2018); Keras 3, {@code GroupNormalization}.
 *
 * <pre>{@code
 * Layer layer = Layers.groupNormalization(4);
 * System.out.println(layer.outputShape(Shape.of(5, 5, 8))); // (5, 5, 8)
 * }</pre>
 */
public final class GroupNormalization extends NormalizationLayer<GroupNormalization> {

    private final int groups;
    private int axis = -1;

    /** With 32 groups. */
    public GroupNormalization() {
        this(32);
    }

    /**
     * @param groups a divisor of the number of channels, or -1 for as many as channels: instance normalization
     * @throws IllegalArgumentException if it is 0, or below -1
     */
    public GroupNormalization(int groups) {
        if (groups < 1 && groups != -1) {
            throw new IllegalArgumentException(
                    "%s: groups=%d must be at least 1, or -1 for as many as channels".formatted(label(), groups));
        }
        this.groups = groups;
    }

    static GroupNormalization from(Config config) {
        return config.has("groups") ? new GroupNormalization(config.integer("groups")) : new GroupNormalization();
    }

    /**
     * The channels; default -1, the last axis.
     *
     * @param axis from 1, the first behind the batch axis, or from -1, the last, downwards
     * @throws IllegalArgumentException if it is 0
     */
    public GroupNormalization axis(int axis) {
        requireUnbuilt("axis");
        new FeatureAxes(this, axis);
        this.axis = axis;
        return this;
    }

    private FeatureAxes channels() {
        return new FeatureAxes(this, axis);
    }

    private int groups(int channels) {
        int wanted = groups == -1 ? channels : groups;
        if (channels % wanted != 0) {
            throw new IllegalArgumentException(
                    "groups=%d for %d channels on axis %d; it must divide them, choose a divisor or -1 for %d groups"
                            .formatted(groups, channels, axis, channels));
        }
        return wanted;
    }

    @Override
    public Shape outputShape(Shape inputShape) {
        groups(channels().sizes(inputShape).last());
        return inputShape;
    }

    @Override
    protected void makeWeights(Shape inputShape) {
        makeScaleAndOffset(channels().sizes(inputShape));
    }

    @Override
    protected Value lower(Value input, Pass pass) {
        Shape shape = input.shape();
        requireRank(shape.from(1));
        int position = channels().positions(shape.rank())[0];
        Shape weights = channels().alone(shape);
        Value grouped = Ops.reshape(input, grouped(shape, position));
        int[] reduced = IntStream.range(1, shape.rank() + 1)
                .filter(axis -> axis != position)
                .toArray();
        Value centred = centred(grouped, Ops.mean(grouped, reduced));
        Value scaled = scaled(centred, variance(centred, reduced), grouped(weights, position));
        return shifted(Ops.reshape(scaled, shape), weights);
    }

    /** (..., channels, ...) as (..., groups, channels of each, ...). */
    private Shape grouped(Shape shape, int position) {
        List<Integer> sizes = new ArrayList<>();
        for (int axis = 0; axis < shape.rank(); axis++) {
            if (axis == position) {
                int groups = groups(shape.size(axis));
                sizes.add(groups);
                sizes.add(shape.size(axis) / groups);
            } else {
                sizes.add(shape.size(axis));
            }
        }
        return Shape.of(sizes.stream().mapToInt(Integer::intValue).toArray());
    }

    @Override
    protected void describe(Config config) {
        config.with("groups", groups).with("axis", axis);
        super.describe(config);
    }

    @Override
    protected void configure(Config config) {
        if (config.has("axis")) {
            axis(config.integer("axis"));
        }
        super.configure(config);
    }
}
