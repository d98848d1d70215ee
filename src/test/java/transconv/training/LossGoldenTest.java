package transconv.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;
import transconv.Closeness;
import transconv.EnginesUnderTest;
import transconv.Goldens;
import transconv.config.Config;
import transconv.engines.Engines;
import transconv.engines.Program;
import transconv.layers.Layer;
import transconv.layers.Layers;
import transconv.ops.Gradients;
import transconv.ops.Graph;
import transconv.ops.Value;
import transconv.shape.Shape;

/** Losses and their gradients against Keras, on given predictions and behind one dense layer. */
class LossGoldenTest {

    private static final Goldens LOSSES = Goldens.named("losses");
    private static final Closeness CLOSENESS = new Closeness();

    @AfterAll
    static void printWorst() {
        System.out.println("losses, " + CLOSENESS);
    }

    @TestFactory
    Stream<DynamicTest> ofPredictions() {
        return onEveryEngine(LOSSES.cases(), (entry, engine) -> {
            Shape shape = Shape.of(LOSSES.array(entry, "prediction").shape());
            Run run = new Run(shape, entry);
            Value prediction = run.graph.input(shape);
            Value losses = run.lossOf(prediction, entry);
            Value gradient = run.gradients(losses, List.of(prediction)).get(0);
            try (Program program = Engines.named(engine).compile(run.graph)) {
                run.feed(program, prediction, LOSSES.array(entry, "prediction"), LOSSES.array(entry, "target"));
                if (LOSSES.has(entry, "each")) {
                    INDArray each = LOSSES.array(entry, "each");
                    INDArray ofSamples = each.rank() == 1
                            ? each
                            : each.reshape('c', shape.size(0), each.length() / shape.size(0))
                                    .mean(1);
                    CLOSENESS.require("each sample on " + engine, ofSamples, program.read(losses), 1e-5);
                }
                CLOSENESS.require(
                        "mean on " + engine,
                        entry.get("value").asDouble(),
                        program.read(losses).meanNumber().doubleValue(),
                        1e-5);
                CLOSENESS.require(
                        "gradient on " + engine, LOSSES.array(entry, "gradient"), program.read(gradient), 1e-4);
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> behindADenseLayer() {
        return onEveryEngine(LOSSES.list("models"), (entry, engine) -> {
            Shape shape = Shape.of(LOSSES.array(entry, "input").shape());
            Layer layer = Layers.dense(shape.last())
                    .activation(entry.get("activation").asText());
            layer.build(shape.from(1));
            layer.parameters().get(0).value().assign(Nd4j.eye(shape.last()));
            Run run = new Run(shape, entry);
            Value input = run.graph.input(shape);
            Value prediction = layer.call(input);
            if (entry.path("layers").size() == 2) {
                Layer reshape = Layers.reshape(shape.last());
                reshape.build(shape.from(1));
                prediction = reshape.call(prediction);
            }
            Value losses = run.lossOf(prediction, entry);
            List<Value> gradients = run.gradients(
                    losses,
                    layer.parameters().stream().map(run.graph::parameter).toList());
            try (Program program = Engines.named(engine).compile(run.graph)) {
                run.feed(program, input, LOSSES.array(entry, "input"), LOSSES.array(entry, "target"));
                double golden = entry.has("value")
                        ? entry.get("value").asDouble()
                        : entry.get("train_on_batch").asDouble();
                CLOSENESS.require(
                        "model on " + engine,
                        golden,
                        program.read(losses).meanNumber().doubleValue(),
                        1e-5);
                CLOSENESS.require(
                        "kernel gradient on " + engine,
                        LOSSES.array(entry, "gradient.kernel"),
                        program.read(gradients.get(0)),
                        1e-4);
                CLOSENESS.require(
                        "bias gradient on " + engine,
                        LOSSES.array(entry, "gradient.bias"),
                        program.read(gradients.get(1)),
                        1e-4);
            }
        });
    }

    /** By its name, or by its class and its configuration, that is also written and read again. */
    private static Loss loss(JsonNode entry) {
        if (entry.has("loss")) {
            return Loss.named(entry.get("loss").asText());
        }
        String type = entry.get("class").asText();
        Map<?, ?> settings = new ObjectMapper().convertValue(entry.get("config"), Map.class);
        Config written = Loss.fromConfig(type, Config.of(type, settings)).config();
        settings.forEach((name, value) ->
                assertTrue(value == null || written.has(name.toString()), () -> name + " in " + written));
        Loss again = Loss.fromConfig(type, Config.of(type, written.values()));
        assertEquals(written.values(), again.config().values());
        assertEquals(type, again.className());
        return again;
    }

    /** Every name by which Keras finds a loss is found here, or known to be missing. */
    @Test
    void namesAreKerasOwn() {
        Set<String> missing = new TreeSet<>();
        LOSSES.document().get("names").fields().forEachRemaining(entry -> {
            String meant = entry.getValue().asText();
            try {
                Loss loss = Loss.named(entry.getKey());
                assertTrue(Set.of(loss.name(), loss.className()).contains(meant), () -> entry + " is " + loss);
            } catch (IllegalArgumentException unknown) {
                missing.add(meant);
            }
        });
        assertEquals(Set.of("CTC", "Circle", "Loss", "LossFunctionWrapper", "circle", "ctc"), missing);
    }

    private interface Check {
        void run(JsonNode entry, String engine);
    }

    private static Stream<DynamicTest> onEveryEngine(List<JsonNode> entries, Check check) {
        return EnginesUnderTest.names().flatMap(engine -> entries.stream()
                .map(entry -> DynamicTest.dynamicTest(
                        entry.get("name").asText() + entry.path("what").asText() + ", " + engine,
                        () -> check.run(entry, engine))));
    }

    /** A graph with targets and with seeds of 1 / batch, which make gradients those of the mean. */
    private static final class Run {
        private final Graph graph = new Graph();
        private final Value target;
        private final Value seed;

        Run(Shape shape, JsonNode entry) {
            target = graph.input(Shape.of(LOSSES.array(entry, "target").shape()));
            seed = graph.input(Shape.of(shape.size(0)));
        }

        Value lossOf(Value prediction, JsonNode entry) {
            Value losses = loss(entry).lower(prediction, target);
            graph.output(losses);
            return losses;
        }

        List<Value> gradients(Value losses, List<Value> by) {
            List<Value> gradients = Gradients.of(losses, seed, by);
            gradients.forEach(graph::output);
            return gradients;
        }

        void feed(Program program, Value input, INDArray inputs, INDArray targets) {
            int batch = seed.shape().size(0);
            int[] rows = IntStream.range(0, batch).toArray();
            program.feed(input, inputs, rows);
            program.feed(target, targets, rows);
            program.feed(seed, Nd4j.valueArrayOf(batch, 1.0 / batch), rows);
            program.run();
        }
    }
}
