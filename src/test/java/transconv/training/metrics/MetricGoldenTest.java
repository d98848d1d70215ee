package transconv.training.metrics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.databind.JsonNode;
import transconv.Closeness;
import transconv.Goldens;

/** Every metric against Keras after each of several updates, without and with weights of samples. */
class MetricGoldenTest {

    private static final Goldens METRICS = Goldens.named("metrics");
    private static final Closeness CLOSENESS = new Closeness();

    @AfterAll
    static void printWorst() {
        System.out.println("metrics, " + CLOSENESS);
    }

    @Test
    void everyMetricIsThere() {
        Set<String> tested = new TreeSet<>();
        METRICS.cases().forEach(entry -> tested.add(entry.get("metric").asText()));
        Set<String> all = new TreeSet<>();
        METRICS.list("defaults").forEach(entry -> all.add(entry.get("metric").asText()));
        assertEquals(all, tested);
        assertEquals(44, all.size());
    }

    @TestFactory
    Stream<DynamicTest> asInKeras() {
        return METRICS.cases().stream().flatMap(entry -> Stream.of("results", "weighted_results")
                .filter(entry::has)
                .map(which ->
                        DynamicTest.dynamicTest(entry.get("name").asText() + ", " + which, () -> check(entry, which))));
    }

    private static void check(JsonNode entry, String which) {
        Metric metric = GoldenMetric.made(entry);
        INDArray target = METRICS.array(entry, "target");
        INDArray prediction = METRICS.array(entry, "prediction");
        INDArray weights = which.equals("results") ? null : METRICS.array(entry, "weights");
        // The second round shows that nothing is left after a reset.
        for (int round = 0; round < 2; round++) {
            int from = 0;
            int update = 0;
            for (int size : Goldens.ints(entry.get("sizes"))) {
                GoldenMetric.update(
                        metric,
                        GoldenMetric.samples(target, from, from + size),
                        GoldenMetric.samples(prediction, from, from + size),
                        GoldenMetric.samples(weights, from, from + size));
                from += size;
                double[] wanted = numbers(entry.get(which).get(update++));
                CLOSENESS.require(entry.get("metric").asText(), wanted, metric.results(), 1e-6);
                if (wanted.length == 1) {
                    assertEquals(metric.results()[0], metric.result());
                }
            }
            metric.reset();
        }
    }

    private static double[] numbers(JsonNode list) {
        double[] values = new double[list.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = list.get(i).asDouble();
        }
        return values;
    }

    /** One update gives the very number of many with one sample each; not with one axis, which Keras reduces. */
    @TestFactory
    Stream<DynamicTest> whateverTheCut() {
        return METRICS.cases().stream()
                .filter(entry -> !entry.get("name").asText().equals("MeanSquaredError, one axis"))
                .map(entry -> DynamicTest.dynamicTest(entry.get("name").asText(), () -> {
                    INDArray target = METRICS.array(entry, "target");
                    INDArray prediction = METRICS.array(entry, "prediction");
                    INDArray weights = METRICS.has(entry, "weights") ? METRICS.array(entry, "weights") : null;
                    Metric whole = GoldenMetric.made(entry);
                    GoldenMetric.update(whole, target, prediction, weights);
                    Metric singly = GoldenMetric.made(entry);
                    for (int i = 0; i < target.size(0); i++) {
                        GoldenMetric.update(
                                singly,
                                GoldenMetric.samples(target, i, i + 1),
                                GoldenMetric.samples(prediction, i, i + 1),
                                GoldenMetric.samples(weights, i, i + 1));
                    }
                    assertArrayEquals(whole.results(), singly.results());
                    assertTrue(Double.isFinite(whole.results()[0]));
                }));
    }

    /** An array's order in memory, and what lies around it, make no difference. */
    @TestFactory
    Stream<DynamicTest> whateverTheLayout() {
        return METRICS.cases().stream()
                .map(entry -> DynamicTest.dynamicTest(entry.get("name").asText(), () -> {
                    INDArray target = METRICS.array(entry, "target");
                    INDArray prediction = METRICS.array(entry, "prediction");
                    Metric plain = GoldenMetric.made(entry);
                    GoldenMetric.update(plain, target, prediction, null);
                    Metric fortran = GoldenMetric.made(entry);
                    GoldenMetric.update(fortran, target.dup('f'), prediction.dup('f'), null);
                    assertArrayEquals(plain.results(), fortran.results());
                }));
    }
}
