package transconv.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;
import transconv.Goldens;
import transconv.config.Config;
import transconv.shape.Shape;

/** What Keras refuses of noise layers, and of those that only move values, is refused here too, in these words. */
class RefusedNoiseTest {

    private static final String BELOW_ONE =
            " must be at least 0 (no noise) and below 1, where noise has no bounds; change it";

    /** By layer, settings, and the input's shape where the settings alone are in order. */
    private static final Map<String, String> MESSAGES = new LinkedHashMap<>();

    static {
        Map<String, String> closed = new LinkedHashMap<>(Map.of(
                "Dropout {rate", "dropout: rate",
                "SpatialDropout1D {rate", "spatial_dropout1d: rate",
                "SpatialDropout2D {rate", "spatial_dropout2d: rate",
                "SpatialDropout3D {rate", "spatial_dropout3d: rate",
                "GaussianNoise {stddev", "gaussian_noise: stddev"));
        Map<String, String> open =
                Map.of("AlphaDropout {rate", "alpha_dropout: rate", "GaussianDropout {rate", "gaussian_dropout: rate");
        for (String value : List.of("-0.1", "1.5", "NaN")) {
            closed.forEach((key, place) -> MESSAGES.put(
                    key + "=" + value + "}",
                    place + "=" + value + " must be from 0 (no noise) to 1; change it, or leave the layer out"));
            open.forEach((key, place) -> MESSAGES.put(key + "=" + value + "}", place + "=" + value + BELOW_ONE));
        }
        open.forEach((key, place) -> MESSAGES.put(key + "=1.0} [2,3]", place + "=1.0" + BELOW_ONE));
        MESSAGES.put(
                "Dropout {rate=0.5, noise_shape=[null, 0]}",
                "dropout: noiseShape=[-1, 0]: 0 on axis 1 must be 1 (together), -1 (each on its own) or the input's"
                        + " length");
        MESSAGES.put(
                "Dropout {rate=0.5, noise_shape=[null, -2]}",
                "dropout: noiseShape=[-1, -2]: -2 on axis 1 must be 1 (together), -1 (each on its own) or the input's"
                        + " length");
        MESSAGES.put(
                "Dropout {rate=0.5, noise_shape=[0, 1]}",
                "dropout: noiseShape=[0, 1]: 0 on axis 0 must be 1 (the same for all samples of a batch) or -1 (each"
                        + " sample on its own)");
        Map.of("Dropout", "dropout", "AlphaDropout", "alpha_dropout").forEach((type, place) -> {
            MESSAGES.put(
                    type + " {rate=0.5, noise_shape=[null, 2]} [2,3]",
                    place + ": noiseShape=[-1, 2]: 2 on axis 1 for input shape (3,); choose 1, -1 or 3");
            MESSAGES.put(
                    type + " {rate=0.5, noise_shape=[null, null, null]} [2,3]",
                    place
                            + ": noiseShape=[-1, -1, -1] has 3 numbers for input shape (3,); it needs 2, the first for"
                            + " the batch axis");
        });
        MESSAGES.put(
                "SpatialDropout1D {rate=0.5} [2,2]",
                "spatial_dropout1d: input shape (2,) has 1 axes; it needs 2: (steps, channels)");
        MESSAGES.put(
                "SpatialDropout1D {rate=0.5} [2,2,2,2]",
                "spatial_dropout1d: input shape (2, 2, 2) has 3 axes; it needs 2: (steps, channels)");
        MESSAGES.put(
                "SpatialDropout2D {rate=0.5} [2,2,2]",
                "spatial_dropout2d: input shape (2, 2) has 2 axes; it needs 3: (height, width, channels)");
        MESSAGES.put(
                "SpatialDropout2D {rate=0.5} [2,2,2,2,2]",
                "spatial_dropout2d: input shape (2, 2, 2, 2) has 4 axes; it needs 3: (height, width, channels)");
        MESSAGES.put(
                "SpatialDropout3D {rate=0.5} [2,2,2,2]",
                "spatial_dropout3d: input shape (2, 2, 2) has 3 axes; it needs 4: (depth, height, width, channels)");
        MESSAGES.put(
                "SpatialDropout3D {rate=0.5} [2,2,2,2,2,2]",
                "spatial_dropout3d: input shape (2, 2, 2, 2, 2) has 5 axes; it needs 4: (depth, height, width,"
                        + " channels)");
        MESSAGES.put(
                "SpatialDropout2D {rate=0.5, data_format=channels_middle}",
                "SpatialDropout2D: setting 'data_format' is channels_middle; it must be one of [channels_last,"
                        + " channels_first]");
        for (String dims : List.of("[0, 1]", "[1, 3]", "[1, 1]", "[2]", "[-1, 1]")) {
            MESSAGES.put(
                    "Permute {dims=" + dims + "}",
                    "permute: dims=" + dims + " must name each axis once, from 1, the first behind the batch axis");
        }
        for (String dims : List.of("[1]", "[3, 2, 1]")) {
            MESSAGES.put(
                    "Permute {dims=" + dims + "} [2,3,4]",
                    "permute: dims=" + dims + " for input shape (3, 4); it needs one number for each of the 2 axes");
        }
        MESSAGES.put("RepeatVector {n=0}", "repeat_vector: n=0 must be at least 1");
        MESSAGES.put("RepeatVector {n=-1}", "repeat_vector: n=-1 must be at least 1");
        MESSAGES.put(
                "RepeatVector {n=2} [2,3,4]",
                "repeat_vector: input shape (3, 4) has 2 axes; it needs 1: (features); put flatten() before it");
        MESSAGES.put(
                "RepeatVector {n=2} [2]",
                "repeat_vector: input shape () has 0 axes; it needs 1: (features); put flatten() before it");
        MESSAGES.put("Embedding {input_dim=0, output_dim=3}", "embedding: inputDim=0 must be at least 1");
        MESSAGES.put("Embedding {input_dim=-1, output_dim=3}", "embedding: inputDim=-1 must be at least 1");
        MESSAGES.put("Embedding {input_dim=3, output_dim=0}", "embedding: outputDim=0 must be at least 1");
        MESSAGES.put("Embedding {input_dim=3, output_dim=-1}", "embedding: outputDim=-1 must be at least 1");
        Map.of(
                        "{l1=-1.0, l2=0.0}",
                        "l1=-1.0",
                        "{l1=0.0, l2=-0.5}",
                        "l2=-0.5",
                        "{l1=Infinity, l2=0.0}",
                        "l1=Infinity",
                        "{l1=0.0, l2=NaN}",
                        "l2=NaN")
                .forEach((settings, wrong) -> MESSAGES.put(
                        "ActivityRegularization " + settings,
                        "activity_regularization: " + wrong + " must be a finite number, at least 0"));
    }

    /** What Keras does not refuse, or has no name for. */
    static Stream<Arguments> ours() {
        return Stream.of(
                Arguments.of(
                        "embedding: maskZero=true must be false: no layer here reads masks, and 0 is a number like"
                                + " others",
                        (Executable) () -> Layers.embedding(3, 2).maskZero(true)),
                Arguments.of(
                        "words: maskZero=true must be false: no layer here reads masks, and 0 is a number like others",
                        (Executable) () -> embedding(
                                Config.of("Embedding").with("name", "words").with("mask_zero", true))),
                Arguments.of(
                        "embedding: inputDim=16777217 must be at most 16777216: data is float32, which cannot tell"
                                + " larger numbers apart",
                        (Executable) () -> Layers.embedding((1 << 24) + 1, 2)),
                Arguments.of(
                        "embedding: quantization_config=int8 must be null: weights here are float32 only",
                        (Executable) () -> embedding(Config.of("Embedding").with("quantization_config", "int8"))),
                Arguments.of(
                        "dropout: noiseShape=[32, 1]: 32 on axis 0 must be 1 (the same for all samples of a batch) or"
                                + " -1 (each sample on its own)",
                        (Executable) () -> Layers.dropout(0.5).noiseShape(32, 1)),
                Arguments.of(
                        "alpha_dropout: noiseShape=[] has 0 numbers for input shape (3,); it needs 2, the first for the"
                                + " batch axis",
                        (Executable) () -> Layers.alphaDropout(0.5).noiseShape().build(Shape.of(3))),
                Arguments.of(
                        "Dropout: setting 'noise_shape' is [-1, many]; it must be a list of whole numbers",
                        (Executable) () -> LayerTypes.fromConfig(
                                "Dropout",
                                Config.of("Dropout")
                                        .with("rate", 0.5)
                                        .with("noise_shape", Arrays.asList(null, "many")))),
                Arguments.of("GaussianNoise: setting 'seed' is 1.5; it must be a whole number", (Executable)
                        () -> LayerTypes.fromConfig(
                                "GaussianNoise",
                                Config.of("GaussianNoise").with("stddev", 0.5).with("seed", 1.5))),
                Arguments.of(
                        "permute: dims=[] must name each axis once, from 1, the first behind the batch axis",
                        (Executable) () -> Layers.permute()));
    }

    private static void embedding(Config config) {
        LayerTypes.fromConfig("Embedding", config.with("input_dim", 3).with("output_dim", 2));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ours")
    void refusesInTheseWords(String message, Executable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
    }

    @Test
    void settingsComeTooLateOnceItIsBuilt() {
        Dropout built = Layers.dropout(0.5);
        built.build(Shape.of(3));
        String tooLate = " comes too late, the layer is built; configure it before it goes into a model";
        assertEquals(
                "dropout: seed" + tooLate,
                assertThrows(IllegalStateException.class, () -> built.seed(1)).getMessage());
        assertEquals(
                "dropout: noiseShape" + tooLate,
                assertThrows(IllegalStateException.class, () -> built.noiseShape(1, 1))
                        .getMessage());
    }

    @Test
    void aSeedOfAnySizeComesBackFromItsConfiguration() {
        for (long seed : new long[] {0, -3, Long.MAX_VALUE - 1}) {
            Config written = Layers.spatialDropout2D(0.5).seed(seed).config();
            assertEquals(
                    seed,
                    LayerTypes.fromConfig("SpatialDropout2D", written)
                            .config()
                            .values()
                            .get("seed"));
        }
    }

    /** The one refusal of a run and not of a layer: see EmbeddingTest. */
    private static boolean inTheRun(JsonNode entry) {
        return entry.path("input").asInt() == 3;
    }

    private static Stream<JsonNode> refused() {
        return Stream.of("layers-noise", "layers-shape")
                .flatMap(file -> Goldens.named(file).list("refused").stream())
                .filter(entry -> !inTheRun(entry));
    }

    private static String key(JsonNode entry) {
        String shape = entry.get("input_shape").isNull() ? "" : " " + entry.get("input_shape");
        return entry.get("layer").asText() + " " + settings(entry) + shape;
    }

    private static Map<String, Object> settings(JsonNode entry) {
        Map<String, Object> settings = new LinkedHashMap<>();
        Map<?, ?> written = new ObjectMapper().convertValue(entry.get("config"), Map.class);
        written.forEach((name, value) -> settings.put(
                (String) name,
                "nan".equals(value) ? (Object) Double.NaN : "inf".equals(value) ? Double.POSITIVE_INFINITY : value));
        return settings;
    }

    @TestFactory
    Stream<DynamicTest> refusesWhatKerasRefuses() {
        return refused()
                .map(entry -> DynamicTest.dynamicTest(key(entry), () -> {
                    String type = entry.get("layer").asText();
                    Executable making = () -> {
                        Layer layer = LayerTypes.fromConfig(type, Config.of(type, settings(entry)));
                        if (!entry.get("input_shape").isNull()) {
                            layer.build(Shape.of(Goldens.ints(entry.get("input_shape")))
                                    .from(1));
                        }
                    };
                    assertEquals(
                            MESSAGES.get(key(entry)),
                            assertThrows(IllegalArgumentException.class, making).getMessage());
                }));
    }

    @Test
    void everyMessageIsTested() {
        assertEquals(
                new TreeSet<>(MESSAGES.keySet()),
                refused().map(RefusedNoiseTest::key).collect(Collectors.toCollection(TreeSet::new)));
    }
}
