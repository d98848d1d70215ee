package transconv.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
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
    private static final Goldens PYTORCH_PAIRS = Goldens.named("layers-pytorch-pairs");

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
        assertEquals(89, PYTORCH_PAIRS.cases().size());
    }

    /** Each two values of two arguments of the first axis, in each number of axes. */
    @Test
    void everyTwoArgumentsOfPyTorchMeetInAllTheirValues() {
        JsonNode levels = PYTORCH_PAIRS.document().get("pairs");
        List<String> arguments = new ArrayList<>();
        levels.fieldNames().forEachRemaining(arguments::add);
        int pairs = 0;
        for (int axes = 1; axes <= 3; axes++) {
            String layer = "Conv%dDTranspose".formatted(axes);
            List<JsonNode> cases = PYTORCH_PAIRS.cases().stream()
                    .filter(entry -> entry.get("layer").asText().equals(layer))
                    .toList();
            for (String one : arguments) {
                for (String other : arguments.subList(arguments.indexOf(one) + 1, arguments.size())) {
                    Set<String> met = cases.stream()
                            .map(entry -> argument(entry, one) + " " + argument(entry, other))
                            .collect(Collectors.toSet());
                    for (JsonNode first : levels.get(one)) {
                        for (JsonNode second : levels.get(other)) {
                            String pair = first.asText() + " " + second.asText();
                            assertTrue(met.contains(pair), () -> "%s: %s and %s never are %s"
                                    .formatted(layer, one, other, pair));
                            pairs++;
                        }
                    }
                }
            }
        }
        assertEquals(3 * 368, pairs);
    }

    private static String argument(JsonNode entry, String name) {
        JsonNode config = entry.get("config");
        return switch (name) {
            case "batch" -> entry.get("input_shape").get(0).asText();
            case "channels" -> config.get("in_channels").asInt()
                            < config.get("out_channels").asInt()
                    ? "fewer"
                    : "more";
            case "output_padding" -> entry.get("output_size").isNull()
                    ? config.get(name).get(0).asText()
                    : "output_size";
            case "groups", "bias" -> config.get(name).asText();
            default -> config.get(name).get(0).asText();
        };
    }

    @TestFactory
    Stream<DynamicTest> computesWhatKerasComputes() {
        return onEveryEngine(KERAS, ConvolutionFamilyGoldenTest::ofKeras);
    }

    @TestFactory
    Stream<DynamicTest> computesWhatPyTorchComputes() {
        return Stream.of(PYTORCH, PYTORCH_PAIRS)
                .flatMap(goldens -> onEveryEngine(goldens, ConvolutionFamilyGoldenTest::ofPyTorch));
    }

    private static Stream<DynamicTest> onEveryEngine(Goldens goldens, Function<JsonNode, Layer> configured) {
        return EnginesUnderTest.names().flatMap(engine -> goldens.cases().stream()
                .map(entry -> DynamicTest.dynamicTest(
                        "%s, %s, %s".formatted(entry.get("name").asText(), engine, entry.get("config")),
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
