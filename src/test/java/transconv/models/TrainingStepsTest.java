package transconv.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static transconv.layers.Layers.conv2DTranspose;
import static transconv.layers.Layers.dense;
import static transconv.layers.Layers.flatten;
import static transconv.layers.Layers.input;
import static transconv.models.CompileOption.engine;
import static transconv.models.CompileOption.loss;
import static transconv.models.CompileOption.optimizer;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.databind.JsonNode;
import transconv.Closeness;
import transconv.EnginesUnderTest;
import transconv.Goldens;
import transconv.ops.Activation;
import transconv.training.Optimizer;

/** Three training steps of one model with every optimizer and every loss, against Keras. */
class TrainingStepsTest {

    private static final Goldens KERAS = Goldens.named("training-steps");
    private static final Closeness CLOSENESS = new Closeness();
    private static final double CLOSE = 1e-5;

    /** Three steps of float weights below 2, each rounded to half a unit in the last place, and Keras' own rounding. */
    private static final double ROUNDING = 4 * 0x1p-24;

    @AfterAll
    static void printWorst() {
        System.out.println("training steps, " + CLOSENESS);
    }

    static Stream<Arguments> cases() {
        return EnginesUnderTest.names().flatMap(engineName -> KERAS.cases().stream()
                .map(entry -> Arguments.of(entry.get("name").asText() + " on " + engineName, engineName, entry)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void areAsInKeras(String name, String engineName, JsonNode entry) {
        Optimizer optimizer = Optimizer.named(entry.get("optimizer").asText());
        optimizer.setLearningRate(KERAS.document().get("learning_rate").asDouble());
        try (Sequential model = model(entry.get("activation").asText())) {
            List<INDArray> start = IntStream.range(0, 4)
                    .mapToObj(i -> KERAS.array("start/" + i))
                    .toList();
            model.setWeights(start);
            model.compile(optimizer(optimizer), loss(entry.get("loss").asText()), engine(engineName));
            INDArray target = KERAS.array("target/" + entry.get("targets").asText());
            for (JsonNode wanted : entry.get("losses")) {
                double received = model.trainOnBatch(KERAS.array("x"), target).get("loss");
                CLOSENESS.require("loss on " + engineName, wanted.asDouble(), received, CLOSE);
            }
            for (int i = 0; i < start.size(); i++) {
                INDArray wanted = KERAS.array(entry, Integer.toString(i));
                INDArray received = model.getWeights().get(i);
                CLOSENESS.require("weights on " + engineName, wanted, received, CLOSE);
                requireCloseSteps(wanted.sub(start.get(i)), received.sub(wanted));
            }
        }
    }

    /** Small steps, which would not show in the weights. */
    private static void requireCloseSteps(INDArray change, INDArray difference) {
        double largest = change.amaxNumber().doubleValue();
        double worst = difference.amaxNumber().doubleValue();
        assertTrue(largest > 1e-5, () -> "the steps change weights by no more than " + largest);
        assertTrue(
                worst <= 1e-4 * largest + ROUNDING, () -> "steps of up to %s deviate by %s".formatted(largest, worst));
    }

    private static Sequential model(String activation) {
        return new Sequential(
                input(3, 2, 1),
                conv2DTranspose(2, 2).strides(1, 2).activation(Activation.TANH),
                flatten(),
                dense(3).activation(Activation.named(activation)));
    }

    @Test
    void everyOptimizerMeetsEveryLoss() {
        Set<String> optimizers = new TreeSet<>();
        Set<String> losses = new TreeSet<>();
        List<String> pairs = new ArrayList<>();
        for (JsonNode entry : KERAS.cases()) {
            optimizers.add(entry.get("optimizer").asText());
            losses.add(entry.get("loss").asText());
            pairs.add(entry.get("name").asText());
        }
        assertEquals(9, optimizers.size());
        assertEquals(20, losses.size());
        assertEquals(180, pairs.stream().distinct().count());
    }
}
