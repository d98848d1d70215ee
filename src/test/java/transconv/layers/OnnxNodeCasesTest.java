package transconv.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.databind.JsonNode;
import transconv.Closeness;
import transconv.EnginesUnderTest;
import transconv.Goldens;
import transconv.engines.Engines;
import transconv.engines.Program;
import transconv.ops.Graph;
import transconv.ops.Value;
import transconv.shape.Padding;
import transconv.shape.Shape;

/** The node cases of ConvTranspose that the onnx package generates, through our layers, on every engine. */
class OnnxNodeCasesTest {

    private static final Goldens GOLDENS = Goldens.named("layers-onnx");
    private static final Closeness CLOSENESS = new Closeness();

    @AfterAll
    static void printWorst() {
        System.out.println("ONNX node cases, " + CLOSENESS);
    }

    @Test
    void thereAreElevenCases() {
        assertEquals(11, GOLDENS.cases().size());
    }

    @TestFactory
    Stream<DynamicTest> computesWhatOnnxComputes() {
        return EnginesUnderTest.names().flatMap(engine -> GOLDENS.cases().stream()
                .map(entry -> DynamicTest.dynamicTest(
                        entry.get("name").asText() + ", " + engine, () -> check(entry, engine))));
    }

    /** ONNX' weight is (channels, filters / group, kernel axes...). */
    private static Layer layer(JsonNode attributes, INDArray weight) {
        int[] kernel = IntStream.range(2, weight.rank())
                .map(axis -> (int) weight.size(axis))
                .toArray();
        int groups = attributes.path("group").asInt(1);
        int filters = (int) weight.size(1) * groups;
        TransposedConvolutionLayer<?> layer =
                switch (kernel.length) {
                    case 1 -> Layers.conv1DTranspose(filters, kernel);
                    case 2 -> Layers.conv2DTranspose(filters, kernel);
                    default -> Layers.conv3DTranspose(filters, kernel);
                };
        layer.rule(Rule.ONNX)
                .dataFormat(DataFormat.CHANNELS_FIRST)
                .groups(groups)
                .useBias(false);
        List<String> read = new ArrayList<>();
        attributes.fieldNames().forEachRemaining(read::add);
        for (String attribute : read) {
            JsonNode value = attributes.get(attribute);
            switch (attribute) {
                case "group" -> {}
                case "kernel_shape" -> assertEquals(Arrays.toString(kernel), Arrays.toString(Goldens.ints(value)));
                case "strides" -> layer.strides(Goldens.ints(value));
                case "dilations" -> layer.dilationRate(Goldens.ints(value));
                case "output_padding" -> layer.outputPadding(Goldens.ints(value));
                case "output_shape" -> layer.outputSize(Goldens.ints(value));
                case "pads" -> {
                    int[] pads = Goldens.ints(value);
                    int axes = kernel.length;
                    layer.padding(Arrays.copyOf(pads, axes), Arrays.copyOfRange(pads, axes, 2 * axes));
                }
                case "auto_pad" -> {
                    assertEquals("SAME_UPPER", value.asText());
                    layer.padding(Padding.SAME);
                }
                default -> throw new AssertionError("no such attribute: " + attribute);
            }
        }
        return layer;
    }

    private static void check(JsonNode entry, String engine) {
        INDArray x = GOLDENS.array(entry, "input");
        INDArray weight = GOLDENS.array(entry, "weight");
        INDArray y = GOLDENS.array(entry, "output");
        Layer layer = layer(entry.get("attributes"), weight);
        Shape inputShape = Shape.of(x.shape());
        layer.build(inputShape.from(1));
        assertEquals(Shape.of(y.shape()).from(1), layer.outputShape());
        // ONNX (channels, filters / group, kernel axes...) -> (kernel axes..., filters / group, channels)
        int[] order = IntStream.range(0, weight.rank())
                .map(axis -> axis < weight.rank() - 2 ? axis + 2 : weight.rank() - 1 - axis)
                .toArray();
        layer.parameters().get(0).value().assign(weight.permute(order));
        Graph graph = new Graph();
        Value input = graph.input(inputShape);
        Value output = layer.call(input);
        graph.output(output);
        try (Program program = Engines.named(engine).compile(graph)) {
            program.feed(input, x, IntStream.range(0, inputShape.size(0)).toArray());
            program.run();
            CLOSENESS.require("output on " + engine, y, program.read(output), 1e-5);
        }
    }
}
