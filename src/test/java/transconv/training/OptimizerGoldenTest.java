package transconv.training;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.databind.JsonNode;
import transconv.Closeness;
import transconv.Goldens;
import transconv.ops.Parameter;

/** Five steps of every optimizer on given gradients, some so small that epsilon decides, against Keras. */
class OptimizerGoldenTest {

    private static final Goldens OPTIMIZERS = Goldens.named("optimizers");
    private static final Closeness CLOSENESS = new Closeness();

    @AfterAll
    static void printWorst() {
        System.out.println("optimizers, " + CLOSENESS);
    }

    @TestFactory
    Stream<DynamicTest> stepsAsKerasDoes() {
        return OPTIMIZERS.cases().stream().map(entry -> DynamicTest.dynamicTest(entry.get("name").asText(), () -> check(entry)));
    }

    private static Optimizer optimizer(JsonNode entry) {
        JsonNode config = entry.get("config");
        if (entry.get("optimizer").asText().equals("SGD")) {
            SGD sgd = new SGD();
            config.fields().forEachRemaining(setting -> {
                switch (setting.getKey()) {
                    case "learning_rate" -> sgd.learningRate(setting.getValue().asDouble());
                    case "momentum" -> sgd.momentum(setting.getValue().asDouble());
                    case "nesterov" -> sgd.nesterov(setting.getValue().asBoolean());
                    default -> throw new AssertionError(setting);
                }
            });
            return sgd;
        }
        Adam adam = new Adam();
        config.fields().forEachRemaining(setting -> {
            double value = setting.getValue().asDouble();
            switch (setting.getKey()) {
                case "learning_rate" -> adam.learningRate(value);
                case "beta_1" -> adam.beta1(value);
                case "beta_2" -> adam.beta2(value);
                case "epsilon" -> adam.epsilon(value);
                default -> throw new AssertionError(setting);
            }
        });
        return adam;
    }

    private static void check(JsonNode entry) {
        String name = entry.get("name").asText();
        Optimizer optimizer = optimizer(entry);
        int variables = OPTIMIZERS.document().get("variables").asInt();
        List<Parameter> parameters = IntStream.range(0, variables)
                .mapToObj(i -> new Parameter("variable " + i, OPTIMIZERS.array("start/" + i))).toList();
        for (int step = 1; step <= OPTIMIZERS.document().get("steps").asInt(); step++) {
            int now = step;
            List<INDArray> gradients = IntStream.range(0, variables)
                    .mapToObj(i -> OPTIMIZERS.array("gradient.%d/%d".formatted(now, i))).toList();
            List<INDArray> kept = gradients.stream().map(INDArray::dup).toList();
            optimizer.step(parameters, gradients);
            assertEquals(kept, gradients, "gradients are left as they are");
            for (int i = 0; i < variables; i++) {
                CLOSENESS.require(name, OPTIMIZERS.array("%s.%d/%d".formatted(name, step, i)), parameters.get(i).value(), 1e-6);
            }
        }
    }
}
