package transconv.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static transconv.layers.Layers.add;
import static transconv.layers.Layers.concatenate;
import static transconv.layers.Layers.conv2D;
import static transconv.layers.Layers.conv2DTranspose;
import static transconv.layers.Layers.dense;
import static transconv.layers.Layers.flatten;
import static transconv.layers.Layers.input;
import static transconv.models.CompileOption.engine;
import static transconv.models.CompileOption.loss;
import static transconv.models.CompileOption.lossWeights;
import static transconv.models.CompileOption.metrics;
import static transconv.models.CompileOption.optimizer;
import static transconv.models.FitOption.batchSize;
import static transconv.models.FitOption.sampleWeight;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
import transconv.layers.Dense;
import transconv.layers.Input;
import transconv.layers.Layer;
import transconv.layers.Regularizers;
import transconv.layers.Tensor;
import transconv.ops.Activation;
import transconv.ops.Parameter;
import transconv.shape.Padding;
import transconv.training.SGD;

/** Models drawn with tensors: the one of {@code make_models.py} against Keras, and what else drawing allows. */
class FunctionalModelTest {

    private static final Goldens KERAS = Goldens.named("models");
    private static final Closeness CLOSENESS = new Closeness();

    @AfterAll
    static void printWorst() {
        System.out.println("functional models, " + CLOSENESS);
    }

    /** A shared layer, a skip connection, two outputs, a regularizer of each kind, a constraint, a frozen layer. */
    private static Model drawn() {
        Input a = input(4, 3, 2);
        Input b = input(4, 3, 2);
        Layer shared = conv2D(3, 2, 3)
                .padding(Padding.SAME)
                .activation(Activation.TANH)
                .kernelRegularizer(Regularizers.l2(0.05))
                .name("shared");
        Tensor joined = concatenate().name("joined").apply(shared.apply(a), shared.apply(b));
        Tensor narrow = conv2D(2, 1)
                .kernelConstraint(Constraints.maxNorm(1))
                .name("narrow")
                .apply(joined);
        Tensor picture = conv2DTranspose(1, 2)
                .strides(2)
                .activation(Activation.SIGMOID)
                .activityRegularizer(Regularizers.l1(0.01))
                .name("picture")
                .apply(add().name("skip").apply(narrow, a));
        Dense number = dense(2).name("number");
        Tensor numbers = number.apply(flatten().name("flat").apply(joined));
        number.trainable(false);
        return new Model(List.of(a, b), List.of(picture, numbers));
    }

    private static List<INDArray> arrays(String key) {
        return List.of(KERAS.array(key + "/0"), KERAS.array(key + "/1"));
    }

    private static Parameter parameter(Model model, String name) {
        return model.parameters().stream()
                .filter(parameter -> parameter.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @MethodSource("transconv.EnginesUnderTest#names")
    void trainsAsKerasDoes(String engineName) {
        List<String> names = new ArrayList<>();
        KERAS.document().get("weights").forEach(name -> names.add(name.asText()));
        try (Model model = drawn()) {
            assertEquals(names.size(), model.weights().size());
            names.forEach(name -> parameter(model, name).value().assign(KERAS.array("initial/" + name)));
            model.compile(
                    optimizer(new SGD().learningRate(0.5)),
                    loss("binary_crossentropy", "mse"),
                    lossWeights(2, 0.25),
                    metrics("mae"),
                    engine(engineName));
            for (JsonNode step : KERAS.list("steps")) {
                Map<String, Double> logs =
                        model.trainOnBatch(arrays("x"), arrays("y"), sampleWeight(KERAS.array("weights")));
                step.fields().forEachRemaining(entry -> {
                    // Keras weighs no metrics but those asked for as weighted.
                    CLOSENESS.require(
                            (entry.getKey().endsWith("loss") ? "losses on " : "metrics on ") + engineName,
                            entry.getValue().asDouble(),
                            logs.get(entry.getKey()),
                            2e-6);
                });
            }
            for (String name : names) {
                CLOSENESS.require(
                        "weights on " + engineName,
                        KERAS.array("final/" + name),
                        parameter(model, name).value(),
                        1e-5);
            }
            Map<String, Double> evaluated = model.evaluate(arrays("x"), arrays("y"), batchSize(3));
            KERAS.document()
                    .get("evaluate")
                    .fields()
                    .forEachRemaining(entry -> CLOSENESS.require(
                            "evaluation on " + engineName,
                            entry.getValue().asDouble(),
                            evaluated.get(entry.getKey()),
                            5e-6));
            List<INDArray> predicted = model.predict(arrays("x"));
            for (int i = 0; i < 2; i++) {
                CLOSENESS.require(
                        "prediction on " + engineName, KERAS.array("prediction/" + i), predicted.get(i), 1e-5);
            }
        }
    }

    @Test
    void aNestedModelSharesItsWeightsAndCanBeFrozen() {
        Sequential inner = new Sequential(input(6), dense(4).activation(Activation.TANH), dense(3));
        Input x = input(6);
        Model outer = new Model(x, dense(1).apply(inner.apply(x)));
        INDArray samples = Nd4j.rand(5, 6);
        Model flat = new Model(x, inner.apply(x));
        assertEquals(inner.predict(samples), flat.predict(samples));
        assertEquals(4 * 7 + 3 * 5 + 4, outer.parameterCount());
        assertEquals("sequential", outer.layers().get(0).label());

        inner.trainable(false);
        outer.compile(optimizer("sgd"), loss("mse"));
        List<INDArray> before = outer.getWeights();
        outer.trainOnBatch(samples, Nd4j.ones(5, 1));
        List<INDArray> after = outer.getWeights();
        assertEquals(before.subList(0, 4), after.subList(0, 4));
        assertNotEquals(before.get(4), after.get(4));
        assertTrue(outer.summary().toString().contains("Non-trainable params: 43"));
    }

    @Test
    void refusesInTheseWords() {
        Input a = input(3);
        Input b = input(3);
        Tensor sum = add().apply(a, b);
        assertEquals(
                "an output depends on an input of shape (None, 3) that is not among the model's inputs; add it",
                assertThrows(IllegalArgumentException.class, () -> new Model(a, sum))
                        .getMessage());
        Model model = new Model(List.of(a, b), List.of(sum, a));
        assertEquals(
                "compile: 3 losses for 2 outputs; give one for all or one for each",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> model.compile(optimizer("sgd"), loss("mse", "mse", "mse")))
                        .getMessage());
        assertEquals(
                "predict: 1 arrays for x; the model has 2, of shapes [(3,), (3,)]",
                assertThrows(IllegalArgumentException.class, () -> model.predict(Nd4j.ones(2, 3)))
                        .getMessage());
        assertEquals(
                "functional: no layer 'dense'; there are [add]",
                assertThrows(IllegalArgumentException.class, () -> model.layer("dense"))
                        .getMessage());
    }
}
