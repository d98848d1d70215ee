package transconv.layers;

import java.util.stream.IntStream;
import transconv.ops.Ops;
import transconv.ops.Value;
import transconv.shape.Shape;

/**
 * Where the channels stand. All computing is done channels last; a layer with channels first turns its input and its
 * output around.
 *
 * <pre>{@code
 * Layer layer = Layers.conv2D(8, 3).dataFormat(DataFormat.CHANNELS_FIRST);
 * System.out.println(layer.outputShape(Shape.of(3, 28, 20))); // (8, 26, 18)
 * }</pre>
 */
public enum DataFormat {
    /** (axes..., channels), Keras' default. */
    CHANNELS_LAST,
    /** (channels, axes...), as PyTorch has it. */
    CHANNELS_FIRST;

    /** A shape in this format, without batch axis, as channels last. */
    public Shape channelsLast(Shape shape) {
        if (this == CHANNELS_LAST || shape.rank() < 2) {
            return shape;
        }
        return Shape.of(IntStream.range(0, shape.rank())
                .map(axis -> shape.size((axis + 1) % shape.rank()))
                .toArray());
    }

    /** A channels-last shape, without batch axis, in this format. */
    public Shape fromChannelsLast(Shape shape) {
        if (this == CHANNELS_LAST || shape.rank() < 2) {
            return shape;
        }
        return Shape.of(IntStream.range(0, shape.rank())
                .map(axis -> shape.size(axis == 0 ? -1 : axis - 1))
                .toArray());
    }

    /** A value in this format, (batch, ...), as channels last. */
    Value channelsLast(Value value) {
        int rank = value.shape().rank();
        return this == CHANNELS_LAST || rank < 3
                ? value
                : Ops.transpose(
                        value,
                        IntStream.range(0, rank)
                                .map(axis -> axis == 0 ? 0 : axis == rank - 1 ? 1 : axis + 1)
                                .toArray());
    }

    /** A channels-last value, (batch, ...), in this format. */
    Value fromChannelsLast(Value value) {
        int rank = value.shape().rank();
        return this == CHANNELS_LAST || rank < 3
                ? value
                : Ops.transpose(
                        value,
                        IntStream.range(0, rank)
                                .map(axis -> axis == 0 ? 0 : axis == 1 ? rank - 1 : axis - 1)
                                .toArray());
    }
}
