package transconv.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.shade.jackson.core.JsonProcessingException;
import org.nd4j.shade.jackson.core.type.TypeReference;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;
import transconv.Goldens;
import transconv.config.Config;
import transconv.shape.Shape;

/** Initializers found by name, written down and read again, as Keras does it. */
class InitializerConfigTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Goldens GOLDENS = Goldens.named("initializers");

    private static Config config(JsonNode written) {
        return Config.of(written.get("class_name").asText(), JSON.convertValue(written.get("config"), Map.class));
    }

    @TestFactory
    Stream<DynamicTest> whatKerasWroteIsReadAndWrittenAlike() {
        return GOLDENS.list("written").stream()
                .map(written -> DynamicTest.dynamicTest(written.toString(), () -> {
                    Initializer read =
                            Initializers.fromConfig(written.get("class_name").asText(), config(written));
                    assertEquals(written.get("class_name").asText(), read.className());
                    assertEquals(written.get("config"), json(read.config().values()));
                    Config layer =
                            Config.of("Conv2D", Map.of("kernel_initializer", JSON.convertValue(written, Map.class)));
                    assertEquals(
                            read.serialized(),
                            Initializers.read(layer, "kernel_initializer").serialized());
                }));
    }

    private static JsonNode json(Object value) throws JsonProcessingException {
        return JSON.readTree(JSON.writeValueAsString(value));
    }

    @TestFactory
    Stream<DynamicTest> namesFindTheClassThatTheyFindInKeras() {
        Map<String, String> names = JSON.convertValue(GOLDENS.document().get("by_name"), new TypeReference<>() {});
        return names.entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(
                        entry.getKey(),
                        () -> assertEquals(
                                entry.getValue(),
                                Initializers.named(entry.getKey()).className())));
    }

    @TestFactory
    Stream<DynamicTest> whatKerasRefusesIsRefused() {
        return GOLDENS.list("refused").stream()
                .map(entry -> DynamicTest.dynamicTest(entry.toString(), () -> {
                    String name = entry.get("class_name").asText();
                    assertThrows(IllegalArgumentException.class, () -> Initializers.fromConfig(name, config(entry))
                            .values(Shape.of(Goldens.ints(entry.get("shape"))), "kernel"));
                }));
    }

    static Stream<Initializer> ours() {
        return Stream.of(
                Initializers.zeros(),
                Initializers.ones(),
                Initializers.constant(-0.1),
                Initializers.identity(3),
                Initializers.values(Nd4j.createFromArray(new float[][] {{0.1f, -2}, {1e-30f, 3e20f}})),
                Initializers.glorotUniform(Long.MAX_VALUE),
                Initializers.glorotNormal().seed(1),
                Initializers.heUniform().seed(-2),
                Initializers.heNormal(3),
                Initializers.lecunUniform().seed(4).fanAxes(new int[] {0}, new int[] {1}),
                Initializers.lecunNormal().seed(5),
                Initializers.varianceScaling(0.3)
                        .mode(VarianceScaling.Mode.FAN_OUT)
                        .distribution(VarianceScaling.Distribution.UNTRUNCATED_NORMAL)
                        .seed(6),
                Initializers.heNormal(3).distribution(VarianceScaling.Distribution.UNIFORM),
                Initializers.randomUniform(-1, 3).seed(7),
                Initializers.randomNormal(1, 2).seed(8),
                Initializers.truncatedNormal(1, 2).seed(9),
                Initializers.orthogonal(0.7).seed(10));
    }

    @ParameterizedTest
    @MethodSource("ours")
    void whatIsReadAgainMakesTheSameValues(Initializer initializer) throws JsonProcessingException {
        assertSameAfterJson(initializer, Shape.of(2, 2));
    }

    @Test
    void icnrIsWrittenWithWhatItWraps() throws JsonProcessingException {
        assertSameAfterJson(Initializers.icnr(Initializers.heNormal(1), 2), Shape.of(3, 3, 2, 8));
        assertSameAfterJson(Initializers.icnrTransposed(Initializers.ones(), 2), Shape.of(4, 4, 2, 8));
        assertEquals(
                "{\"class_name\":\"ICNR\",\"config\":{\"initializer\":{\"class_name\":\"Orthogonal\",\"config\":"
                        + "{\"seed\":null,\"gain\":1.0}},\"scale\":3,\"kernel\":\"transposed\"}}",
                JSON.writeValueAsString(Initializers.icnrTransposed(Initializers.orthogonal(), 3)
                        .serialized()));
    }

    private static void assertSameAfterJson(Initializer initializer, Shape shape) throws JsonProcessingException {
        Map<?, ?> written = JSON.readValue(JSON.writeValueAsString(initializer.serialized()), Map.class);
        Initializer read =
                Initializers.read(Config.of("Dense", Map.of("kernel_initializer", written)), "kernel_initializer");
        assertEquals(initializer.serialized(), read.serialized());
        INDArray wanted = initializer.values(shape, "kernel");
        assertTrue(wanted.equalsWithEps(read.values(shape, "kernel"), 0));
    }

    @Test
    void aChangedGlorotIsNoLongerCalledSo() {
        VarianceScaling changed = Initializers.glorotUniform(3).mode(VarianceScaling.Mode.FAN_IN);
        assertEquals("VarianceScaling", changed.className());
        assertEquals(
                "{seed=3, scale=1.0, mode=fan_in, distribution=uniform, input_axes=null, output_axes=null}",
                changed.config().values().toString());
    }

    @Test
    void aLayerMayHoldTheNameAlone() {
        Config layer = Config.of("Dense").with("kernel_initializer", "he_normal");
        assertEquals("HeNormal", Initializers.read(layer, "kernel_initializer").className());
    }

    static Stream<Arguments> refused() {
        Shape bias = Shape.of(5);
        return Stream.of(
                refused(
                        "RandomNormal: stddev=-0.1 must be at least 0; leave out the sign",
                        () -> Initializers.randomNormal(0, -0.1)),
                refused(
                        "TruncatedNormal: stddev=-2.0 must be at least 0; leave out the sign",
                        () -> Initializers.truncatedNormal(0, -2)),
                refused(
                        "RandomNormal: mean=NaN must be finite; choose a number within float's range",
                        () -> Initializers.randomNormal(Double.NaN, 1)),
                refused(
                        "RandomUniform: maxval=1.0E39 must be finite; choose a number within float's range",
                        () -> Initializers.randomUniform(0, 1e39)),
                refused(
                        "RandomUniform: minval=1.0 must be at most maxval=-1.0; exchange them",
                        () -> Initializers.randomUniform(1, -1)),
                refused(
                        "VarianceScaling: scale=0.0 must be above 0; 1 is Keras' default",
                        () -> Initializers.varianceScaling(0)),
                refused(
                        "dense/kernel: GlorotUniform counts a fan over axes [2], the shape (3, 4) has 2; name its own",
                        () -> Initializers.glorotUniform()
                                .fanAxes(new int[] {0}, new int[] {2})
                                .values(Shape.of(3, 4), "dense/kernel")),
                refused(
                        "Orthogonal: gain=Infinity must be finite; choose a number within float's range",
                        () -> Initializers.orthogonal(Double.POSITIVE_INFINITY)),
                refused(
                        "dense/bias: Orthogonal needs at least two axes, the shape (5,) has 1; take another"
                                + " initializer",
                        () -> Initializers.orthogonal().values(bias, "dense/bias")),
                refused(
                        "dense/kernel: Identity needs a square matrix, the shape is (3, 4); take another initializer",
                        () -> Initializers.identity().values(Shape.of(3, 4), "dense/kernel")),
                refused(
                        "dense/bias: Identity needs a square matrix, the shape is (5,); take another initializer",
                        () -> Initializers.identity().values(bias, "dense/bias")),
                refused(
                        "ICNR: scale=0 must be at least 1; give the upsampling factor",
                        () -> Initializers.icnr(Initializers.ones(), 0)),
                refused(
                        "initializer 'values' is not known; choose one of [constant, glorot_normal, glorot_uniform,"
                                + " he_normal, he_uniform, identity, lecun_normal, lecun_uniform, ones, orthogonal,"
                                + " random_normal, random_uniform, truncated_normal, variance_scaling, zeros]",
                        () -> Initializers.named("values")),
                read(
                        "Zeros: setting 'value' is not known; there are []",
                        Config.of("Zeros").with("value", 1)),
                read(
                        "HeNormal: setting 'seed' is 1.5; it must be a whole number, or null for none",
                        Config.of("HeNormal").with("seed", 1.5)),
                read(
                        "HeNormal: one of input_axes and output_axes is null; give both or none",
                        Config.of("HeNormal").with("input_axes", List.of(1))),
                read(
                        "RandomNormal: setting 'stddev' is null; it must be a number",
                        Config.of("RandomNormal").with("stddev", null)),
                read(
                        "VarianceScaling: setting 'mode' is fan; it must be one of [fan_in, fan_out, fan_avg]",
                        Config.of("VarianceScaling").with("mode", "fan")),
                read(
                        "Values: setting 'values' has 3 numbers, the shape (2, 2) needs 4",
                        Config.of("Values").with("values", List.of(1, 2, 3)).with("shape", new int[] {2, 2})),
                read(
                        "Values: setting 'values' has one at place 1; all must be numbers",
                        Config.of("Values").with("values", List.of(1, "one")).with("shape", new int[] {2})),
                read(
                        "ICNR: setting 'kernel' is dense; it must be one of [sub_pixel, transposed]",
                        Config.of("ICNR")
                                .with("initializer", "ones")
                                .with("scale", 2)
                                .with("kernel", "dense")));
    }

    private static Arguments refused(String message, Executable call) {
        return Arguments.of(message, call);
    }

    private static Arguments read(String message, Config config) {
        return Arguments.of(message, (Executable) () -> Initializers.fromConfig(config.owner(), config));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void refusesInTheseWords(String message, Executable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
    }

    @Test
    void aLambdaSaysThatItCannotBeWrittenDown() {
        Initializer ramp = (shape, weight) -> Nd4j.arange(shape.elements());
        for (Initializer initializer : List.of(ramp, Initializers.icnr(ramp, 2))) {
            String message = assertThrows(UnsupportedOperationException.class, initializer::config)
                    .getMessage();
            assertTrue(
                    message.endsWith("is code and cannot be written down; take one of Initializers, or keep what it"
                            + " makes by Initializers.values(...)"),
                    message);
        }
    }
}
