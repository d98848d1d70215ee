package transconv.layers;

import java.util.Iterator;
import java.util.Locale;
import org.nd4j.shade.jackson.databind.JsonNode;
import transconv.Goldens;
import transconv.ops.Activation;
import transconv.shape.Padding;

/** Layers from Keras' argument names and values. */
final class ConfiguredLayer {

    private ConfiguredLayer() {}

    static Layer of(String type, JsonNode config) {
        Layer layer =
                switch (type) {
                    case "Conv2D" -> Layers.conv2D(
                            config.get("filters").asInt(), Goldens.ints(config.get("kernel_size")));
                    case "Conv2DTranspose" -> Layers.conv2DTranspose(
                            config.get("filters").asInt(), Goldens.ints(config.get("kernel_size")));
                    case "Dense" -> Layers.dense(config.get("units").asInt());
                    case "Flatten" -> Layers.flatten();
                    case "Reshape" -> Layers.reshape(Goldens.ints(config.get("target_shape")));
                    default -> throw new AssertionError("no such layer: " + type);
                };
        for (Iterator<String> names = config.fieldNames(); names.hasNext(); ) {
            String argument = names.next();
            if (!config.get(argument).isNull()) {
                set(layer, argument, config.get(argument));
            }
        }
        return layer;
    }

    private static void set(Layer layer, String argument, JsonNode value) {
        switch (argument) {
            case "filters", "kernel_size", "units", "target_shape" -> {}
            case "strides" -> ((ConvolutionLayer<?>) layer).strides(Goldens.ints(value));
            case "dilation_rate" -> ((ConvolutionLayer<?>) layer).dilationRate(Goldens.ints(value));
            case "padding" -> ((ConvolutionLayer<?>) layer).padding(Padding.valueOf(upper(value)));
            case "output_padding" -> ((Conv2DTranspose) layer).outputPadding(Goldens.ints(value));
            case "activation" -> {
                Activation activation = Activation.valueOf(upper(value));
                if (layer instanceof Dense dense) {
                    dense.activation(activation);
                } else {
                    ((ConvolutionLayer<?>) layer).activation(activation);
                }
            }
            case "use_bias" -> {
                if (layer instanceof Dense dense) {
                    dense.useBias(value.asBoolean());
                } else {
                    ((ConvolutionLayer<?>) layer).useBias(value.asBoolean());
                }
            }
            default -> throw new AssertionError("no such argument: " + argument);
        }
    }

    private static String upper(JsonNode value) {
        return value.asText().toUpperCase(Locale.ROOT);
    }
}
