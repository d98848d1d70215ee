package transconv.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.databind.JsonNode;
import transconv.EnginesUnderTest;
import transconv.Goldens;
import transconv.engines.Engines;
import transconv.engines.Program;
import transconv.ops.Activation;
import transconv.ops.Gradients;
import transconv.ops.Graph;
import transconv.ops.Parameter;
import transconv.ops.Value;
import transconv.shape.Padding;
import transconv.shape.Shape;

/**
 * Convolutions of 1 to 3 axes against Keras and PyTorch: shape, weights, forward values and all gradients, on every
 * engine.
 */
class ConvolutionFamilyGoldenTest {

    private static final Goldens KERAS = Goldens.named("layers-nd");
    private static final Goldens PYTORCH = Goldens.named("layers-pytorch");

    /** The largest deviation met, by what was compared. */
    private static final Map<String, Double> WORST = new TreeMap<>();

    @AfterAll
    static void printWorst() {
        System.out.println("convolutions, worst deviation relative to the largest value: " + WORST);
    }

    @Test
    void thereAreAsManyCasesAsTheScriptsMake() {
        assertEquals(107, KERAS.cases().size());
        assertEquals(63, PYTORCH.cases().size());
    }

    @TestFactory
    Stream<DynamicTest> computesWhatKerasComputes() {
        return onEveryEngine(KERAS, ConvolutionFamilyGoldenTest::ofKeras);
    }

    @TestFactory
    Stream<DynamicTest> computesWhatPyTorchComputes() {
        return onEveryEngine(PYTORCH, ConvolutionFamilyGoldenTest::ofPyTorch);
    }

    private static Stream<DynamicTest> onEveryEngine(Goldens goldens, Function<JsonNode, Layer> configured) {
        return EnginesUnderTest.names().flatMap(engine -> goldens.cases().stream()
                .map(entry -> DynamicTest.dynamicTest(
                        entry.get("name").asText() + ", " + engine,
                        () -> check(goldens, entry, configured.apply(entry), engine))));
    }

    private static Layer ofKeras(JsonNode entry) {
        JsonNode config = entry.get("config");
        int[] kernelSize = Goldens.ints(config.get("kernel_size"));
        int filters = config.path("filters").asInt();
        KernelLayer<?> layer =
                switch (entry.get("layer").asText()) {
                    case "Conv1D" -> Layers.conv1D(filters, kernelSize);
                    case "Conv2D" -> Layers.conv2D(filters, kernelSize);
                    case "Conv3D" -> Layers.conv3D(filters, kernelSize);
                    case "Conv1DTranspose" -> Layers.conv1DTranspose(filters, kernelSize);
                    case "Conv3DTranspose" -> Layers.conv3DTranspose(filters, kernelSize);
                    case "DepthwiseConv2D" -> Layers.depthwiseConv2D(kernelSize);
                    case "SeparableConv2D" -> Layers.separableConv2D(filters, kernelSize);
                    default -> throw new AssertionError(entry.toString());
                };
        config.fieldNames().forEachRemaining(argument -> set(layer, argument, config.get(argument)));
        return layer;
    }

    private static void set(KernelLayer<?> layer, String argument, JsonNode value) {
        switch (argument) {
            case "filters", "kernel_size" -> {}
            case "strides" -> layer.strides(Goldens.ints(value));
            case "dilation_rate" -> layer.dilationRate(Goldens.ints(value));
            case "groups" -> ((ConvolutionLayer<?>) layer).groups(value.asInt());
            case "depth_multiplier" -> ((DepthwiseLayer<?>) layer).depthMultiplier(value.asInt());
            case "activation" -> layer.activation(
                    Activation.valueOf(value.asText().toUpperCase(Locale.ROOT)));
            case "use_bias" -> layer.useBias(value.asBoolean());
            case "padding" -> {
                if (value.asText().equals("causal")) {
                    ((Conv1D) layer).causal();
                } else {
                    layer.padding(Padding.valueOf(value.asText().toUpperCase(Locale.ROOT)));
                }
            }
            case "output_padding" -> {
                if (!value.isNull()) {
                    ((TransposedConvolutionLayer<?>) layer).outputPadding(Goldens.ints(value));
                }
            }
            default -> throw new AssertionError("no such argument: " + argument);
        }
    }

    private static Layer ofPyTorch(JsonNode entry) {
        JsonNode config = entry.get("config");
        int[] kernelSize = Goldens.ints(config.get("kernel_size"));
        int filters = config.get("out_channels").asInt();
        TransposedConvolutionLayer<?> layer =
                switch (entry.get("layer").asText()) {
                    case "Conv1DTranspose" -> Layers.conv1DTranspose(filters, kernelSize);
                    case "Conv2DTranspose" -> Layers.conv2DTranspose(filters, kernelSize);
                    case "Conv3DTranspose" -> Layers.conv3DTranspose(filters, kernelSize);
                    default -> throw new AssertionError(entry.toString());
                };
        int[] padding = Goldens.ints(config.get("padding"));
        layer.rule(Rule.PYTORCH)
                .strides(Goldens.ints(config.get("stride")))
                .dilationRate(Goldens.ints(config.get("dilation")))
                .padding(padding, padding)
                .groups(config.get("groups").asInt())
                .useBias(config.get("bias").asBoolean());
        return entry.get("output_size").isNull()
                ? layer.outputPadding(Goldens.ints(config.get("output_padding")))
                : layer.outputSize(Goldens.ints(entry.get("output_size")));
    }

    private static void check(Goldens goldens, JsonNode entry, Layer layer, String engine) {
        Shape inputShape = Shape.of(Goldens.ints(entry.get("input_shape")));
        Shape outputShape = Shape.of(Goldens.ints(entry.get("output_shape")));
        layer.build(inputShape.from(1));
        assertEquals(outputShape.from(1), layer.outputShape());
        List<String> weights = weights(goldens, entry);
        assertEquals(
                weights,
                layer.parameters().stream()
                        .map(parameter -> parameter.name().replaceFirst(".*/", ""))
                        .toList());
        if (entry.has("parameters")) {
            assertEquals(entry.get("parameters").asLong(), layer.parameterCount());
        }
        for (int i = 0; i < weights.size(); i++) {
            INDArray golden = goldens.array(entry, weights.get(i));
            assertEquals(Shape.of(golden.shape()), layer.parameters().get(i).shape(), weights.get(i));
            layer.parameters().get(i).value().assign(golden);
        }
        Graph graph = new Graph();
        Value input = graph.input(inputShape);
        Value seed = graph.input(outputShape);
        Value output = layer.call(input);
        assertEquals(outputShape, output.shape());
        graph.output(output);
        List<Value> by = new ArrayList<>(List.of(input));
        layer.parameters().forEach((Parameter parameter) -> by.add(graph.parameter(parameter)));
        List<Value> gradients = Gradients.of(output, seed, by);
        gradients.forEach(graph::output);
        try (Program program = Engines.named(engine).compile(graph)) {
            int[] rows = IntStream.range(0, inputShape.size(0)).toArray();
            program.feed(input, goldens.array(entry, "input"), rows);
            program.feed(seed, goldens.array(entry, "upstream"), rows);
            // Twice: what a run leaves behind must not show in the next.
            program.run();
            program.run();
            compare(engine + ", forward", goldens.array(entry, "output"), program.read(output), 1e-5);
            for (int i = 0; i < gradients.size(); i++) {
                String of = i == 0 ? "input" : weights.get(i - 1);
                compare(
                        engine + ", gradient of " + of,
                        goldens.array(entry, "gradient." + of),
                        program.read(gradients.get(i)),
                        1e-4);
            }
        }
    }

    private static List<String> weights(Goldens goldens, JsonNode entry) {
        return Stream.of("kernel", "depthwise_kernel", "pointwise_kernel", "bias")
                .filter(name -> goldens.has(entry, name))
                .toList();
    }

    private static void compare(String what, INDArray golden, INDArray received, double tolerance) {
        assertEquals(Shape.of(golden.shape()), Shape.of(received.shape()), what);
        INDArray wanted = golden.castTo(DataType.DOUBLE);
        double largest = Math.max(wanted.amaxNumber().doubleValue(), Float.MIN_NORMAL);
        double deviation =
                received.castTo(DataType.DOUBLE).sub(wanted).amaxNumber().doubleValue() / largest;
        synchronized (WORST) {
            WORST.merge(what, deviation, Math::max);
        }
        assertTrue(deviation <= tolerance, () -> "%s deviates by %.2g of the largest value".formatted(what, deviation));
    }
}
