package transconv.layers;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import transconv.config.Config;
import transconv.ops.Ops;
import transconv.ops.Value;
import transconv.shape.Shape;

/**
 * What pixel shuffle and its inverse have in common: a small side (axes..., blocks · C) and a large one (factor ·
 * axes..., C), where blocks is the factor to the power of the number of axes, 1 to 3.
 *
 * @param <T> the layer's own class, so that its setters chain
 */
abstract class PixelLayer<T extends PixelLayer<T>> extends Layer {

    private final String argument;
    private final int factor;
    private ChannelOrder channelOrder = ChannelOrder.TENSORFLOW;
    private DataFormat dataFormat = DataFormat.CHANNELS_LAST;

    PixelLayer(String argument, int factor) {
        this.argument = argument;
        this.factor = atLeast(1, argument, factor);
    }

    /** How a block's values lie along the channels; default TENSORFLOW. */
    public T channelOrder(ChannelOrder channelOrder) {
        requireUnbuilt("channelOrder");
        this.channelOrder = channelOrder;
        return self();
    }

    /** Where input and output have their channels; default CHANNELS_LAST. */
    public T dataFormat(DataFormat dataFormat) {
        requireUnbuilt("dataFormat");
        this.dataFormat = dataFormat;
        return self();
    }

    @Override
    public T name(String name) {
        super.name(name);
        return self();
    }

    @SuppressWarnings("unchecked")
    private T self() {
        return (T) this;
    }

    final int factor() {
        return factor;
    }

    final int blocks(int axes) {
        return IntStream.range(0, axes).map(axis -> factor).reduce(1, Math::multiplyExact);
    }

    /** The output's shape, (axes..., channels), for the input's. */
    abstract Shape channelsLastShape(Shape inputShape);

    /** The output, (batch, axes..., channels), for such an input. */
    abstract Value lowerChannelsLast(Value input);

    @Override
    public final Shape outputShape(Shape inputShape) {
        if (inputShape.rank() < 2 || inputShape.rank() > 4) {
            throw new IllegalArgumentException(
                    "input shape %s has %d axes; it needs 2 to 4: one to three of positions, and the channels"
                            .formatted(inputShape, inputShape.rank()));
        }
        return dataFormat.fromChannelsLast(channelsLastShape(dataFormat.channelsLast(inputShape)));
    }

    @Override
    protected final Value lower(Value input, Pass pass) {
        return dataFormat.fromChannelsLast(lowerChannelsLast(dataFormat.channelsLast(input)));
    }

    /** The small side with an axis for each of a block's: (batch, axes..., factors..., C), or C before the factors. */
    final Shape blockwise(Shape small) {
        int axes = small.rank() - 2;
        List<Integer> sizes = new ArrayList<>();
        IntStream.rangeClosed(0, axes).forEach(axis -> sizes.add(small.size(axis)));
        IntStream.range(0, axes).forEach(axis -> sizes.add(factor));
        sizes.add(channelOrder == ChannelOrder.TENSORFLOW ? sizes.size() : axes + 1, small.last() / blocks(axes));
        return Shape.of(sizes.stream().mapToInt(Integer::intValue).toArray());
    }

    /** The order that puts each factor of {@link #blockwise} behind its axis, and C last. */
    final int[] interleaving(int axes) {
        int firstFactor = axes + (channelOrder == ChannelOrder.TENSORFLOW ? 1 : 2);
        List<Integer> order = new ArrayList<>(List.of(0));
        for (int axis = 0; axis < axes; axis++) {
            order.add(1 + axis);
            order.add(firstFactor + axis);
        }
        order.add(channelOrder == ChannelOrder.TENSORFLOW ? 2 * axes + 1 : axes + 1);
        return order.stream().mapToInt(Integer::intValue).toArray();
    }

    static Value reshaped(Value value, Shape target) {
        return Ops.reshape(value, target.prepend(value.shape().size(0)));
    }

    @Override
    protected void describe(Config config) {
        config.with(argument.replace("Factor", "_factor"), factor)
                .with("channel_order", channelOrder)
                .with("data_format", dataFormat);
    }

    @Override
    protected void configure(Config config) {
        if (config.has("channel_order")) {
            channelOrder(config.choice("channel_order", ChannelOrder.class));
        }
        if (config.has("data_format")) {
            dataFormat(config.choice("data_format", DataFormat.class));
        }
    }
}
