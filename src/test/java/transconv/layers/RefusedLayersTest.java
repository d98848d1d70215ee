package transconv.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.nd4j.shade.jackson.databind.JsonNode;
import transconv.Goldens;
import transconv.shape.Shape;

/** What Keras refuses by rule is refused here too, in words that name the argument and its value. */
class RefusedLayersTest {

    private static final Goldens LAYERS = Goldens.named("layers");

    /** Closed choices: these cannot be written down in Java. */
    private static final Set<String> IMPOSSIBLE = Set.of(
            "Conv2D padding full",
            "Conv2D activation unknown",
            "Conv2DTranspose padding full",
            "Conv2DTranspose activation unknown");

    /** What the message has to name, by the case's name without the layer. */
    private static final Map<String, List<String>> NAMED = Map.ofEntries(
            Map.entry("filters 0", List.of("filters=0", "at least 1")),
            Map.entry("filters -1", List.of("filters=-1", "at least 1")),
            Map.entry("kernel 0", List.of("kernelSize=0", "at least 1")),
            Map.entry("kernel -1", List.of("kernelSize=-1", "at least 1")),
            Map.entry("stride 0", List.of("strides=0", "at least 1")),
            Map.entry("stride -1", List.of("strides=-1", "at least 1")),
            Map.entry("dilation 0", List.of("dilationRate=0", "at least 1")),
            Map.entry("strides with dilation", List.of("strides=[2, 2]", "dilationRate=[2, 2]", "set the other to 1")),
            Map.entry(
                    "stride on one axis, dilation on the other",
                    List.of("strides=[2, 1]", "dilationRate=[1, 2]", "set the other to 1")),
            Map.entry("rank 3 input", List.of("input shape (4, 3)", "(height, width, channels)")),
            Map.entry("rank 5 input", List.of("input shape (4, 3, 2, 3)", "(height, width, channels)")),
            Map.entry("kernel above input", List.of("input size 2", "kernelSize=3", "padding(SAME)")),
            Map.entry(
                    "strides [1, 1] output padding [1, 1]",
                    List.of("outputPadding=[1, 1]", "strides=[1, 1]", "lower it")),
            Map.entry(
                    "strides [2, 2] output padding [2, 1]",
                    List.of("outputPadding=[2, 1]", "strides=[2, 2]", "lower it")),
            Map.entry(
                    "strides [2, 3] output padding [1, 3]",
                    List.of("outputPadding=[1, 3]", "strides=[2, 3]", "lower it")),
            Map.entry("strides [2, 2] output padding [-1, 0]", List.of("outputPadding=-1", "at least 0")),
            Map.entry("units 0", List.of("units=0", "at least 1")),
            Map.entry("units -1", List.of("units=-1", "at least 1")),
            Map.entry("to another size", List.of("input shape (3, 4)", "12 elements", "[5]")),
            Map.entry("with two unknowns", List.of("[-1, -1]", "one of them may be -1")),
            Map.entry("not divisible", List.of("input shape (3, 4)", "12 elements", "[-1, 5]")));

    @TestFactory
    Stream<DynamicTest> refusesWhatKerasRefusesByRule() {
        return byRule().filter(entry -> !IMPOSSIBLE.contains(entry.get("name").asText()))
                .map(entry -> DynamicTest.dynamicTest(entry.get("name").asText(), () -> {
                    String type = entry.get("layer").asText();
                    IllegalArgumentException refusal = assertThrows(
                            IllegalArgumentException.class, () -> ConfiguredLayer.of(type, entry.get("config"))
                                    .build(Shape.of(Goldens.ints(entry.get("input_shape")))
                                            .from(1)));
                    List<String> named = NAMED.get(entry.get("name").asText().substring(type.length() + 1));
                    named.forEach(part -> assertTrue(
                            refusal.getMessage().contains(part), () -> "'" + part + "' in: " + refusal.getMessage()));
                    assertTrue(
                            refusal.getMessage()
                                    .startsWith(Map.of(
                                                    "Conv2D",
                                                    "conv2d:",
                                                    "Conv2DTranspose",
                                                    "conv2d_transpose:",
                                                    "Dense",
                                                    "dense:",
                                                    "Reshape",
                                                    "reshape:")
                                            .get(type)),
                            refusal.getMessage());
                }));
    }

    @Test
    void everyOtherRefusalIsOneOfTensorFlowAlone() {
        Set<String> called = LAYERS.list("refused").stream()
                .filter(entry -> entry.get("error").asText().equals("AbortedError"))
                .map(entry -> entry.get("name").asText())
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> computed = Goldens.named("layers-jax").cases().stream()
                .map(entry -> entry.get("name").asText())
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(computed, called);
        assertEquals(LAYERS.list("refused").size(), called.size() + byRule().count());
    }

    private static Stream<JsonNode> byRule() {
        return LAYERS.list("refused").stream()
                .filter(entry -> !entry.get("error").asText().equals("AbortedError"));
    }
}
