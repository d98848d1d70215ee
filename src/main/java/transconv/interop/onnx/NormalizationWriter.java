package transconv.interop.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
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
        int first = rank - axes.length;
        if (config.truth("rms_scaling")) {
            return null;
        }
        int[] order = IntStream.concat(
                        IntStream.range(0, rank)
                                .filter(axis -> IntStream.of(axes).noneMatch(each -> each == axis)),
                        IntStream.of(axes))
                .toArray();
        boolean areLast = axes[0] == first;
        String x = areLast ? in.plain() : writer.transpose(in.plain(), order);
        Shape features = Shape.of(IntStream.of(axes).map(in.shape()::size).toArray());
        List<String> inputs = List.of(x, weight("gamma", 1, features), weight("beta", 0, features));
        String name = writer.node("LayerNormalization", inputs, Attributes.integer("axis", first), epsilon());
        return Form.plain(writer, in.shape(), areLast ? name : writer.transpose(name, Form.inverse(order)));
    }

    /** Of channels, which ONNX has on axis 1. */
    private Form ofChannels() {
        int rank = in.shape().rank();
        boolean isGroups = layer.type().equals("GroupNormalization");
        boolean isLast = axes[0] == rank - 1;
        int[] swapped = IntStream.range(0, rank)
                .map(axis -> axis == 1 ? axes[0] : axis == axes[0] ? 1 : axis)
                .toArray();
        boolean isBetween = !isLast && axes[0] != 1;
        // with two axes the last is axis 1 as well
        boolean isFirst = isLast && rank > 2;
        Shape channels = Shape.of(in.shape().size(axes[0]));
        String x = isBetween ? writer.transpose(in.plain(), swapped) : in.name(isFirst);
        String gamma = weight("gamma", 1, channels);
        String beta = weight("beta", 0, channels);
        String name;
        if (isGroups) {
            int groups = config.integer("groups");
            // the operator wants an axis of positions
            x = rank > 2 ? x : writer.node("Reshape", List.of(x, writer.longs(-1, channels.last(), 1)));
            name = writer.node(
                    "GroupNormalization",
                    List.of(x, gamma, beta),
                    epsilon(),
                    Attributes.integer("num_groups", groups == -1 ? channels.last() : groups));
            name = rank > 2 ? name : writer.node("Reshape", List.of(name, writer.longs(-1, channels.last())));
        } else {
            name = writer.node(
                    "BatchNormalization",
                    List.of(x, gamma, beta, weight("moving_mean", 0, channels), weight("moving_variance", 1, channels)),
                    epsilon(),
                    Attributes.number("momentum", config.number("momentum")));
        }
        return Form.like(in, isFirst, in.shape(), isBetween ? writer.transpose(name, swapped) : name);
    }

    private AttributeProto epsilon() {
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
