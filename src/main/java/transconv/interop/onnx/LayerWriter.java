package transconv.interop.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import transconv.config.Config;
import transconv.layers.DataFormat;
import transconv.layers.Layer;
import transconv.layers.Pass;
import transconv.ops.Activation;
import transconv.ops.AddBias;
import transconv.ops.Convolution;
import transconv.ops.Graph;
import transconv.ops.TransposedConvolution;
import transconv.ops.Value;
import transconv.shape.Axis;
import transconv.shape.KerasRule;
import transconv.shape.Padding;
import transconv.shape.Shape;

/** Writes one application of a layer: by the operator that is its equal, else by the ops that it lowers itself to. */
final class LayerWriter {

    private final GraphWriter writer;
    private final Layer layer;
    private final Config config;
    private final List<Form> inputs;
    private final Form in;

    /** @param inputs in the layer's own order of axes */
    LayerWriter(GraphWriter writer, Layer layer, List<Form> inputs) {
        this.writer = writer;
        this.layer = layer;
        this.config = layer.config();
        this.inputs = inputs;
        this.in = inputs.get(0);
    }

    /** @throws UnsupportedOperationException if ONNX has no equal of the layer, with its name and the reason */
    Form write() {
        writer.scope(layer.label());
        try {
            Form written = byOperator();
            return written != null ? written : byOps();
        } catch (UnsupportedOperationException refused) {
            throw new UnsupportedOperationException(
                    "%s (%s): %s".formatted(layer.label(), layer.type(), refused.getMessage()), refused);
        }
    }

    private Form byOperator() {
        return switch (layer.type()) {
            case "Activation" -> new ActivationWriter(writer).write(activation(), in);
            case "Dense" -> dense();
            case "ELU" -> alike("Elu", "alpha", config.number("alpha"));
            case "LeakyReLU" -> alike("LeakyRelu", "alpha", config.number("negative_slope"));
            case "ReLU" -> relu();
            case "PReLU" -> prelu();
            case "Softmax" -> softmax();
            case "Add" -> merged("Sum", inputs.size() > 2);
            case "Average" -> merged("Mean", true);
            case "Maximum" -> merged("Max", true);
            case "Minimum" -> merged("Min", true);
            case "BatchNormalization", "GroupNormalization", "LayerNormalization" -> new NormalizationWriter(
                            writer, layer, in)
                    .write();
            case "AveragePooling1D", "AveragePooling2D", "AveragePooling3D" -> averagePool();
            case "GlobalAveragePooling1D", "GlobalAveragePooling2D", "GlobalAveragePooling3D" -> globalPool(
                    "GlobalAveragePool");
            case "GlobalMaxPooling1D", "GlobalMaxPooling2D", "GlobalMaxPooling3D" -> globalPool("GlobalMaxPool");
            case "UpSampling1D", "UpSampling2D", "UpSampling3D" -> resize();
            case "PixelShuffle", "PixelUnshuffle" -> pixels();
            default -> config.has("activation") && activation() != Activation.LINEAR ? activated() : null;
        };
    }

    private Activation activation() {
        return config.text("activation", Activation::named);
    }

    private Form byOps() {
        Lowered lowered = new Lowered();
        return lowered.ops.write(lowered.output);
    }

    /** The layer's ops for its inputs. */
    private final class Lowered {

        private final Graph graph = new Graph();
        private final Value output;
        private final OpWriter ops;

        private Lowered() {
            Map<Value, Form> forms = new HashMap<>();
            List<Value> values = new ArrayList<>();
            for (Form input : inputs) {
                Value value = graph.input(input.shape());
                values.add(value);
                forms.put(value, input);
            }
            output = layer.call(values, Pass.inference(graph)).get(0);
            graph.output(output);
            ops = new OpWriter(writer, graph, forms);
        }
    }

    /** A kernel's layer: its activation is not that of the ops, but the operator. */
    private Form activated() {
        Lowered lowered = new Lowered();
        Value before = lowered.graph.needed().stream()
                .filter(value -> value.op() instanceof AddBias
                        || value.op() instanceof Convolution
                        || value.op() instanceof TransposedConvolution)
                .reduce((first, second) -> second)
                .orElseThrow();
        Form form = lowered.ops.write(before);
        ActivationWriter activations = new ActivationWriter(writer);
        return activation().isOverLastAxis()
                ? activations.write(activation(), fromChannelsLast(form))
                : fromChannelsLast(activations.write(activation(), form));
    }

    private Form dense() {
        boolean isMatrix = in.shape().rank() == 2;
        List<String> operands = new ArrayList<>(List.of(in.plain()));
        layer.parameters()
                .forEach(parameter -> operands.add(Form.of(writer, parameter).plain()));
        String name;
        if (isMatrix) {
            name = writer.node("Gemm", operands);
        } else {
            name = writer.node("MatMul", operands.subList(0, 2));
            name = operands.size() == 2 ? name : writer.node("Add", List.of(name, operands.get(2)));
        }
        Shape shape = in.shape().withLast(config.integer("units"));
        return new ActivationWriter(writer).write(activation(), Form.plain(writer, shape, name));
    }

    /** An operator on single elements with one setting. */
    private Form alike(String operator, String attribute, double value) {
        boolean isFirst = in.isFirst();
        String name = writer.node(operator, List.of(in.name(isFirst)), Attributes.number(attribute, value));
        return Form.like(in, isFirst, in.shape(), name);
    }

    private Form relu() {
        double slope = config.number("negative_slope");
        double threshold = config.number("threshold");
        boolean isFirst = in.isFirst();
        if (threshold > 0) {
            return config.has("max_value") || slope != 0 ? null : alike("ThresholdedRelu", "alpha", threshold);
        }
        if (!config.has("max_value")) {
            return slope != 0
                    ? alike("LeakyRelu", "alpha", slope)
                    : new ActivationWriter(writer).write(Activation.RELU, in);
        }
        String name = in.name(isFirst);
        name = slope == 0 ? name : writer.node("LeakyRelu", List.of(name), Attributes.number("alpha", slope));
        double least = slope == 0 ? 0 : Double.NEGATIVE_INFINITY;
        name = new Elementwise(writer).clip(name, least, config.number("max_value"));
        return Form.like(in, isFirst, in.shape(), name);
    }

    private Form prelu() {
        boolean isFirst = in.isFirst();
        Shape alpha = layer.parameters().get(0).shape();
        Form slopes =
                Form.of(writer, Constant.of(layer.parameters().get(0).value()).reshaped(alpha.prepend(1)));
        String name = writer.node("PRelu", List.of(in.name(isFirst), slopes.broadcast(isFirst)));
        return Form.like(in, isFirst, in.shape(), name);
    }

    private Form softmax() {
        int rank = in.shape().rank();
        int[] axes = IntStream.of(config.integers("axis"))
                .map(axis -> axis < 0 ? rank + axis : axis)
                .sorted()
                .toArray();
        if (axes.length > 1) {
            return softmaxOfAll(axes);
        }
        boolean isFirst = in.isFirst();
        int axis = Form.axis(isFirst, rank, axes[0]);
        String name = writer.node("Softmax", List.of(in.name(isFirst)), Attributes.integer("axis", axis));
        return Form.like(in, isFirst, in.shape(), name);
    }

    /** Over several axes: they are brought to the end and made one. */
    private Form softmaxOfAll(int... axes) {
        int rank = in.shape().rank();
        int[] order = IntStream.concat(
                        IntStream.range(0, rank)
                                .filter(axis -> IntStream.of(axes).noneMatch(each -> each == axis)),
                        IntStream.of(axes))
                .toArray();
        int[] turned = IntStream.of(order).map(in.shape()::size).toArray();
        int[] rows = Arrays.copyOf(turned, rank - axes.length + 1);
        rows[0] = -1;
        rows[rows.length - 1] = IntStream.of(axes).map(in.shape()::size).reduce(1, (a, b) -> a * b);
        turned[0] = -1;
        String name = writer.transpose(in.plain(), order);
        name = writer.node("Reshape", List.of(name, writer.longs(rows)));
        name = writer.node("Softmax", List.of(name), Attributes.integer("axis", rows.length - 1));
        name = writer.node("Reshape", List.of(name, writer.longs(turned)));
        return Form.plain(writer, in.shape(), writer.transpose(name, Form.inverse(order)));
    }

    private Form merged(String operator, boolean applies) {
        if (!applies) {
            return null;
        }
        boolean isFirst = inputs.stream().anyMatch(Form::isFirst);
        String name = writer.node(
                operator, inputs.stream().map(input -> input.name(isFirst)).toList());
        Shape shape = layer.outputShapes(
                        inputs.stream().map(input -> input.shape().from(1)).toList())
                .get(0);
        return Form.like(in, isFirst, shape.prepend(in.shape().size(0)), name);
    }

    private Form averagePool() {
        Form from = channelsLast(in);
        int[] sizes = config.integers("pool_size");
        int[] strides = config.integers("strides");
        List<Axis> axes = IntStream.range(0, sizes.length)
                .mapToObj(axis -> KerasRule.convolution(
                        from.shape().size(axis + 1),
                        sizes[axis],
                        strides[axis],
                        1,
                        config.choice("padding", Padding.class)))
                .toList();
        int[] pooled = from.shape().toArray();
        IntStream.range(0, sizes.length)
                .forEach(axis -> pooled[axis + 1] = axes.get(axis).small());
        return fromChannelsLast(new KernelWriter(writer).pool("AveragePool", axes, from, Shape.of(pooled)));
    }

    private Form globalPool(String operator) {
        Form from = channelsLast(in);
        String name = writer.node(operator, List.of(from.first()));
        int[] sizes = from.shape().toArray();
        Arrays.fill(sizes, 1, sizes.length - 1, 1);
        return config.truth("keepdims")
                ? fromChannelsLast(Form.first(writer, Shape.of(sizes), name))
                : Form.plain(
                        writer,
                        Shape.of(sizes[0], from.shape().last()),
                        writer.node("Flatten", List.of(name), Attributes.integer("axis", 1)));
    }

    private Form resize() {
        Form from = channelsLast(in);
        Resize resize = Resize.of(config);
        if (resize == null) {
            return null;
        }
        int[] sizes = from.shape().toArray();
        float[] scales = new float[sizes.length];
        Arrays.fill(scales, 1);
        int[] factors = config.integers("size");
        for (int axis = 0; axis < factors.length; axis++) {
            sizes[axis + 1] *= factors[axis];
            scales[axis + 2] = factors[axis];
        }
        String stored = writer.floats(layer.label() + "/scales", new Constant(scales, Shape.of(scales.length)));
        String name = writer.node("Resize", List.of(from.first(), "", stored), resize.attributes());
        return fromChannelsLast(Form.first(writer, Shape.of(sizes), name));
    }

    private Form pixels() {
        boolean isShuffle = layer.type().equals("PixelShuffle");
        boolean isTensorflows = config.text("channel_order").equals("tensorflow");
        Form from = channelsLast(in);
        if (from.shape().rank() != 4 || !isShuffle && !isTensorflows) {
            return null;
        }
        int factor = config.integer(isShuffle ? "upscale_factor" : "downscale_factor");
        List<String> x = List.of(from.first());
        String name = isShuffle
                ? writer.node(
                        "DepthToSpace",
                        x,
                        Attributes.integer("blocksize", factor),
                        Attributes.text("mode", isTensorflows ? "DCR" : "CRD"))
                : writer.node("SpaceToDepth", x, Attributes.integer("blocksize", factor));
        Shape shape = layer.outputShape(in.shape().from(1)).prepend(in.shape().size(0));
        return isChannelsFirst() ? Form.plain(writer, shape, name) : Form.first(writer, shape, name);
    }

    private boolean isChannelsFirst() {
        return config.has("data_format") && config.choice("data_format", DataFormat.class) == DataFormat.CHANNELS_FIRST;
    }

    /** A tensor of the layer's data format as channels last. */
    private Form channelsLast(Form form) {
        Shape sample = form.shape().from(1);
        return isChannelsFirst() && sample.rank() > 1
                ? Form.first(
                        writer,
                        DataFormat.CHANNELS_FIRST
                                .channelsLast(sample)
                                .prepend(form.shape().size(0)),
                        form.plain())
                : form;
    }

    /** A channels-last tensor in the layer's data format. */
    private Form fromChannelsLast(Form form) {
        Shape sample = form.shape().from(1);
        return isChannelsFirst() && sample.rank() > 1
                ? Form.plain(
                        writer,
                        DataFormat.CHANNELS_FIRST
                                .fromChannelsLast(sample)
                                .prepend(form.shape().size(0)),
                        form.first())
                : form;
    }
}
