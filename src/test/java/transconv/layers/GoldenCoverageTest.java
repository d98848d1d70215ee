package transconv.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.nd4j.shade.jackson.databind.JsonNode;
import transconv.Goldens;

/** There are goldens for every layer, as many as promised, whatever files {@code layers*.json} they stand in. */
class GoldenCoverageTest {

    /** It computes nothing. */
    private static final Set<String> WITHOUT_VALUES = Set.of("InputLayer");

    private static final Map<String, Goldens> FILES = files();

    private static Map<String, Goldens> files() {
        try (Stream<Path> files = Files.list(
                Path.of(GoldenCoverageTest.class.getResource("/goldens").toURI()))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches("layers.*\\.json"))
                    .map(name -> name.replace(".json", ""))
                    .collect(Collectors.toMap(name -> name, Goldens::named));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<JsonNode> cases(Predicate<String> wanted) {
        return FILES.entrySet().stream()
                .filter(file -> wanted.test(file.getKey()))
                .flatMap(file -> file.getValue().cases().stream())
                .toList();
    }

    /** Those whose cases name a layer: the grids and ONNX' cases come on top. */
    private static Predicate<String> madeBy(boolean isPyTorch) {
        return name -> !name.startsWith("layers-grid")
                && !name.equals("layers-onnx")
                && name.startsWith("layers-pytorch") == isPyTorch;
    }

    @Test
    void thereAreAtLeast400CasesOfKeras() {
        long keras = cases(madeBy(false)).stream()
                // By functions of PyTorch, where Keras has none.
                .filter(entry -> !entry.get("name").asText().contains("PyTorch"))
                .count();
        int grids = cases(name -> name.startsWith("layers-grid")).size();
        System.out.printf("layer goldens of Keras: %d, and %d of its grids%n", keras, grids);
        assertTrue(keras >= 400, "cases of Keras: " + keras);
        assertEquals(765, grids);
    }

    @Test
    void thereAreAtLeast150CasesOfPyTorch() {
        int cases = cases(madeBy(true)).size();
        assertTrue(cases >= 150, "cases of PyTorch: " + cases);
        for (String layer : List.of("Conv1DTranspose", "Conv2DTranspose", "Conv3DTranspose")) {
            long ofLayer = cases(madeBy(true)).stream()
                    .filter(entry -> entry.get("layer").asText().equals(layer))
                    .count();
            assertTrue(ofLayer >= 40, layer + ": " + ofLayer);
        }
    }

    @Test
    void everyLayerHasGoldens() {
        Set<String> missing = new TreeSet<>(LayerTypes.names());
        missing.removeAll(WITHOUT_VALUES);
        cases(madeBy(false)).forEach(entry -> missing.remove(entry.get("layer").asText()));
        assertEquals(Set.of(), missing, "layers without a golden case; record them by layer_golden.py");
    }

    /** Wherever Keras' layer takes data_format, and where ours does. */
    @Test
    void everyLayerWithDataFormatHasGoldensOfChannelsFirst() {
        Set<String> takers = new TreeSet<>();
        Set<String> proven = new HashSet<>();
        for (JsonNode entry : cases(madeBy(false))) {
            String layer = entry.get("layer").asText();
            if (GoldenLayer.of(entry).config().values().containsKey("data_format")) {
                takers.add(layer);
            }
            if (entry.get("config").path("data_format").asText().equals("channels_first")) {
                proven.add(layer);
            }
        }
        assertTrue(takers.size() >= 30, "layers with data_format: " + takers);
        takers.removeAll(proven);
        assertEquals(Set.of(), takers, "layers without a golden case of channels_first");
    }
}
