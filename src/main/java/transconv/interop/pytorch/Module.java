package transconv.interop.pytorch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import transconv.layers.Layer;
import transconv.layers.Weight;

/** What a layer's module has in PyTorch's {@code state_dict}, by the keys behind the module's name. */
final class Module {

    /** A weight by its key. */
    record Entry(String key, Weight weight, WeightLayout layout) {}

    private static final Map<String, String> NORMALIZATIONS = Map.of(
            "gamma", "weight",
            "scale", "weight",
            "beta", "bias",
            "moving_mean", "running_mean",
            "moving_variance", "running_var");

    private final Layer layer;
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    private Module(Layer layer) {
        this.layer = layer;
    }

    Layer layer() {
        return layer;
    }

    List<Entry> entries() {
        return new ArrayList<>(entries.values());
    }

    /** Whether PyTorch counts the batches that it has seen, which no layer of ours needs. */
    boolean countsBatches() {
        return entries.containsKey("running_mean");
    }

    /** Whether a key stands for a factor of one or a summand of zero where the layer has none. */
    boolean lacks(String key) {
        return !entries.containsKey(key)
                && (key.equals("weight") || key.equals("bias"))
                && layer.type().endsWith("Normalization");
    }

    /** @throws IllegalArgumentException if PyTorch's weights of such a layer are not known */
    static Module of(Layer layer, FeatureOrder features) {
        Module module = new Module(layer);
        int[] input = features == null ? null : features.ofInput(layer);
        int[] output = features == null ? null : features.ofOutput(layer);
        for (Weight weight : layer.weights()) {
            module.add(weight, input, output, features != null && features.takesPictures(layer));
        }
        return module;
    }

    private void add(Weight weight, int[] input, int[] output, boolean pictures) {
        long[] shape = weight.parameter().value().shape();
        int last = shape.length - 1;
        switch (layer.type()) {
            case "Dense" -> {
                if (weight.name().equals("bias")) {
                    put("bias", weight, WeightLayout.same(shape, output));
                } else {
                    WeightLayout turned = WeightLayout.permuted(shape, "(in, out) as (out, in)", 1, 0);
                    turned.orders()[0] = input;
                    turned.orders()[1] = output;
                    put("weight", weight, turned);
                }
            }
            case "Conv1D", "Conv2D", "Conv3D", "Conv1DTranspose", "Conv2DTranspose", "Conv3DTranspose" -> put(
                    weight.name().equals("kernel") ? "weight" : "bias",
                    weight,
                    weight.name().equals("kernel") ? kernel(shape) : WeightLayout.same(shape, null));
            case "DepthwiseConv2D" -> put(
                    last == 0 ? "bias" : "weight",
                    weight,
                    last == 0 ? WeightLayout.same(shape, null) : depthwise(shape));
            case "SeparableConv2D" -> put(
                    weight.name().equals("depthwise_kernel")
                            ? "depthwise.weight"
                            : last == 0 ? "pointwise.bias" : "pointwise.weight",
                    weight,
                    weight.name().equals("depthwise_kernel")
                            ? depthwise(shape)
                            : last == 0 ? WeightLayout.same(shape, null) : kernel(shape));
            case "LayerNormalization", "RMSNormalization" -> put(
                    NORMALIZATIONS.get(weight.name()),
                    weight,
                    pictures && last > 0 && shape.length == layer.inputShape().rank()
                            ? channelsFirst(shape)
                            : WeightLayout.same(shape, input));
            case "BatchNormalization", "GroupNormalization" -> put(
                    NORMALIZATIONS.get(weight.name()), weight, WeightLayout.same(shape, input));
            case "PReLU" -> {
                boolean ofChannels = IntStream.range(0, last).allMatch(axis -> shape[axis] == 1);
                WeightLayout same = WeightLayout.same(shape, input);
                put("weight", weight, ofChannels ? same.joined(shape[last]) : same);
            }
            case "Embedding" -> put("weight", weight, WeightLayout.same(shape, null));
            default -> throw new IllegalArgumentException("%s: PyTorch's layout of %s's weight '%s' is not known"
                    .formatted(layer.label(), layer.type(), weight.name()));
        }
    }

    private void put(String key, Weight weight, WeightLayout layout) {
        entries.put(key, new Entry(key, weight, layout));
    }

    /** Of transposed convolutions, too, ours has the input's channels where PyTorch has them: at the other end. */
    private static WeightLayout kernel(long[] shape) {
        int last = shape.length - 1;
        int[] axes = IntStream.range(0, shape.length)
                .map(axis -> axis == 0 ? last : axis == 1 ? last - 1 : axis - 2)
                .toArray();
        return WeightLayout.permuted(shape, "(kernel axes..., a, b) as (b, a, kernel axes...)", axes);
    }

    private static WeightLayout channelsFirst(long[] shape) {
        int last = shape.length - 1;
        int[] axes = IntStream.range(0, shape.length)
                .map(axis -> axis == 0 ? last : axis - 1)
                .toArray();
        return WeightLayout.permuted(shape, "(axes..., channels) as (channels, axes...)", axes);
    }

    private static WeightLayout depthwise(long[] shape) {
        // (height, width, channels, multiplier) -> (channels, multiplier, height, width)
        WeightLayout split = WeightLayout.permuted(
                shape, "(kernel axes..., channels, m) as (channels * m, 1, kernel axes...)", 2, 3, 0, 1);
        return split.joined(shape[2] * shape[3], 1, shape[0], shape[1]);
    }
}
