package transconv.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;
import transconv.Goldens;
import transconv.config.Config;
import transconv.shape.Shape;

/**
 * Every wrong argument and input shape that Keras refuses is refused here, in words that name the layer, the argument,
 * its value and the way out.
 */
class LayerRefusalsTest {

    private static final JsonNode LAYERS =
            Goldens.named("layer-refusals").document().get("layers");
    private static final ObjectMapper JSON = new ObjectMapper();

    @TestFactory
    Stream<DynamicTest> refusesTheArgumentsThatKerasRefuses() {
        List<DynamicTest> tests = new ArrayList<>();
        LAYERS.fields().forEachRemaining(layer -> layer.getValue()
                .get("refused_arguments")
                .fields()
                .forEachRemaining(argument -> argument.getValue()
                        .forEach(value -> tests.add(DynamicTest.dynamicTest(
                                "%s %s=%s".formatted(layer.getKey(), argument.getKey(), value),
                                () -> requireRefusal(layer.getKey(), argument.getKey(), value))))));
        return tests.stream();
    }

    private static void requireRefusal(String type, String argument, JsonNode value) {
        Map<String, Object> settings = settings(type);
        settings.put(argument, JSON.convertValue(value, Object.class));
        String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> build(type, settings, LAYERS.get(type).get("input_shapes")))
                .getMessage();
        assertTrue(
                message.contains(argument) || message.contains(camelCase(argument)),
                () -> "the argument's name in: " + message);
        String shown = value.isTextual() ? value.asText() : value.isArray() ? "" : value.toString();
        assertTrue(message.contains(shown), () -> "the value " + shown + " in: " + message);
        requireLayerAndWayOut(type, message);
    }

    @TestFactory
    Stream<DynamicTest> refusesTheInputShapesThatKerasRefuses() {
        List<DynamicTest> tests = new ArrayList<>();
        LAYERS.fields().forEachRemaining(layer -> layer.getValue()
                .get("refused_input_shapes")
                .forEach(shapes -> tests.add(DynamicTest.dynamicTest(layer.getKey() + " on " + shapes, () -> {
                    String message = assertThrows(
                                    IllegalArgumentException.class,
                                    () -> build(layer.getKey(), settings(layer.getKey()), shapes))
                            .getMessage();
                    requireLayerAndWayOut(layer.getKey(), message);
                }))));
        return tests.stream();
    }

    /** {@code conv2d: strides=0 must be at least 1}, at least in length. */
    private static void requireLayerAndWayOut(String type, String message) {
        String label = message.replaceAll(":.*", "").replace("_", "");
        assertTrue(label.equalsIgnoreCase(type) || message.startsWith(type), () -> "the layer's name, %s, before: %s"
                .formatted(type, message));
        assertTrue(message.substring(message.indexOf(':')).split(" ").length > 4, message);
    }

    private static Map<String, Object> settings(String type) {
        Map<String, Object> settings = new LinkedHashMap<>();
        Map<?, ?> written = JSON.convertValue(LAYERS.get(type).get("config"), Map.class);
        written.forEach((key, value) -> settings.put((String) key, value));
        return settings;
    }

    private static void build(String type, Map<String, Object> settings, JsonNode inputShapes) {
        LayerTypes.fromConfig(type, Config.of(type, settings))
                .build(StreamSupport.stream(inputShapes.spliterator(), false)
                        .map(sizes -> Shape.of(Goldens.ints(sizes)).from(1))
                        .toList());
    }

    private static String camelCase(String argument) {
        StringBuilder name = new StringBuilder();
        for (String word : argument.split("_")) {
            name.append(name.isEmpty() ? word : word.substring(0, 1).toUpperCase() + word.substring(1));
        }
        return name.toString();
    }

    @Test
    void everyLayerIsTried() {
        TreeSet<String> tried = new TreeSet<>();
        LAYERS.fieldNames().forEachRemaining(tried::add);
        assertEquals(
                LayerTypes.names().stream()
                        .filter(name ->
                                !name.equals("InputLayer") && !name.startsWith("Pixel")) // the latter are not Keras'
                        .collect(Collectors.toCollection(TreeSet::new)),
                tried);
    }
}
