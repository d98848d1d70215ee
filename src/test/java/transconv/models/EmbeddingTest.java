package transconv.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static transconv.layers.Layers.activityRegularization;
import static transconv.layers.Layers.concatenate;
import static transconv.layers.Layers.dense;
import static transconv.layers.Layers.embedding;
import static transconv.layers.Layers.flatten;
import static transconv.layers.Layers.input;
import static transconv.models.CompileOption.engine;
import static transconv.models.CompileOption.loss;
import static transconv.models.CompileOption.optimizer;
import static transconv.models.FitOption.batchSize;
import static transconv.models.FitOption.epochs;
import static transconv.models.FitOption.shuffle;
import static transconv.models.FitOption.verbose;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.shade.jackson.databind.JsonNode;
import transconv.Closeness;
import transconv.Goldens;
import transconv.layers.Constraints;
import transconv.layers.Initializers;
import transconv.layers.Input;
import transconv.layers.RandomSeed;
import transconv.layers.Regularizers;
import transconv.training.SGD;

/** Embedding and ActivityRegularization within models that are trained. */
class EmbeddingTest {

    private static final Goldens KERAS = Goldens.named("layers-shape");
    private static final Closeness CLOSENESS = new Closeness();

    @AfterAll
    static void printWorst() {
        System.out.println("models with activity regularization, " + CLOSENESS);
    }

    /**
     * All vectors are ones, all targets zeros: each time a number occurs it adds 2 / 24, the regularizer 0.5 to all.
     */
    @ParameterizedTest
    @MethodSource("transconv.EnginesUnderTest#names")
    void aNumberThatOccursTwiceLearnsTwice(String engineName) {
        Sequential model = new Sequential(
                input(2),
                embedding(5, 3)
                        .embeddingsInitializer(Initializers.ones())
                        .embeddingsRegularizer(Regularizers.l1(0.5))
                        .embeddingsConstraint(Constraints.nonNeg()));
        model.compile(optimizer(new SGD().learningRate(1)), loss("mse"), engine(engineName));
        INDArray x = Nd4j.createFromArray(new float[][] {{0, 3}, {3, 3}, {4, 0}, {2, 3}});
        double loss = model.trainOnBatch(x, Nd4j.zeros(4, 2, 3)).get("loss");
        assertEquals(1 + 0.5 * 15, loss, 1e-6);
        float each = 2f / 24;
        float[] occurrences = {2, 0, 1, 4, 1};
        INDArray after = model.getWeights().get(0);
        for (int number = 0; number < 5; number++) {
            for (int feature = 0; feature < 3; feature++) {
                assertEquals(0.5f - each * occurrences[number], after.getFloat(number, feature), 1e-6);
            }
        }
    }

    /** The constraint holds after a step that leads below 0. */
    @Test
    void theConstraintHolds() {
        Sequential model = new Sequential(
                input(1),
                embedding(2, 1).embeddingsInitializer(Initializers.ones()).embeddingsConstraint("non_neg"));
        model.compile(optimizer(new SGD().learningRate(3)), loss("mse"));
        model.trainOnBatch(Nd4j.ones(1, 1), Nd4j.zeros(1, 1, 1));
        assertEquals(
                List.of(1f, 0f),
                List.of(
                        model.getWeights().get(0).getFloat(0),
                        model.getWeights().get(0).getFloat(1)));
    }

    @Test
    void aConditionJoinsANumberWithAVector() {
        RandomSeed.set(5);
        Input noise = input(2);
        Input label = input(1);
        Model model = new Model(
                List.of(noise, label),
                List.of(dense(1).apply(concatenate()
                        .apply(noise, flatten().apply(embedding(3, 4).apply(label))))));
        assertEquals(3 * 4 + 6 + 1, model.parameterCount());
        assertTrue(
                model.summary().toString().contains("(Embedding)"),
                model.summary().toString());
        // Each number has a target of its own, which only its vector can tell.
        INDArray labels = Nd4j.createFromArray(new float[][] {{0}, {1}, {2}, {0}, {1}, {2}});
        INDArray targets = Nd4j.createFromArray(new float[][] {{1}, {-2}, {0.5f}, {1}, {-2}, {0.5f}});
        model.compile(optimizer(new SGD().learningRate(0.1)), loss("mse"));
        model.fit(
                List.of(Nd4j.zeros(6, 2), labels),
                List.of(targets),
                epochs(400),
                batchSize(4),
                shuffle(false),
                verbose(0));
        INDArray found = model.predict(List.of(Nd4j.zeros(6, 2), labels)).get(0);
        assertEquals(0, found.sub(targets).amaxNumber().doubleValue(), 0.01);
    }

    @ParameterizedTest
    @MethodSource("transconv.EnginesUnderTest#names")
    void refusesNumbersWithoutAVector(String engineName) {
        Sequential model = new Sequential(input(2), embedding(3, 2));
        model.compile(optimizer("sgd"), loss("mse"), engine(engineName));
        for (float wrong : new float[] {3, -1, 0.5f}) {
            INDArray x = Nd4j.createFromArray(new float[][] {{0, 2}, {1, wrong}});
            String message = assertThrows(IllegalArgumentException.class, () -> model.predict(x))
                    .getMessage();
            assertTrue(message.contains("index " + wrong), message);
            assertTrue(message.endsWith("must be a whole number from 0 to 2; correct it, or allow more"), message);
            assertEquals(
                    message,
                    assertThrows(IllegalArgumentException.class, () -> model.fit(x, Nd4j.zeros(2, 2, 2), verbose(0)))
                            .getMessage());
        }
    }

    @ParameterizedTest
    @MethodSource("transconv.EnginesUnderTest#names")
    void activityRegularizationWeighsAsInKeras(String engineName) {
        INDArray x = KERAS.array("model/x");
        INDArray y = KERAS.array("model/y");
        for (JsonNode entry : KERAS.list("models")) {
            Sequential model = new Sequential(
                    input(3),
                    dense(2).useBias(false),
                    activityRegularization()
                            .l1(entry.get("l1").asDouble())
                            .l2(entry.get("l2").asDouble()));
            model.setWeights(List.of(KERAS.array("model/kernel")));
            model.compile(optimizer(new SGD().learningRate(0.5)), loss("mse"), engine(engineName));
            String where = " on " + engineName;
            CLOSENESS.require(
                    "evaluation" + where,
                    entry.get("evaluate").asDouble(),
                    model.evaluate(x, y, batchSize(4), verbose(0)),
                    1e-6);
            CLOSENESS.require(
                    "loss" + where,
                    entry.get("train_on_batch").asDouble(),
                    model.trainOnBatch(x, y).get("loss"),
                    1e-6);
            CLOSENESS.require(
                    "weights" + where,
                    KERAS.array(entry.get("after").asText()),
                    model.getWeights().get(0),
                    1e-6);
        }
    }
}
