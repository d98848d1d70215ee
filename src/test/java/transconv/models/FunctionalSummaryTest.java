package transconv.models;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static transconv.layers.Layers.add;
import static transconv.layers.Layers.concatenate;
import static transconv.layers.Layers.dense;
import static transconv.layers.Layers.input;
import static transconv.layers.Layers.leakyRelu;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.databind.JsonNode;
import transconv.Goldens;
import transconv.layers.Dense;
import transconv.layers.Input;
import transconv.layers.Layer;
import transconv.layers.Tensor;
import transconv.ops.Parameter;

/** Summaries of drawn models, character by character, and the order of layers and weights, against Keras. */
class FunctionalSummaryTest {

    private static final Goldens KERAS = Goldens.named("functional-summaries");

    @Test
    void everyGoldenModelIsDrawn() {
        Set<String> names = new LinkedHashSet<>();
        KERAS.document().get("models").fieldNames().forEachRemaining(names::add);
        assertEquals(names, DrawnModels.ALL.keySet());
    }

    @TestFactory
    Stream<DynamicTest> printsWhatKerasPrints() {
        return DrawnModels.ALL.entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> {
                    try (Model model = entry.getValue().get()) {
                        check(entry.getKey(), KERAS.document().get("models").get(entry.getKey()), model);
                    }
                }));
    }

    private static void check(String name, JsonNode golden, Model model) {
        assertEquals(text("functional-summaries/" + name + ".txt"), model.summary() + "\n");
        assertEquals(golden.get("model").asText(), model.summary().model());
        assertEquals(texts(golden.get("layers")), names(model));
        assertEquals(golden.get("parameters").asLong(), model.parameterCount());
        assertEquals(golden.get("trainable").asLong(), model.summary().trainable());
        assertEquals(golden.get("non_trainable").asLong(), model.summary().nonTrainable());
        assertEquals(texts(golden.get("weights")), weightNames(model));
        List<INDArray> weights = model.getWeights();
        assertEquals(golden.get("shapes").size(), weights.size());
        for (int i = 0; i < weights.size(); i++) {
            List<Long> shape = new ArrayList<>();
            golden.get("shapes").get(i).forEach(length -> shape.add(length.asLong()));
            assertArrayEquals(
                    shape.stream().mapToLong(Long::longValue).toArray(),
                    weights.get(i).shape());
        }
    }

    @TestFactory
    Stream<DynamicTest> printsWhatKerasPrintsInLinesOfAnyLength() {
        return KERAS.list("line_lengths").stream()
                .map(golden -> DynamicTest.dynamicTest(golden.get("file").asText(), () -> {
                    Model model =
                            DrawnModels.ALL.get(golden.get("name").asText()).get();
                    assertEquals(
                            text(golden.get("file").asText()),
                            model.summary().toString(golden.get("line_length").asInt()) + "\n");
                }));
    }

    @TestFactory
    Stream<DynamicTest> printsModelsDrawnByChanceAsKerasDoes() {
        List<JsonNode> drawings = KERAS.list("by_chance");
        String[] texts =
                text("functional-summaries/by-chance.txt").stripTrailing().split("\n\n");
        assertEquals(60, texts.length);
        return IntStream.range(0, texts.length)
                .mapToObj(i ->
                        DynamicTest.dynamicTest(drawings.get(i).get("steps").toString(), () -> {
                            Model model = drawn(drawings.get(i));
                            assertEquals(texts[i], model.summary().toString());
                            assertEquals(texts(drawings.get(i).get("weights")), weightNames(model));
                        }));
    }

    private static List<String> weightNames(Model model) {
        return model.parameters().stream().map(Parameter::name).toList();
    }

    private static Model drawn(JsonNode golden) {
        List<Input> inputs = new ArrayList<>();
        for (int i = 0; i < golden.get("inputs").asInt(); i++) {
            inputs.add(input(4));
        }
        List<Tensor> tensors = new ArrayList<>(inputs);
        List<Layer> made = new ArrayList<>();
        for (JsonNode step : golden.get("steps")) {
            if (step.get(1).asInt() == made.size()) {
                String kind = step.get(0).asText();
                made.add(kind.equals("Dense") ? dense(4) : kind.equals("Add") ? add() : leakyRelu());
            }
            Tensor[] chosen = new Tensor[step.size() - 2];
            for (int i = 0; i < chosen.length; i++) {
                chosen[i] = tensors.get(step.get(i + 2).asInt());
            }
            tensors.add(made.get(step.get(1).asInt()).apply(chosen));
        }
        List<Tensor> outputs = new ArrayList<>();
        golden.get("outputs").forEach(number -> outputs.add(tensors.get(number.asInt())));
        return new Model(inputs, outputs);
    }

    /** Keras' text, its line ends as they are. */
    private static String text(String file) {
        return Goldens.text(file);
    }

    private static List<String> texts(JsonNode list) {
        List<String> found = new ArrayList<>();
        list.forEach(text -> found.add(text.asText()));
        return found;
    }

    private static List<String> names(Model model) {
        return model.layers().stream().map(Layer::name).toList();
    }

    @Test
    void aShortLineIsRefused() {
        Input x = input(3);
        Summary summary = new Model(x, dense(1).apply(x)).summary();
        assertEquals(
                "summary: lineLength=39 must be at least 40; leave it out for 76",
                assertThrows(IllegalArgumentException.class, () -> summary.toString(39))
                        .getMessage());
    }

    @Test
    void connectionsAreShownOnlyWhereLayersAreNoChain() {
        Input x = input(3);
        Dense first = dense(3);
        Summary chain = new Model(x, first.apply(x)).summary();
        assertFalse(chain.isConnected());
        assertEquals("-", chain.rows().get(1).connections());
        Summary skip = new Model(x, add().apply(first.apply(x), x)).summary();
        assertTrue(skip.isConnected());
        assertEquals(List.of(), skip.rows().get(0).connectedTo());
        assertEquals(
                List.of("dense[1][0]", "input_layer[0][0]"), skip.rows().get(2).connectedTo());
    }

    @Test
    void drawnAgainAllHasTheSameNames() {
        assertEquals(
                names(DrawnModels.ALL.get("nested").get()),
                names(DrawnModels.ALL.get("nested").get()));
    }

    @Test
    void aModelThatIsNestedKeepsTheNameItShowed() {
        Model middle = DrawnModels.ALL.get("nested-twice").get();
        assertEquals("functional_2", middle.summary().model());
        Input a = input(4);
        Input b = input(4);
        Model outer = new Model(List.of(a, b), List.of(middle.apply(a, b)));
        assertEquals(List.of("functional_2"), names(outer));
        assertEquals("functional_3", outer.summary().model());
        assertEquals("outer", outer.name("outer").summary().model());
    }

    @Test
    void layersOfTwoModelsWithOneNameAreRefusedInAThird() {
        Input x = input(3);
        Dense one = dense(3);
        Dense other = dense(3);
        new Model(x, one.apply(x));
        new Model(x, other.apply(x));
        String rule = "functional: there is a layer 'dense' already, and another got this name in its first model; "
                + "give one of them a name of its own when you make it: name(\"...\")";
        assertEquals(
                rule,
                assertThrows(
                                IllegalArgumentException.class,
                                () -> new Model(x, concatenate().apply(one.apply(x), other.apply(x))))
                        .getMessage());
        Sequential row = new Sequential(input(3), one);
        assertEquals(
                rule.replace("functional", "sequential"),
                assertThrows(IllegalArgumentException.class, () -> row.add(other))
                        .getMessage());
        Dense named = dense(2).name("dense");
        assertThrows(IllegalArgumentException.class, () -> new Model(x, named.apply(one.apply(x))));
    }

    @Test
    void aNewLayerIsCountedOnFromThoseOfOtherModels() {
        Input x = input(3);
        Dense earlier = dense(3);
        Dense first = dense(3);
        Dense second = dense(3);
        new Model(x, second.apply(first.apply(x)));
        assertEquals(List.of("dense", "dense_1"), List.of(first.name(), second.name()));
        Dense later = dense(3);
        new Model(x, later.apply(earlier.apply(second.apply(x))));
        assertEquals(List.of("dense", "dense_2"), List.of(earlier.name(), later.name()));
    }
}
