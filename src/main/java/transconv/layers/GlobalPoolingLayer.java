package transconv.layers;

import java.util.Arrays;
import java.util.stream.IntStream;
import transconv.config.Config;
import transconv.ops.Ops;
import transconv.ops.Value;
import transconv.shape.Shape;

/**
 * What layers that make one value of all positions have in common. Input (axes..., channels), output (channels), or
 * (1..., channels) with keepdims.
 *
 * @param <T> the layer's own class, so that its setters chain
 */
abstract class GlobalPoolingLayer<T extends GlobalPoolingLayer<T>> extends SpatialLayer<T> {

    private final Pooling pooling;
    private boolean keepdims;

    GlobalPoolingLayer(int axes, Pooling pooling) {
        super(axes);
        this.pooling = pooling;
    }

    /** Whether the axes stay, with length 1; default false. */
    public T keepdims(boolean keepdims) {
        requireUnbuilt("keepdims");
        this.keepdims = keepdims;
        return self();
    }

    @Override
    final Shape channelsLastShape(Shape inputShape) {
        if (!keepdims) {
            return Shape.of(inputShape.last());
        }
        int[] sizes = inputShape.toArray();
        Arrays.fill(sizes, 0, axes(), 1);
        return Shape.of(sizes);
    }

    @Override
    final Value lowerChannelsLast(Value input, Pass pass) {
        Value pooled = pooling.ofAll(input, IntStream.rangeClosed(1, axes()).toArray());
        int batch = input.shape().size(0);
        return Ops.reshape(pooled, channelsLastShape(input.shape().from(1)).prepend(batch));
    }

    @Override
    protected void describe(Config config) {
        super.describe(config);
        config.with("keepdims", keepdims);
    }

    @Override
    protected void configure(Config config) {
        super.configure(config);
        if (config.has("keepdims")) {
            keepdims(config.truth("keepdims"));
        }
    }
}
