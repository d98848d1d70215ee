package transconv.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import transconv.Closeness;
import transconv.Goldens;

/** Layers that normalize, in training and in inference, against Keras. */
class NormalizationGoldenTest {

    private static final Goldens BATCHES = Goldens.named("layers-batch-normalization");
    private static final Goldens SAMPLES = Goldens.named("layers-normalization");
    private static final Closeness CLOSENESS = new Closeness();

    @AfterAll
    static void printWorst() {
        System.out.println("normalization, " + CLOSENESS);
    }

    @Test
    void everyLayerIsThere() {
        assertEquals(
                Map.of(
                        "BatchNormalization", 60L,
                        "GroupNormalization", 43L,
                        "LayerNormalization", 39L,
                        "RMSNormalization", 15L,
                        "UnitNormalization", 16L),
                Stream.of(BATCHES, SAMPLES)
                        .flatMap(goldens -> goldens.cases().stream())
                        .collect(Collectors.groupingBy(
                                entry -> entry.get("layer").asText(), Collectors.counting())));
    }

    @TestFactory
    Stream<DynamicTest> normalizesBatchesAsKerasDoes() {
        return GoldenLayer.tests(BATCHES, CLOSENESS);
    }

    @TestFactory
    Stream<DynamicTest> normalizesSamplesAsKerasDoes() {
        return GoldenLayer.tests(SAMPLES, CLOSENESS);
    }
}
