package transconv.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.databind.JsonNode;
import transconv.Closeness;
import transconv.EnginesUnderTest;
import transconv.Goldens;
import transconv.engines.Engines;
import transconv.engines.Program;
import transconv.ops.Gradients;
import transconv.ops.Graph;
import transconv.ops.Parameter;
import transconv.ops.Value;
import transconv.shape.Shape;

/** Single layers against Keras: shape, forward values and all gradients, on every engine. */
class LayerGoldenTest {

    private static final Goldens LAYERS = Goldens.named("layers");
    private static final Goldens OF_JAX = Goldens.named("layers-jax");
    private static final Closeness CLOSENESS = new Closeness();

    @AfterAll
    static void printWorst() {
        System.out.println("layers, " + CLOSENESS);
    }

    @TestFactory
    Stream<DynamicTest> computesWhatKerasOnTensorFlowComputes() {
        return onEveryEngine(LAYERS);
    }

    @TestFactory
    Stream<DynamicTest> computesWhatKerasOnJaxComputesWhereTensorFlowRefuses() {
        return onEveryEngine(OF_JAX);
    }

    private static Stream<DynamicTest> onEveryEngine(Goldens goldens) {
        return EnginesUnderTest.names().flatMap(engine -> goldens.cases().stream()
                .map(entry -> DynamicTest.dynamicTest(
                        entry.get("name").asText() + ", " + engine, () -> check(goldens, entry, engine))));
    }

    private static void check(Goldens goldens, JsonNode entry, String engine) {
        Layer layer = ConfiguredLayer.of(entry.get("layer").asText(), entry.get("config"));
        Shape inputShape = Shape.of(Goldens.ints(entry.get("input_shape")));
        Shape outputShape = Shape.of(Goldens.ints(entry.get("output_shape")));
        layer.build(inputShape.from(1));
        assertEquals(outputShape.from(1), layer.outputShape());
        List<String> weights = Stream.of("kernel", "bias")
                .filter(name -> goldens.has(entry, name))
                .toList();
        assertEquals(weights.size(), layer.parameters().size(), "number of weights");
        for (int i = 0; i < weights.size(); i++) {
            INDArray golden = goldens.array(entry, weights.get(i));
            assertEquals(Shape.of(golden.shape()), layer.parameters().get(i).shape(), weights.get(i));
            layer.parameters().get(i).value().assign(golden);
        }

        boolean differentiated = goldens.has(entry, "upstream");
        Graph graph = new Graph();
        Value input = graph.input(inputShape);
        Value seed = graph.input(outputShape);
        Value output = layer.call(input);
        assertEquals(outputShape, output.shape());
        graph.output(output);
        List<Value> gradients = List.of();
        if (differentiated) {
            List<Value> by = new ArrayList<>(List.of(input));
            layer.parameters().forEach((Parameter parameter) -> by.add(graph.parameter(parameter)));
            gradients = Gradients.of(output, seed, by);
            gradients.forEach(graph::output);
        }
        try (Program program = Engines.named(engine).compile(graph)) {
            int[] rows = IntStream.range(0, inputShape.size(0)).toArray();
            program.feed(input, goldens.array(entry, "input"), rows);
            if (differentiated) {
                program.feed(seed, goldens.array(entry, "upstream"), rows);
            }
            program.run();
            CLOSENESS.require("forward on " + engine, goldens.array(entry, "output"), program.read(output), 1e-5);
            for (int i = 0; i < gradients.size(); i++) {
                String by = i == 0 ? "input" : weights.get(i - 1);
                CLOSENESS.require(
                        "gradient of " + by + " on " + engine,
                        goldens.array(entry, "gradient." + by),
                        program.read(gradients.get(i)),
                        1e-4);
            }
        }
    }
}
