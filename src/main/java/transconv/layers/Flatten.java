package transconv.layers;

import transconv.config.Config;
import transconv.ops.Value;
import transconv.shape.Shape;

/**
 * All axes but the batch axis in one. Input (any axes), output (their product), in C order of (axes..., channels).
 * Source: Keras 3, {@code Flatten}.
 *
 * <pre>{@code
 * Layer layer = Layers.flatten();
 * System.out.println(layer.outputShape(Shape.of(4, 4, 128))); // (2048,)
 * }</pre>
 */
public final class Flatten extends Layer {

    private DataFormat dataFormat = DataFormat.CHANNELS_LAST;

    /**
     * Where the input has its channels; default CHANNELS_LAST. With CHANNELS_FIRST they are moved to the end, so that
     * both formats of one picture give the same output.
     */
    public Flatten dataFormat(DataFormat dataFormat) {
        requireUnbuilt("dataFormat");
        this.dataFormat = dataFormat;
        return this;
    }

    @Override
    public Flatten name(String name) {
        super.name(name);
        return this;
    }

    @Override
    public Shape outputShape(Shape inputShape) {
        return Shape.of(inputShape.elements());
    }

    @Override
    protected Value lower(Value input, Pass pass) {
        Shape output = outputShape(input.shape().from(1)).prepend(input.shape().size(0));
        // An op also where the shape stays: a loss must not see a sigmoid through it, as it does not in Keras.
        return input.graph().apply(new transconv.ops.Reshape(output), dataFormat.channelsLast(input));
    }

    @Override
    protected void describe(Config config) {
        config.with("data_format", dataFormat);
    }

    @Override
    protected void configure(Config config) {
        if (config.has("data_format")) {
            dataFormat(config.choice("data_format", DataFormat.class));
        }
    }
}
