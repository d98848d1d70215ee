package transconv.layers;

import java.util.Arrays;
import java.util.List;
import transconv.config.Config;
import transconv.ops.Activation;
import transconv.ops.Value;
import transconv.shape.Shape;

/**
 * A layer over one to three axes of positions, and the channels that stand before or behind them. What extends it sees
 * channels last only.
 *
 * @param <T> the layer's own class, so that its setters chain
 */
abstract class SpatialLayer<T extends SpatialLayer<T>> extends Layer {

    private static final List<String> AXES = List.of("steps", "height, width", "depth, height, width");

    private final int axes;
    private DataFormat dataFormat = DataFormat.CHANNELS_LAST;

    SpatialLayer(int axes) {
        this.axes = axes;
    }

    /** Where input and output have their channels; default CHANNELS_LAST. Weights do not depend on it. */
    public T dataFormat(DataFormat dataFormat) {
        requireUnbuilt("dataFormat");
        this.dataFormat = dataFormat;
        return self();
    }

    /** An activation of a value (batch, axes..., channels). */
    final Value activated(Value channelsLast, Activation activation) {
        // Keras' softmax is over the last axis of the layer's own format: with channels first, over a row of positions.
        return activation.isOverLastAxis()
                ? dataFormat.channelsLast(activation.of(dataFormat.fromChannelsLast(channelsLast)))
                : activation.of(channelsLast);
    }

    @Override
    public T name(String name) {
        super.name(name);
        return self();
    }

    @SuppressWarnings("unchecked")
    final T self() {
        return (T) this;
    }

    final int axes() {
        return axes;
    }

    /** One number for every axis, checked. */
    final int[] perAxis(int axes, int least, String argument, int... values) {
        if (values.length != 1 && values.length != axes) {
            throw new IllegalArgumentException("%s: %s=%s has %d numbers; give one for all axes or %d"
                    .formatted(label(), argument, Arrays.toString(values), values.length, axes));
        }
        int[] each = new int[axes];
        for (int axis = 0; axis < axes; axis++) {
            each[axis] = atLeast(least, argument, values[values.length == 1 ? 0 : axis]);
        }
        return each;
    }

    @Override
    public final Shape outputShape(Shape inputShape) {
        requireAxes(inputShape);
        return dataFormat.fromChannelsLast(channelsLastShape(dataFormat.channelsLast(inputShape)));
    }

    private void requireAxes(Shape inputShape) {
        if (inputShape.rank() != axes + 1) {
            String wanted = dataFormat == DataFormat.CHANNELS_LAST
                    ? "(" + AXES.get(axes - 1) + ", channels)"
                    : "(channels, " + AXES.get(axes - 1) + ")";
            throw new IllegalArgumentException("input shape %s has %d axes; it needs %d: %s"
                    .formatted(inputShape, inputShape.rank(), axes + 1, wanted));
        }
    }

    @Override
    protected final void makeWeights(Shape inputShape) {
        makeChannelsLastWeights(dataFormat.channelsLast(inputShape));
    }

    @Override
    protected final Value lower(Value input, Pass pass) {
        return dataFormat.fromChannelsLast(lowerChannelsLast(dataFormat.channelsLast(input), pass));
    }

    /** The output's shape, (axes..., channels), for the input's. */
    abstract Shape channelsLastShape(Shape inputShape);

    /** Makes the weights, if any, for an input shape (axes..., channels). */
    void makeChannelsLastWeights(Shape inputShape) {}

    /** The output, (batch, axes..., channels), for such an input. */
    abstract Value lowerChannelsLast(Value input, Pass pass);

    /** Whether Keras' layer takes the argument, and not only ours. */
    boolean kerasHasDataFormat() {
        return true;
    }

    @Override
    protected void describe(Config config) {
        if (kerasHasDataFormat() || dataFormat != DataFormat.CHANNELS_LAST) {
            config.with("data_format", dataFormat);
        }
    }

    @Override
    protected void configure(Config config) {
        if (config.has("data_format")) {
            dataFormat(config.choice("data_format", DataFormat.class));
        }
    }
}
