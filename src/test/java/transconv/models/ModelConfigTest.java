package transconv.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;
import transconv.Goldens;
import transconv.config.Config;

/** Models written down: the structure is Keras', and a model comes back from it whole. */
class ModelConfigTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TestFactory
    Stream<DynamicTest> layersAndConnectionsAreKeras() {
        return Goldens.named("model-configs").cases().stream()
                .map(golden -> DynamicTest.dynamicTest(golden.get("name").asText(), () -> {
                    Model model =
                            SavedModels.ALL.get(golden.get("name").asText()).get();
                    assertEquals(golden.get("class_name").asText(), model.className());
                    assertSameStructure(golden.get("structure"), tree(model.config()));
                }));
    }

    @Test
    void allOfThemAreHeldAgainstKeras() {
        assertEquals(
                SavedModels.ALL.keySet(),
                new java.util.LinkedHashSet<>(Goldens.named("model-configs").cases().stream()
                        .map(golden -> golden.get("name").asText())
                        .toList()));
    }

    private static void assertSameStructure(JsonNode wanted, JsonNode got) {
        for (String key : List.of("name", "trainable", "input_layers", "output_layers")) {
            assertEquals(wanted.get(key), got.get(key), key);
        }
        Map<String, JsonNode> layers = byName(got.get("layers"));
        assertEquals(
                List.copyOf(byName(wanted.get("layers")).keySet()), List.copyOf(layers.keySet()), "in Keras' order");
        for (JsonNode layer : wanted.get("layers")) {
            JsonNode own = layers.get(layer.get("name").asText());
            assertEquals(layer.get("class_name"), own.get("class_name"));
            assertEquals(layer.get("inbound_nodes"), own.get("inbound_nodes"));
            assertEquals(layer.has("inbound_nodes") ? layer.get("name") : null, own.get("name"));
            if (layer.has("config")) {
                assertSameStructure(layer.get("config"), own.get("config"));
            }
        }
    }

    /** Keras lists Sequential's layers without a name beside their settings. */
    private static Map<String, JsonNode> byName(JsonNode layers) {
        Map<String, JsonNode> named = new LinkedHashMap<>();
        for (JsonNode layer : layers) {
            JsonNode name =
                    layer.has("name") ? layer.get("name") : layer.get("config").get("name");
            named.put(name.asText(), layer);
        }
        return named;
    }

    private static JsonNode tree(Config config) {
        return JSON.valueToTree(config.values());
    }

    @TestFactory
    Stream<DynamicTest> aModelComesBackWhole() {
        Map<String, Model> models = new LinkedHashMap<>();
        SavedModels.ALL.forEach((name, drawn) -> models.put(name, drawn.get()));
        DrawnModels.ALL.forEach((name, drawn) -> models.put("drawn " + name, drawn.get()));
        models.put("shared-across-models", SavedModels.sharedAcrossModels());
        return models.entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> {
                    Model model = entry.getValue();
                    Model again = Model.fromConfig(model.className(), model.config());
                    assertNotSame(model, again);
                    assertEquals(model.config().values(), again.config().values());
                    // some are compiled: the optimizer's part is not the configuration's
                    assertEquals(model.summary().model(), again.summary().model());
                    assertEquals(rows(model), rows(again));
                    again.setWeights(model.getWeights());
                    List<INDArray> x = SavedModels.samples(model.inputShapes(), 3, 1);
                    assertEquals(model.predict(x), again.predict(x));
                }));
    }

    /** Which application of a layer is meant counts those in other models too, which do not come back. */
    private static String rows(Model model) {
        return model.summary().rows().toString().replaceAll("\\[\\d+]\\[", "[");
    }

    @Test
    void whatIsFrozenStaysFrozen() {
        Model model = SavedModels.nestedAlike();
        model.layer("first").trainable(false);
        ((Model) model.layer("second")).layer("dense").trainable(false);
        Model again = Model.fromConfig(model.className(), model.config());
        assertTrue(again.isTrainable());
        assertFalse(again.layer("first").isTrainable());
        assertTrue(again.layer("second").isTrainable());
        assertFalse(((Model) again.layer("second")).layer("dense").isTrainable());
        assertEquals(List.of(), again.trainableWeights());
    }

    @Test
    void aModelThatIsFrozenMayHaveLayersThatAreNot() {
        Model model = SavedModels.skip();
        model.trainable(false);
        model.layer("a").trainable(true);
        Model again = Model.fromConfig(model.className(), model.config());
        assertFalse(again.isTrainable());
        assertTrue(again.layer("a").isTrainable());
        assertFalse(again.layer("b").isTrainable());
        assertEquals(2, again.trainableWeights().size());
    }

    @Test
    void aLayerThatTwoModelsShareStaysOne() {
        Model again =
                Model.fromConfig("Functional", SavedModels.sharedAcrossModels().config());
        assertSame(((Model) again.layer("one")).layer("shared"), ((Model) again.layer("two")).layer("shared"));
        assertSame(((Model) again.layer("one")).layer("shared"), again.layer("shared"));
        assertEquals(4, again.weights().size());
    }

    @Test
    void aRowOfNoLayersYetComesBack() {
        assertEquals(
                List.of(),
                Model.fromConfig("Sequential", new Sequential().config()).layers());
    }

    @Test
    void layersOfOneNameCannotBeWrittenDown() {
        Model model = SavedModels.nestedAlike();
        ((Model) model.layer("second")).name("first");
        assertEquals(
                "pair: two layers are named 'first', and cannot be told apart; give one a name of its own:"
                        + " name(\"...\")",
                assertThrows(IllegalArgumentException.class, model::config).getMessage());
    }

    /** One text in the JSON for another, and what the reader says to it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            "class_name":"Add" | "class_name":"Plus" | layer class 'Plus' is not known; there are [
            ["b",0,0]] | ["c",0,0]] | layer 'sum' is connected to 'c', which is not there
            ["b",0,0]] | ["sum",0,0]] | layer 'sum' waits for one of [[x, 0, 0], [sum, 0, 0]], which
            ["b",0,0]] | ["b",1,0]] | layer 'sum' waits for one of [[x, 0, 0], [b, 1, 0]], which
            ["b",0,0]] | ["b",0,1]] | there is no tensor [b, 0, 1]; layers are [x, a, b, sum, all]
            ["b",0,0]] | ["b",0]] | '[b, 0]' is no tensor; it must be [layer, application, output]
            ["b",0,0]] | ["b",0.5,0]] | '[b, 0.5, 0]' is no tensor
            ["b",0,0]] | ["b",-1,0]] | '[b, -1, 0]' is no tensor
            "output_layers":["all",0,0] | "output_layers":["a",0,0] | no output depends on layer 'b'; take it out
            "output_layers":["all",0,0] | "output_layers":[] | '[]' is no tensor
            "output_layers":["all",0,0] | "outputs":["all",0,0] | setting 'outputs' is not known
            "input_layers":["x",0,0] | "input_layers":["a",0,0] | input_layers has [a, 0, 0], which is no InputLayer
            "name":"sum","inbound | "name":"b","inbound | layer 'b' is called 'sum' in its own settings
            "class_name":"Add" | "class":"Add" | setting 'class' is not known
            "kernel_size":[1,1] | "kernel_size":[9,9] | b: input size 4 is smaller than the kernel
            """)
    void whatIsWrongIsRefused(String written, String instead, String message) throws Exception {
        String json = JSON.writeValueAsString(SavedModels.skip().config().values());
        assertTrue(json.contains(written), json);
        Map<?, ?> changed = JSON.readValue(json.replace(written, instead), Map.class);
        IllegalArgumentException refused = assertThrows(
                IllegalArgumentException.class, () -> Model.fromConfig("Functional", Config.of("model", changed)));
        assertTrue(refused.getMessage().contains(message), refused.getMessage());
    }

    @Test
    void anotherClassIsNoModel() {
        assertEquals(
                "model class 'Dense' is not known; there are [Functional, Sequential]",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> Model.fromConfig(
                                        "Dense", SavedModels.skip().config()))
                        .getMessage());
    }
}
