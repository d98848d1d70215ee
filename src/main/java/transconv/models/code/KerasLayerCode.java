package transconv.models.code;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import transconv.config.Config;
import transconv.layers.Layer;
import transconv.layers.LayerTypes;
import transconv.shape.Shape;

/** One layer as Keras' constructor makes it; arguments that have Keras' defaults are left out. */
final class KerasLayerCode {

    /** The arguments that stand first and without their names; a layer cannot be made without most of them. */
    private static final Map<String, List<String>> FIRST = Map.ofEntries(
            Map.entry("Conv1D", List.of("filters", "kernel_size")),
            Map.entry("Conv2D", List.of("filters", "kernel_size")),
            Map.entry("Conv3D", List.of("filters", "kernel_size")),
            Map.entry("Conv1DTranspose", List.of("filters", "kernel_size")),
            Map.entry("Conv2DTranspose", List.of("filters", "kernel_size")),
            Map.entry("Conv3DTranspose", List.of("filters", "kernel_size")),
            Map.entry("SeparableConv2D", List.of("filters", "kernel_size")),
            Map.entry("DepthwiseConv2D", List.of("kernel_size")),
            Map.entry("Dense", List.of("units")),
            Map.entry("Reshape", List.of("target_shape")),
            Map.entry("Permute", List.of("dims")),
            Map.entry("RepeatVector", List.of("n")),
            Map.entry("Embedding", List.of("input_dim", "output_dim")),
            Map.entry("Activation", List.of("activation")),
            Map.entry("GroupNormalization", List.of("groups")),
            Map.entry("Dropout", List.of("rate")),
            Map.entry("SpatialDropout1D", List.of("rate")),
            Map.entry("SpatialDropout2D", List.of("rate")),
            Map.entry("SpatialDropout3D", List.of("rate")),
            Map.entry("AlphaDropout", List.of("rate")),
            Map.entry("GaussianDropout", List.of("rate")),
            Map.entry("GaussianNoise", List.of("stddev")),
            Map.entry("UpSampling1D", List.of("size")),
            Map.entry("UpSampling2D", List.of("size")),
            Map.entry("UpSampling3D", List.of("size")),
            Map.entry("MaxPooling1D", List.of("pool_size")),
            Map.entry("MaxPooling2D", List.of("pool_size")),
            Map.entry("MaxPooling3D", List.of("pool_size")),
            Map.entry("AveragePooling1D", List.of("pool_size")),
            Map.entry("AveragePooling2D", List.of("pool_size")),
            Map.entry("AveragePooling3D", List.of("pool_size")),
            Map.entry("ZeroPadding1D", List.of("padding")),
            Map.entry("ZeroPadding2D", List.of("padding")),
            Map.entry("ZeroPadding3D", List.of("padding")),
            Map.entry("Cropping1D", List.of("cropping")),
            Map.entry("Cropping2D", List.of("cropping")),
            Map.entry("Cropping3D", List.of("cropping")));

    /** One number in Keras stands for the same on all axes. */
    private static final Set<String> ONE_FOR_ALL =
            Set.of("kernel_size", "strides", "dilation_rate", "pool_size", "size", "output_padding");

    /** What Keras has not, with the way out. */
    private static final Map<String, String> OURS = Map.of(
            "padding_begin", "Keras has the padding modes valid and same alone; use zeroPadding or cropping layers",
            "rule", "Keras has only its own rule; use rule(Rule.KERAS)",
            "output_size", "Keras has no such argument; use outputPadding",
            "coordinate_transformation", "Keras has only half-pixel centres; use HALF_PIXEL");

    private static final Set<String> TRANSPOSED = Set.of("Conv1DTranspose", "Conv2DTranspose", "Conv3DTranspose");

    private static final Set<String> LAST_ALONE =
            Set.of("UpSampling1D", "Cropping1D", "SpatialDropout1D", "PixelShuffle", "PixelUnshuffle");

    private KerasLayerCode() {}

    /**
     * The call of the constructor.
     *
     * @param inputShape of the layer's first application
     * @throws UnsupportedOperationException if Keras has no equal, naming the layer and why
     */
    static String of(Layer layer, Shape inputShape) {
        Config config = settings(layer);
        if (layer.type().startsWith("Pixel")) {
            return PixelLayerCode.keras(layer, inputShape, config);
        }
        requireEqual(layer, config);
        List<String> first = FIRST.getOrDefault(layer.type(), List.of());
        Config defaults = defaults(layer.type(), first, config);
        List<String> arguments = new ArrayList<>();
        for (String setting : first) {
            arguments.add(argument(setting, config.values().get(setting)));
        }
        for (Map.Entry<String, Object> setting : config.values().entrySet()) {
            Object value = setting.getValue();
            boolean isDefault = defaults.values().containsKey(setting.getKey())
                    ? isSame(value, defaults.values().get(setting.getKey()))
                    : value == null;
            // without weights it has no effect, and some of Keras' layers do not take it
            boolean isIdle =
                    setting.getKey().equals("trainable") && layer.weights().isEmpty();
            if (!isDefault
                    && !isIdle
                    && !first.contains(setting.getKey())
                    && !setting.getKey().equals("name")) {
                arguments.add(setting.getKey() + "=" + argument(setting.getKey(), value));
            }
        }
        arguments.add("name=" + PythonText.quoted(layer.label()));
        return "layers.%s(%s)".formatted(layer.type(), String.join(", ", arguments));
    }

    /** @throws UnsupportedOperationException if a part is the user's own code */
    static Config settings(Layer layer) {
        if (!LayerTypes.names().contains(layer.type())) {
            throw refusal(layer, "it is code of your own, which no other library has; write it there by hand");
        }
        try {
            return layer.config();
        } catch (UnsupportedOperationException own) {
            throw refusal(layer, own.getMessage());
        }
    }

    static UnsupportedOperationException refusal(Layer layer, String why) {
        return new UnsupportedOperationException("layer '%s' (%s): %s".formatted(layer.label(), layer.type(), why));
    }

    private static void requireEqual(Layer layer, Config config) {
        OURS.forEach((setting, why) -> {
            if (config.has(setting)) {
                throw refusal(
                        layer, "%s=%s: %s".formatted(setting, config.values().get(setting), why));
            }
        });
        if (TRANSPOSED.contains(layer.type()) && config.integer("groups") > 1) {
            throw refusal(
                    layer,
                    "groups=%d: Keras has no groups in transposed convolutions; use groups(1)"
                            .formatted(config.integer("groups")));
        }
        if (LAST_ALONE.contains(layer.type())
                && config.has("data_format")
                && config.text("data_format").equals("channels_first")) {
            throw refusal(
                    layer, "data_format=channels_first: Keras' layer has channels last alone; use permute layers");
        }
    }

    private static Config defaults(String type, List<String> first, Config config) {
        Config required = Config.of(type);
        first.forEach(setting -> required.with(setting, config.values().get(setting)));
        return LayerTypes.fromConfig(type, required).config();
    }

    private static boolean isSame(Object value, Object other) {
        return value == null ? other == null : value.equals(other);
    }

    private static String argument(String setting, Object value) {
        if (ONE_FOR_ALL.contains(setting)
                && value instanceof List<?> list
                && list.stream().distinct().count() == 1) {
            return PythonText.of(list.get(0));
        }
        return KerasPartCode.of(setting, value);
    }
}
