package transconv.interop.onnx;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import transconv.config.Config;
import transconv.layers.Layer;
import transconv.layers.Weight;
import transconv.shape.Shape;

/** Writes the normalizations that ONNX has as operators, where the axes are those that it knows. */
final class NormalizationWriter {

    private final GraphWriter writer;
    private final Layer layer;
    private final Config config;
    private final Form in;
    private final int[] axes;

    NormalizationWriter(GraphWriter writer, Layer layer, Form in) {
        this.writer = writer;
        this.layer = layer;
        this.config = layer.config();
        this.in = in;
        int rank = in.shape().rank();
        this.axes = IntStream.of(config.integers("axis"))
                .map(axis -> axis < 0 ? rank + axis : axis)
                .sorted()
                .toArray();
    }

    /** Null where no operator is its equal. */
    Form write() {
        return layer.type().equals("LayerNormalization") ? ofFeatures() : ofChannels();
    }

    /** Over the last axes. */
    private Form ofFeatures() {
        int rank = in.shape().rank();
        boolean areLast = axes[axes.length - 1] == rank - 1 && axes[0] == rank - axes.length;
        if (!areLast || config.truth("rms_scaling")) {
            return null;
        }
        Shape features = in.shape().from(axes[0]);
        List<String> inputs = List.of(in.plain(), weight("gamma", 1, features), weight("beta", 0, features));
        String name = writer.node("LayerNormalization", inputs, Attributes.integer("axis", axes[0]), epsilon());
        return Form.plain(writer, in.shape(), name);
    }

    /** Of channels, which ONNX has on axis 1. */
    private Form ofChannels() {
        int rank = in.shape().rank();
        boolean isGroups = layer.type().equals("GroupNormalization");
        boolean isLast = axes[0] == rank - 1;
        if (!isLast && axes[0] != 1 || isGroups && rank < 3) {
            return null;
        }
        // with two axes the last is axis 1 as well
        boolean isFirst = isLast && rank > 2;
        Shape channels = Shape.of(in.shape().size(axes[0]));
        String x = in.name(isFirst);
        String gamma = weight("gamma", 1, channels);
        String beta = weight("beta", 0, channels);
        String name;
        if (isGroups) {
            int groups = config.integer("groups");
            name = writer.node(
                    "GroupNormalization",
                    List.of(x, gamma, beta),
                    epsilon(),
                    Attributes.integer("num_groups", groups == -1 ? channels.last() : groups));
        } else {
            name = writer.node(
                    "BatchNormalization",
                    List.of(x, gamma, beta, weight("moving_mean", 0, channels), weight("moving_variance", 1, channels)),
                    epsilon(),
                    Attributes.number("momentum", config.number("momentum")));
        }
        return Form.like(in, isFirst, in.shape(), name);
    }

    private ai.onnx.proto.OnnxMl.AttributeProto epsilon() {
        return Attributes.number("epsilon", config.number("epsilon"));
    }

    /** The layer's weight of that name, or where it has none, one number in its place. */
    private String weight(String name, double otherwise, Shape shape) {
        for (Weight weight : layer.weights()) {
            if (weight.name().equals(name)) {
                return Form.of(writer, weight.parameter()).plain();
            }
        }
        float[] values = new float[shape.elements()];
        Arrays.fill(values, (float) otherwise);
        return writer.floats(layer.label() + "/" + name, new Constant(values, shape));
    }
}
