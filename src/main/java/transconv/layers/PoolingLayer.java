package transconv.layers;

import java.util.ArrayList;
import java.util.List;
import transconv.config.Config;
import transconv.ops.Value;
import transconv.shape.Axis;
import transconv.shape.KerasRule;
import transconv.shape.Padding;
import transconv.shape.Shape;

/**
 * What layers that make one value of each window have in common. Input (axes..., channels).
 *
 * @param <T> the layer's own class, so that its setters chain
 */
abstract class PoolingLayer<T extends PoolingLayer<T>> extends SpatialLayer<T> {

    private final Pooling pooling;
    private final int[] poolSize;
    private int[] strides;
    private Padding padding = Padding.VALID;

    /** @param poolSize one number for all axes, or one an axis; at least 1 */
    PoolingLayer(int axes, Pooling pooling, int... poolSize) {
        super(axes);
        this.pooling = pooling;
        this.poolSize = perAxis(axes, 1, "poolSize", poolSize);
        this.strides = this.poolSize;
    }

    /** Input steps from a window to the next; one number for all axes, or one an axis; default the pool size. */
    public T strides(int... strides) {
        this.strides = perAxis(axes(), 1, "strides", strides);
        return self();
    }

    /** Default VALID. Positions that SAME adds at the borders do not count. */
    public T padding(Padding padding) {
        requireUnbuilt("padding");
        this.padding = padding;
        return self();
    }

    private List<Axis> axes(Shape inputShape) {
        List<Axis> axes = new ArrayList<>();
        for (int axis = 0; axis < axes(); axis++) {
            int size = inputShape.size(axis);
            if (padding == Padding.VALID && poolSize[axis] > size) {
                throw new IllegalArgumentException(
                        "input size %d is smaller than poolSize=%d; use a smaller pool or padding(SAME)"
                                .formatted(size, poolSize[axis]));
            }
            axes.add(KerasRule.convolution(size, poolSize[axis], strides[axis], 1, padding));
        }
        return axes;
    }

    @Override
    final Shape channelsLastShape(Shape inputShape) {
        int[] sizes = inputShape.toArray();
        List<Axis> axes = axes(inputShape);
        for (int axis = 0; axis < axes(); axis++) {
            sizes[axis] = axes.get(axis).small();
        }
        return Shape.of(sizes);
    }

    @Override
    final Value lowerChannelsLast(Value input, Pass pass) {
        return pooling.ofWindows(input, axes(input.shape().from(1)));
    }

    @Override
    protected void describe(Config config) {
        super.describe(config);
        config.with("pool_size", poolSize).with("strides", strides).with("padding", padding);
    }

    @Override
    protected void configure(Config config) {
        super.configure(config);
        if (config.has("strides")) {
            strides(config.integers("strides"));
        }
        if (config.has("padding")) {
            padding(config.choice("padding", Padding.class));
        }
    }
}
