package transconv.interop.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import transconv.Closeness;
import transconv.layers.ChannelOrder;
import transconv.layers.CoordinateTransformation;
import transconv.layers.DataFormat;
import transconv.layers.GroupNormalization;
import transconv.layers.Input;
import transconv.layers.Interpolation;
import transconv.layers.Layer;
import transconv.layers.Layers;
import transconv.layers.PReLU;
import transconv.layers.PixelShuffle;
import transconv.layers.PixelUnshuffle;
import transconv.layers.RMSNormalization;
import transconv.layers.ReLU;
import transconv.layers.Softmax;
import transconv.layers.Tensor;
import transconv.layers.UnitNormalization;
import transconv.models.Model;
import transconv.models.Sequential;
import transconv.ops.Activation;

/** Layers with the arguments that chance seldom draws. */
class OnnxLayersTest {

    private static final Closeness CLOSENESS = new Closeness();

    @AfterAll
    static void printWorst() {
        System.out.println("ONNX, layers, " + CLOSENESS);
    }

    private static Stream<DynamicTest> tests(Map<String, Supplier<Layer>> layers) {
        return layers.entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> {
                    String type = entry.getValue().get().type();
                    RoundTrip.check(type, RoundTrip.of(entry.getValue().get(), 6, 4, 8), CLOSENESS);
                }));
    }

    @TestFactory
    Stream<DynamicTest> activations() {
        Map<String, Supplier<Layer>> layers = new LinkedHashMap<>();
        for (Activation activation : Activation.values()) {
            if (activation != Activation.SPARSEMAX) {
                layers.put(activation + " alone", () -> Layers.activation(activation));
                layers.put(activation + " of a layer", () -> Layers.conv2DTranspose(5, 2)
                        .activation(activation));
                layers.put(
                        activation + " channels first",
                        () -> Layers.conv2D(5, 2).activation(activation).dataFormat(DataFormat.CHANNELS_FIRST));
            }
        }
        return tests(layers);
    }

    @TestFactory
    Stream<DynamicTest> activationLayers() {
        Map<String, Supplier<Layer>> layers = new LinkedHashMap<>();
        layers.put(
                "relu, threshold and maximum", () -> new ReLU().threshold(0.5).maxValue(1.5));
        layers.put("relu, threshold and slope", () -> new ReLU().threshold(0.5).negativeSlope(0.25));
        layers.put(
                "relu, all three",
                () -> new ReLU().threshold(0.5).negativeSlope(0.25).maxValue(1));
        layers.put(
                "relu, slope and maximum", () -> new ReLU().negativeSlope(0.25).maxValue(1));
        layers.put("relu, threshold", () -> new ReLU().threshold(0.3));
        layers.put("softmax over two", () -> new Softmax(1, 2));
        layers.put("softmax over two apart", () -> new Softmax(1, 3));
        layers.put("softmax between", () -> new Softmax(2));
        layers.put("prelu", PReLU::new);
        layers.put("prelu of channels", () -> new PReLU().sharedAxes(1, 2));
        layers.put("prelu of rows", () -> new PReLU().sharedAxes(2, 3));
        layers.put("prelu of positions", () -> new PReLU().sharedAxes(3));
        return tests(layers);
    }

    @TestFactory
    Stream<DynamicTest> normalizations() {
        Map<String, Supplier<Layer>> layers = new LinkedHashMap<>();
        layers.put("rms", RMSNormalization::new);
        layers.put("rms of all", () -> new RMSNormalization().axis(-1, -2, -3).epsilon(0.01));
        layers.put("unit", UnitNormalization::new);
        layers.put("unit of rows", () -> new UnitNormalization().axis(1));
        layers.put("unit of two", () -> new UnitNormalization().axis(1, 3));
        layers.put("layer of the last two", () -> Layers.layerNormalization().axis(2, 3));
        layers.put("layer of rows", () -> Layers.layerNormalization().axis(1).scale(false));
        layers.put(
                "layer of two apart",
                () -> Layers.layerNormalization().axis(1, 3).center(false));
        layers.put("layer by roots", () -> Layers.layerNormalization().rmsScaling(true));
        layers.put(
                "layer by roots of rows",
                () -> Layers.layerNormalization().rmsScaling(true).axis(1));
        layers.put("groups", () -> new GroupNormalization(2));
        layers.put("groups in front", () -> new GroupNormalization(2).axis(1).scale(false));
        layers.put("groups between", () -> new GroupNormalization(2).axis(2).center(false));
        layers.put("batch", Layers::batchNormalization);
        layers.put("batch in front", () -> Layers.batchNormalization().axis(1).scale(false));
        layers.put("batch between", () -> Layers.batchNormalization().axis(2).center(false));
        return tests(layers);
    }

    @Test
    void groupsOfFeatures() {
        RoundTrip.check("features", RoundTrip.of(new GroupNormalization(3), 12), CLOSENESS);
    }

    @TestFactory
    Stream<DynamicTest> sampling() {
        Map<String, Supplier<Layer>> layers = new LinkedHashMap<>();
        for (Interpolation interpolation : Interpolation.values()) {
            for (CoordinateTransformation positions : CoordinateTransformation.values()) {
                boolean isLanczos = interpolation.name().startsWith("LANCZOS");
                if (!isLanczos || positions == CoordinateTransformation.HALF_PIXEL) {
                    layers.put(interpolation + " " + positions, () -> Layers.upSampling2D(3, 2)
                            .interpolation(interpolation)
                            .coordinateTransformation(positions));
                }
            }
        }
        for (ChannelOrder order : ChannelOrder.values()) {
            layers.put("shuffle " + order, () -> new PixelShuffle(2).channelOrder(order));
            layers.put("unshuffle " + order, () -> new PixelUnshuffle(2).channelOrder(order));
            layers.put(
                    "shuffle, channels first " + order,
                    () -> new PixelUnshuffle(2).channelOrder(order).dataFormat(DataFormat.CHANNELS_FIRST));
        }
        return tests(layers);
    }

    @Test
    void sparsemaxHasNoEqual(@TempDir Path folder) {
        Path file = folder.resolve("m.onnx");
        Model model =
                RoundTrip.of(Layers.dense(3).activation(Activation.SPARSEMAX).name("last"), 4);
        String message = assertThrows(UnsupportedOperationException.class, () -> OnnxFile.save(model, file))
                .getMessage();
        assertEquals("last (Dense): ONNX has no operator for sparsemax; take softmax", message);
        assertTrue(Files.notExists(file));
    }

    @Test
    void neighboursThatAgreeNeedNoTransposition() {
        Layer[] layers = {
            Layers.conv2D(4, 3).activation(Activation.RELU),
            Layers.batchNormalization(),
            Layers.maxPooling2D(2),
            Layers.activation(Activation.GELU),
            Layers.conv2DTranspose(3, 2).strides(2).activation(Activation.SILU),
            Layers.zeroPadding2D(1),
            Layers.upSampling2D(2),
            Layers.prelu().sharedAxes(1, 2)
        };
        Sequential model = new Sequential(Layers.input(10, 8, 2));
        List.of(layers).forEach(model::add);
        List<String> operators = RoundTrip.check("row", model, CLOSENESS);
        assertEquals(
                List.of(
                        "Transpose",
                        "Conv",
                        "Relu",
                        "BatchNormalization",
                        "MaxPool",
                        "Gelu",
                        "ConvTranspose",
                        "Sigmoid",
                        "Mul",
                        "Pad",
                        "Resize",
                        "PRelu",
                        "Transpose"),
                operators);
    }

    @Test
    void channelsFirstModelsHaveNone() {
        Layer first = Layers.conv2D(4, 3).dataFormat(DataFormat.CHANNELS_FIRST);
        Input input = Layers.input(2, 7, 6);
        Tensor x = first.apply(input);
        x = Layers.conv2DTranspose(3, 3).dataFormat(DataFormat.CHANNELS_FIRST).apply(x);
        assertEquals(List.of("Conv", "ConvTranspose"), RoundTrip.check("row", new Model(input, x), CLOSENESS));
    }
}
