package transconv.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;
import transconv.Closeness;
import transconv.EnginesUnderTest;
import transconv.Goldens;
import transconv.config.Config;
import transconv.engines.Engines;
import transconv.engines.Program;
import transconv.ops.Gradients;
import transconv.ops.Graph;
import transconv.ops.Value;
import transconv.shape.Shape;

/** A case that {@code layer_golden.py} recorded, held against our layer of the same configuration. */
final class GoldenLayer {

    private final Goldens goldens;
    private final JsonNode entry;
    private final Closeness closeness;
    private final Map<Value, INDArray> fed = new LinkedHashMap<>();

    private GoldenLayer(Goldens goldens, JsonNode entry, Closeness closeness) {
        this.goldens = goldens;
        this.entry = entry;
        this.closeness = closeness;
    }

    /** All cases on every engine: shapes, weights, outputs, gradients, and the way through a configuration. */
    static Stream<DynamicTest> tests(Goldens goldens, Closeness closeness) {
        return EnginesUnderTest.names().flatMap(engine -> goldens.cases().stream()
                .map(entry -> DynamicTest.dynamicTest(
                        entry.get("name").asText() + ", " + engine,
                        () -> new GoldenLayer(goldens, entry, closeness).check(engine))));
    }

    /** The layer that a case's configuration describes. */
    static Layer of(JsonNode entry) {
        Map<?, ?> settings = new ObjectMapper().convertValue(entry.get("config"), Map.class);
        String type = entry.get("layer").asText();
        return LayerTypes.fromConfig(type, Config.of(type, settings));
    }

    private void check(String engine) {
        Layer layer = of(entry);
        List<Shape> inputShapes = new ArrayList<>();
        entry.get("input_shapes").forEach(sizes -> inputShapes.add(Shape.of(Goldens.ints(sizes))));
        Shape outputShape = Shape.of(Goldens.ints(entry.get("output_shape")));
        layer.build(inputShapes.stream().map(shape -> shape.from(1)).toList());
        assertEquals(outputShape.from(1), layer.outputShape());
        checkConfig(layer);
        takeWeights(layer);
        Graph graph = new Graph();
        List<Value> inputs = IntStream.range(0, inputShapes.size())
                .mapToObj(i -> feed(graph, inputShapes.get(i), inputKey(i)))
                .toList();
        Pass pass = entry.get("training").asBoolean() ? Pass.training(graph) : Pass.inference(graph);
        Value output = layer.call(inputs, pass).get(0);
        pass.noises().keySet().forEach(value -> fed.put(value, goldens.array(entry, "noise")));
        assertEquals(outputShape, output.shape());
        Map<String, Value> wanted = new LinkedHashMap<>(Map.of("output", output));
        wanted.putAll(gradients(layer, inputs, output));
        pass.updates().forEach((parameter, value) -> wanted.put("after." + lastOf(parameter.name()), value));
        wanted.values().forEach(graph::output);
        List<Value> needed = graph.needed();
        try (Program program = Engines.named(engine).compile(graph)) {
            fed.keySet().removeIf(value -> !needed.contains(value));
            fed.forEach((value, array) -> program.feed(
                    value, array, IntStream.range(0, (int) array.size(0)).toArray()));
            // Twice: what a run leaves behind must not show in the next.
            program.run();
            program.run();
            wanted.forEach((key, value) -> closeness.require(
                    (key.startsWith("gradient") ? "gradient" : key) + " on " + engine,
                    goldens.array(entry, key),
                    program.read(value),
                    key.startsWith("gradient") ? 1e-4 : 1e-5));
        }
    }

    private Value feed(Graph graph, Shape shape, String key) {
        Value value = graph.input(shape);
        fed.put(value, goldens.array(entry, key));
        return value;
    }

    private static String inputKey(int index) {
        return index == 0 ? "input" : "input." + index;
    }

    private static String lastOf(String name) {
        return name.substring(name.lastIndexOf('/') + 1);
    }

    private void checkConfig(Layer layer) {
        Map<String, Object> written = layer.config().values();
        Layer again = LayerTypes.fromConfig(layer.type(), Config.of(layer.type(), written));
        assertEquals(written, again.config().values());
        goldens.document()
                .get("config_keys")
                .get(layer.type())
                .forEach(key -> assertTrue(
                        written.containsKey(key.asText()) || key.asText().equals("activity_regularizer"),
                        () -> "Keras' configuration has " + key + ", ours " + written.keySet()));
    }

    private void takeWeights(Layer layer) {
        List<String> names = new ArrayList<>();
        entry.get("weights").forEach(name -> names.add(name.asText()));
        assertEquals(names, layer.weights().stream().map(Weight::name).toList());
        assertEquals(entry.get("parameters").asLong(), layer.parameterCount());
        for (Weight weight : layer.weights()) {
            INDArray golden = goldens.array(entry, weight.name());
            assertEquals(Shape.of(golden.shape()), weight.parameter().shape(), weight.name());
            weight.parameter().value().assign(golden);
        }
    }

    private Map<String, Value> gradients(Layer layer, List<Value> inputs, Value output) {
        Map<String, Value> by = new LinkedHashMap<>();
        for (int i = 0; i < inputs.size(); i++) {
            by.put("gradient." + inputKey(i), inputs.get(i));
        }
        for (Weight weight : layer.trainableWeights()) {
            by.put("gradient." + weight.name(), output.graph().parameter(weight.parameter()));
        }
        by.keySet().removeIf(key -> !goldens.has(entry, key));
        Value seed = feed(output.graph(), output.shape(), "upstream");
        List<Value> gradients = Gradients.of(output, seed, List.copyOf(by.values()));
        Map<String, Value> named = new LinkedHashMap<>();
        List<String> keys = List.copyOf(by.keySet());
        IntStream.range(0, keys.size()).forEach(i -> named.put(keys.get(i), gradients.get(i)));
        return named;
    }
}
