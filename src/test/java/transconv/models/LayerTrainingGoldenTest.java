package transconv.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static transconv.models.CompileOption.engine;
import static transconv.models.CompileOption.loss;
import static transconv.models.CompileOption.optimizer;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;
import transconv.Closeness;
import transconv.EnginesUnderTest;
import transconv.Goldens;
import transconv.config.Config;
import transconv.layers.Input;
import transconv.layers.Layer;
import transconv.layers.LayerTypes;
import transconv.layers.Weight;
import transconv.training.Loss;
import transconv.training.SGD;

/**
 * One step of training of a single convolution layer against Keras: the loss with the penalties of kernels, bias and
 * activity, and the weights after the step and their constraints, on every engine.
 */
class LayerTrainingGoldenTest {

    private static final List<Goldens> GOLDENS = Stream.of("convolution", "transposed", "others")
            .map(name -> Goldens.named("layers-arguments-" + name))
            .toList();
    private static final Closeness CLOSENESS = new Closeness();

    @AfterAll
    static void printWorst() {
        System.out.println("a step of single layers, " + CLOSENESS);
    }

    private static Stream<JsonNode> trained(Goldens goldens) {
        return goldens.cases().stream().filter(entry -> entry.get("parameters").asInt() > 0);
    }

    @TestFactory
    Stream<DynamicTest> stepsAsKerasDoes() {
        return EnginesUnderTest.names().flatMap(engine -> GOLDENS.stream().flatMap(goldens -> trained(goldens)
                .map(entry -> DynamicTest.dynamicTest(
                        "%s, %s, %s".formatted(entry.get("name").asText(), engine, entry.get("config")),
                        () -> check(goldens, entry, engine)))));
    }

    /** Each kind of regularizer and constraint is on each kind of weight in some case. */
    @Test
    void everyRegularizerAndConstraintIsTried() {
        Set<String> tried = new HashSet<>();
        for (Goldens goldens : GOLDENS) {
            trained(goldens).forEach(entry -> entry.get("keras_config").fields().forEachRemaining(setting -> {
                String argument = setting.getKey();
                if (argument.endsWith("_regularizer") || argument.endsWith("_constraint")) {
                    tried.add(argument + " "
                            + setting.getValue().path("class_name").asText("None"));
                }
            }));
        }
        Set<String> wanted = new HashSet<>();
        for (String weight : List.of("kernel", "depthwise", "pointwise", "bias", "activity")) {
            for (String regularizer : List.of("None", "L1", "L2", "L1L2")) {
                wanted.add(weight + "_regularizer " + regularizer);
            }
            for (String constraint : List.of("None", "NonNeg", "MaxNorm", "UnitNorm", "MinMaxNorm")) {
                wanted.add(weight + "_constraint " + constraint);
            }
        }
        // No output has a constraint.
        wanted.removeIf(pair -> pair.startsWith("activity_constraint"));
        assertEquals(wanted, tried);
    }

    private static void check(Goldens goldens, JsonNode entry, String engine) {
        String type = entry.get("layer").asText();
        Map<?, ?> settings = new ObjectMapper().convertValue(entry.get("config"), Map.class);
        Layer layer = LayerTypes.fromConfig(type, Config.of(type, settings));
        INDArray x = goldens.array(entry, "input");
        int[] shape = Goldens.ints(entry.get("input_shapes").get(0));
        try (Model model = new Sequential(new Input(Arrays.copyOfRange(shape, 1, shape.length)), layer)) {
            double rate = goldens.document().get("learning_rate").asDouble();
            model.compile(optimizer(new SGD().learningRate(rate)), loss(Loss.MEAN_SQUARED_ERROR), engine(engine));
            model.setWeights(layer.weights().stream()
                    .map(weight -> goldens.array(entry, weight.name()))
                    .toList());
            Map<String, Double> logs = model.trainOnBatch(x, goldens.array(entry, "upstream"));
            CLOSENESS.require("loss on " + engine, entry.get("loss").asDouble(), logs.get("loss"), 1e-5);
            for (Weight weight : layer.weights()) {
                CLOSENESS.require(
                        "weight after a step on " + engine,
                        goldens.array(entry, "stepped." + weight.name()),
                        weight.parameter().value(),
                        1e-5);
            }
        }
    }
}
