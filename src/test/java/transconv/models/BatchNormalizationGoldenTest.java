package transconv.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static transconv.models.CompileOption.engine;
import static transconv.models.CompileOption.loss;
import static transconv.models.CompileOption.optimizer;
import static transconv.models.FitOption.batchSize;
import static transconv.models.FitOption.epochs;
import static transconv.models.FitOption.shuffle;
import static transconv.models.FitOption.validationData;
import static transconv.models.FitOption.verbose;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.shade.jackson.databind.JsonNode;
import transconv.Closeness;
import transconv.EnginesUnderTest;
import transconv.Goldens;
import transconv.ops.Parameter;
import transconv.training.Adam;
import transconv.training.History;

/** Models with batch normalization against Keras: steps with a smaller last batch, moving averages, inference. */
class BatchNormalizationGoldenTest {

    private static final Goldens KERAS = Goldens.named("batch-normalization");
    private static final Closeness CLOSENESS = new Closeness();

    @AfterAll
    static void printWorst() {
        System.out.println("batch normalization in models, " + CLOSENESS);
    }

    private static Stream<DynamicTest> onAllEngines(Case test) {
        return EnginesUnderTest.names().flatMap(engine -> KERAS.cases().stream()
                .map(entry -> DynamicTest.dynamicTest(entry.get("name").asText() + ", " + engine, () -> {
                    try (Model model = started(entry, engine)) {
                        test.check(entry, engine, model);
                    }
                })));
    }

    @FunctionalInterface
    private interface Case {
        void check(JsonNode entry, String engine, Model model);
    }

    private static Model started(JsonNode entry, String engine) {
        Model model = BatchNormalizationModels.of(entry.get("name").asText());
        assertEquals(entry.get("parameters").asLong(), model.parameterCount());
        for (Parameter parameter : model.parameters()) {
            parameter.value().assign(KERAS.array(entry, "initial/" + parameter.name()));
        }
        model.compile(optimizer(new Adam().learningRate(0.0625).beta1(0.75).beta2(0.9375).epsilon(1e-3)), loss("mse"), engine(engine));
        assertEquals(entry.get("trainable").asLong(), model.summary().trainable());
        return model;
    }

    private static void requireWeights(String what, JsonNode entry, String when, Model model) {
        int held = 0;
        for (Parameter parameter : model.parameters()) {
            String key = when + "/" + parameter.name();
            if (KERAS.has(entry, key)) {
                boolean average = parameter.name().contains("/moving_");
                CLOSENESS.require(
                        (average ? "moving averages " : "weights ") + what,
                        KERAS.array(entry, key),
                        parameter.value(),
                        1e-5);
                held++;
            }
        }
        assertEquals(when.equals("after 1") ? 2 : model.parameters().size(), held);
    }

    private static INDArray rows(INDArray array, int begin, int end) {
        return array.get(NDArrayIndex.interval(begin, end)).dup('c');
    }

    @TestFactory
    Stream<DynamicTest> trainsBatchByBatchAsKerasDoes() {
        return onAllEngines((entry, engine, model) -> {
            INDArray x = KERAS.array(entry, "x");
            INDArray y = KERAS.array(entry, "y");
            int begin = 0;
            for (int step = 0; step < entry.get("batches").size(); step++) {
                int end = begin + entry.get("batches").get(step).asInt();
                double loss = model.trainOnBatch(rows(x, begin, end), rows(y, begin, end))
                        .get("loss");
                CLOSENESS.require(
                        "losses on " + engine, entry.get("losses").get(step).asDouble(), loss, 1e-5);
                if (step == 0) {
                    requireWeights("after a step on " + engine, entry, "after 1", model);
                }
                begin = end;
            }
            requireWeights("on " + engine, entry, "final", model);
            INDArray prediction = KERAS.array(entry, "prediction");
            CLOSENESS.require("predictions on " + engine, prediction, model.predict(x, batchSize(4)), 1e-5);
            CLOSENESS.require("predictions on " + engine, prediction, model.predict(x), 1e-5);
            String evaluation = "evaluations on " + engine;
            double evaluated = entry.get("evaluate").asDouble();
            CLOSENESS.require(evaluation, evaluated, model.evaluate(x, y), 1e-5);
            CLOSENESS.require(evaluation, evaluated, model.evaluate(x, y, batchSize(4)), 1e-5);
            int five = Math.min(5, (int) x.size(0));
            CLOSENESS.require(
                    evaluation,
                    entry.get("test_on_batch").asDouble(),
                    model.testOnBatch(rows(x, 0, five), rows(y, 0, five)).get("loss"),
                    1e-5);
            requireWeights("on " + engine, entry, "final", model);
        });
    }

    @TestFactory
    Stream<DynamicTest> fitsAsKerasDoes() {
        return onAllEngines((entry, engine, model) -> {
            INDArray x = KERAS.array(entry, "x");
            INDArray y = KERAS.array(entry, "y");
            int four = Math.min(4, (int) x.size(0));
            History history = model.fit(
                    x,
                    y,
                    batchSize(entry.get("batches").get(0).asInt()),
                    epochs(2),
                    shuffle(false),
                    verbose(0),
                    validationData(rows(x, 0, four), rows(y, 0, four)));
            List<String> names = new ArrayList<>();
            entry.get("history").fieldNames().forEachRemaining(names::add);
            assertEquals(names, history.names());
            for (String name : names) {
                for (int epoch = 0; epoch < 2; epoch++) {
                    CLOSENESS.require(
                            "history on " + engine,
                            entry.get("history").get(name).get(epoch).asDouble(),
                            history.get(name).get(epoch),
                            1e-5);
                }
            }
            requireWeights("fitted on " + engine, entry, "fitted", model);
        });
    }
}
