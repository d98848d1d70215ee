package transconv.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;
import transconv.Closeness;
import transconv.Goldens;
import transconv.ops.Activation;
import transconv.shape.Shape;

/**
 * Every two arguments of each convolution layer together, channels first and last, against Keras: outputs, gradients,
 * configurations. {@code LayerTrainingGoldenTest} has the penalties and constraints of the same cases.
 */
class ConvolutionArgumentsGoldenTest {

    private static final List<Goldens> GOLDENS = Stream.of("convolution", "transposed", "others")
            .map(name -> Goldens.named("layers-arguments-" + name))
            .toList();
    private static final Closeness CLOSENESS = new Closeness();

    @AfterAll
    static void printWorst() {
        System.out.println("arguments of convolutions, " + CLOSENESS);
    }

    @TestFactory
    Stream<DynamicTest> computesWhatKerasComputes() {
        return GOLDENS.stream().flatMap(goldens -> GoldenLayer.tests(goldens, CLOSENESS));
    }

    /** Those of one layer that Keras takes together, in each two of their levels; "set" stands for any value. */
    @Test
    void everyTwoArgumentsMeet() {
        int pairs = 0;
        for (Goldens goldens : GOLDENS) {
            Map<String, Set<String>> met = new HashMap<>();
            for (JsonNode entry : goldens.cases()) {
                JsonNode levels = goldens.document().at("/levels/" + layer(entry));
                List<String> values = new ArrayList<>();
                levels.fieldNames().forEachRemaining(name -> values.add(name + "=" + level(levels, entry, name)));
                for (String one : values) {
                    values.forEach(other -> met.computeIfAbsent(layer(entry), l -> new HashSet<>())
                            .add(one + " " + other));
                }
            }
            for (Map.Entry<String, Set<String>> of : met.entrySet()) {
                JsonNode levels = goldens.document().at("/levels/" + of.getKey());
                List<String> names = new ArrayList<>();
                levels.fieldNames().forEachRemaining(names::add);
                for (String one : names) {
                    for (String other : names.subList(names.indexOf(one) + 1, names.size())) {
                        for (JsonNode first : levels.get(one)) {
                            for (JsonNode second : levels.get(other)) {
                                String pair = one + "=" + first.asText() + " " + other + "=" + second.asText();
                                assertEquals(
                                        !isRefused(of.getKey(), one, first, other, second),
                                        of.getValue().contains(pair),
                                        () -> of.getKey() + ": " + pair);
                                pairs++;
                            }
                        }
                    }
                }
            }
        }
        assertEquals(4390, pairs);
    }

    /**
     * Each activation in some layer, and each class of initializers on the kernels and on the biases that it is for.
     */
    @Test
    void everyActivationAndInitializerIsTried() {
        Set<Activation> activations = EnumSet.noneOf(Activation.class);
        Set<String> ofKernels = new TreeSet<>();
        Set<String> ofBiases = new TreeSet<>();
        for (Goldens goldens : GOLDENS) {
            for (JsonNode entry : goldens.cases()) {
                entry.get("keras_config").fields().forEachRemaining(setting -> {
                    String argument = setting.getKey();
                    if (argument.equals("activation")) {
                        activations.add(Activation.named(setting.getValue().asText()));
                    } else if (argument.endsWith("_initializer")) {
                        (argument.startsWith("bias") ? ofBiases : ofKernels)
                                .add(setting.getValue().get("class_name").asText());
                    }
                });
            }
        }
        // Keras' sparsemax is wrong; ActivationsTest has its values.
        assertEquals(EnumSet.complementOf(EnumSet.of(Activation.SPARSEMAX)), activations);
        assertEquals(
                new TreeSet<>(Set.of(
                        "Constant",
                        "GlorotNormal",
                        "GlorotUniform",
                        "HeNormal",
                        "HeUniform",
                        "LecunNormal",
                        "LecunUniform",
                        "Ones",
                        "Orthogonal",
                        "RandomNormal",
                        "RandomUniform",
                        "TruncatedNormal",
                        "VarianceScaling",
                        "Zeros")),
                ofKernels);
        assertEquals(new TreeSet<>(Set.of("Constant", "Ones", "RandomNormal", "RandomUniform", "Zeros")), ofBiases);
    }

    /** What Keras refuses: strides with dilation, but in depthwise layers, and output padding from strides on. */
    private static boolean isRefused(String layer, String one, JsonNode first, String other, JsonNode second) {
        if (layer.startsWith("Conv") && one.equals("strides") && other.equals("dilation_rate")) {
            return first.intValue() > 1 && second.intValue() > 1;
        }
        if (one.equals("dilation_rate") && other.equals("output_padding")) {
            return first.intValue() > 1 && second.asInt(0) > 0;
        }
        return one.equals("strides") && other.equals("output_padding") && second.asInt(0) >= first.intValue();
    }

    private static String layer(JsonNode entry) {
        return entry.get("layer").asText();
    }

    /** Which of an argument's levels a case has: that of the first axis. */
    private static String level(JsonNode levels, JsonNode entry, String argument) {
        JsonNode value = entry.get("config").path(argument);
        JsonNode first = value.isArray() ? value.get(0) : value;
        String text = first.isMissingNode() ? "null" : first.asText();
        for (JsonNode level : levels.get(argument)) {
            if (level.asText().equals(text)) {
                return text;
            }
        }
        return "set";
    }

    /** Every setting and its value, as Keras' get_config has them. */
    @TestFactory
    Stream<DynamicTest> writesTheConfigurationThatKerasWrites() {
        return GOLDENS.stream().flatMap(goldens -> goldens.cases().stream()
                .map(entry -> DynamicTest.dynamicTest(entry.get("name").asText(), () -> {
                    Map<?, ?> wanted = new ObjectMapper().convertValue(entry.get("keras_config"), Map.class);
                    Map<String, Object> written =
                            new LinkedHashMap<>(GoldenLayer.of(entry).config().values());
                    assertTrue(written.keySet().containsAll(List.of("name", "trainable")));
                    // Ours has it in transposed convolutions too.
                    written.keySet().removeAll(Set.of("name", "trainable"));
                    if (!wanted.containsKey("groups")) {
                        written.remove("groups");
                    }
                    assertEquals(new TreeMap<>(plain(wanted)), new TreeMap<>(plain(written)));
                })));
    }

    /** Settings that are there: without null, numbers as floats, since Keras
     * writes some rounded so; of objects only the class and its settings. */
    private static Map<String, Object> plain(Map<?, ?> settings) {
        Map<String, Object> plain = new TreeMap<>();
        settings.forEach((name, value) -> {
            if (value != null) {
                // Ours writes the number of a single axis, Keras what it was given.
                boolean isOneAxis = name.equals("axis") && value instanceof List<?> axes && axes.size() == 1;
                plain.put(name.toString(), plainValue(isOneAxis ? ((List<?>) value).get(0) : value));
            }
        });
        return plain;
    }

    private static Object plainValue(Object value) {
        if (value instanceof Map<?, ?> map) {
            return plain(map);
        }
        if (value instanceof List<?> list) {
            return list.stream().map(ConvolutionArgumentsGoldenTest::plainValue).toList();
        }
        return value instanceof Number number ? number.floatValue() : value;
    }

    @TestFactory
    Stream<DynamicTest> weightsBeginWithTheConstantsOfKeras() {
        return GOLDENS.stream().flatMap(goldens -> goldens.cases().stream()
                .map(entry -> DynamicTest.dynamicTest(entry.get("name").asText(), () -> {
                    Layer layer = GoldenLayer.of(entry);
                    layer.build(Shape.of(Goldens.ints(entry.get("input_shapes").get(0)))
                            .from(1));
                    for (Weight weight : layer.weights()) {
                        INDArray values = weight.parameter().value();
                        JsonNode constant = entry.get("initially_constant").path(weight.name());
                        boolean isConstant =
                                values.length() > 1 && values.maxNumber().equals(values.minNumber());
                        assertEquals(!constant.isMissingNode(), isConstant, weight.name());
                        if (isConstant) {
                            assertEquals(
                                    constant.floatValue(), values.maxNumber().floatValue(), weight.name());
                        }
                    }
                })));
    }
}
