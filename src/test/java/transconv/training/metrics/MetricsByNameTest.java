package transconv.training.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.nd4j.linalg.factory.Nd4j;
import transconv.Goldens;
import transconv.config.Config;
import transconv.shape.Shape;

/** Metrics by Keras' names and settings, chosen by shapes, and written down. */
class MetricsByNameTest {

    private static final Goldens METRICS = Goldens.named("metrics");

    @TestFactory
    Stream<DynamicTest> namesAreThoseOfKeras() {
        return METRICS.list("names").stream().map(entry -> {
            String name = entry.get("name").asText();
            return DynamicTest.dynamicTest("name " + name, () -> {
                if (entry.has("class")) {
                    Metric metric = Metrics.named(name);
                    assertEquals(entry.get("class").asText(), metric.className());
                    assertEquals(name, metric.name());
                } else {
                    assertThrows(IllegalArgumentException.class, () -> Metrics.named(name));
                }
            });
        });
    }

    @TestFactory
    Stream<DynamicTest> accuracyIsChosenAsByKeras() {
        return METRICS.list("chosen").stream().map(entry -> {
            Shape target = Shape.of(Goldens.ints(entry.get("target")));
            Shape output = Shape.of(Goldens.ints(entry.get("output")));
            String identifier = entry.get("identifier").asText();
            return DynamicTest.dynamicTest("%s of %s and %s".formatted(identifier, target, output), () -> {
                Metric metric = Metrics.named(identifier, target, output);
                assertEquals(entry.get("class").asText(), metric.className());
                assertEquals(entry.get("metric_name").asText(), metric.name());
            });
        });
    }

    /** The corner of a mean squared error with images of one channel: targets in between are never met. */
    @Test
    void accuracyOfImagesIsBinary() {
        Metric accuracy = Metrics.accuracyFor(Shape.of(2, 2, 1), Shape.of(2, 2, 1));
        assertEquals("accuracy", accuracy.name());
        accuracy.update(
                Nd4j.createFromArray(0f, 1f, 0.7f, 0f).reshape(1, 2, 2, 1),
                Nd4j.createFromArray(0.2f, 0.5f, 0.7f, 0.9f).reshape(1, 2, 2, 1),
                null);
        assertEquals(0.25, accuracy.result());
    }

    @Test
    void crossentropyIsChosenLikeAccuracy() {
        assertEquals(
                "BinaryCrossentropy",
                Metrics.crossentropyFor(Shape.of(1), Shape.of(1)).className());
        assertEquals(
                "SparseCategoricalCrossentropy",
                Metrics.named("crossentropy", Shape.of(1), Shape.of(4)).className());
        assertEquals(
                "CategoricalCrossentropy",
                Metrics.named("ce", Shape.of(4), Shape.of(4)).className());
        assertEquals("ce", Metrics.named("ce", Shape.of(4), Shape.of(4)).name());
        assertEquals("mse", Metrics.named("mse", Shape.of(4), Shape.of(4)).name());
    }

    /** Keras' own writing of every metric is read, and written again with the same settings. */
    @TestFactory
    Stream<DynamicTest> settingsAreThoseOfKeras() {
        return METRICS.list("defaults").stream()
                .map(entry -> DynamicTest.dynamicTest(entry.get("metric").asText(), () -> {
                    Map<String, Object> keras =
                            new TreeMap<>(GoldenMetric.config(entry).values());
                    Metric metric = GoldenMetric.made(entry);
                    Map<String, Object> written = new TreeMap<>(metric.config().values());
                    // Ours keep sums in double. Keras forgets the cosine's axis, and settings at some defaults.
                    keras.remove("dtype");
                    written.keySet()
                            .removeIf(key -> !keras.containsKey(key)
                                    && Set.of("axis", "from_sorted_ids", "thresholds")
                                            .contains(key));
                    assertEquals(comparable(keras), comparable(written));
                    assertEquals(entry.get("metric").asText(), metric.className());
                }));
    }

    /** Whole numbers may be written as 0 or 0.0. */
    private static Map<String, Object> comparable(Map<String, Object> settings) {
        Map<String, Object> copy = new TreeMap<>(settings);
        copy.replaceAll((name, value) -> value instanceof Number number ? (Object) number.doubleValue() : value);
        return copy;
    }

    @TestFactory
    Stream<DynamicTest> everySettingIsReadAgain() {
        return Stream.<BaseMetric<?>>of(
                        new Accuracy().name("same"),
                        new BinaryAccuracy().threshold(0.25),
                        new TopKCategoricalAccuracy().k(3),
                        new SparseTopKCategoricalAccuracy().k(2).fromSortedIds(true),
                        new CosineSimilarity().axis(1),
                        new PearsonCorrelation().axis(2),
                        new ConcordanceCorrelation().axis(1),
                        new BinaryCrossentropy().fromLogits(true).labelSmoothing(0.1),
                        new CategoricalCrossentropy()
                                .fromLogits(true)
                                .labelSmoothing(0.1)
                                .axis(1),
                        new SparseCategoricalCrossentropy().fromLogits(true).ignoreClass(-1),
                        new R2Score()
                                .classAggregation(R2Score.ClassAggregation.VARIANCE_WEIGHTED_AVERAGE)
                                .numRegressors(2),
                        new R2Score().classAggregation(R2Score.ClassAggregation.NONE),
                        new Precision().thresholds(0.3, 0.7).topK(2).classId(1),
                        new Recall().thresholds(0.3).topK(1).classId(-1),
                        new TruePositives().thresholds(0.9, 0.1),
                        new PrecisionAtRecall(0.25).numThresholds(7).classId(2),
                        new RecallAtPrecision(0.25).numThresholds(7).classId(2),
                        new SensitivityAtSpecificity(0.25).numThresholds(7).classId(2),
                        new SpecificityAtSensitivity(0.25).numThresholds(7).classId(2),
                        new AUC()
                                .thresholds(0.2, 0.6)
                                .curve(AUC.Curve.PRGAIN)
                                .summationMethod(AUC.SummationMethod.MAJORING)
                                .multiLabel(true)
                                .numLabels(2)
                                .labelWeights(1, 3)
                                .fromLogits(true),
                        new AUC().numThresholds(9),
                        new F1Score().average(ScoreAverage.WEIGHTED).threshold(0.25),
                        new FBetaScore()
                                .average(ScoreAverage.MICRO)
                                .threshold(0.25)
                                .beta(2),
                        new IoU(4, 0, 2).ignoreClass(3).sparseYTrue(false).sparseYPred(false),
                        new MeanIoU(4).ignoreClass(3).sparseYTrue(false).sparseYPred(false),
                        new OneHotIoU(4, 1).ignoreClass(3).sparseYPred(true),
                        new OneHotMeanIoU(4).ignoreClass(3).sparseYPred(true),
                        new BinaryIoU(1).threshold(0.75))
                .map(metric -> DynamicTest.dynamicTest(metric.config().toString(), () -> {
                    metric.name("own name");
                    Config written = metric.config();
                    Metric again = Metrics.fromConfig(metric.className(), written);
                    assertEquals(written.values(), again.config().values());
                    assertEquals("own name", again.name());
                }));
    }

    @TestFactory
    Stream<DynamicTest> whatKerasRefusesIsRefused() {
        return METRICS.list("refused").stream()
                .map(entry -> DynamicTest.dynamicTest(
                        entry.get("name").asText(),
                        () -> assertThrows(IllegalArgumentException.class, () -> GoldenMetric.made(entry))));
    }

    @Test
    void unknownClassesAndSettingsAreRefused() {
        assertEquals(
                "metric class 'Acuracy' is not known",
                assertThrows(IllegalArgumentException.class, () -> Metrics.fromConfig("Acuracy", Config.of("Acuracy")))
                        .getMessage()
                        .split(";")[0]);
        assertEquals(
                "BinaryAccuracy: setting 'level' is not known; there are [dtype, name, threshold]",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> Metrics.fromConfig(
                                        "BinaryAccuracy",
                                        Config.of("BinaryAccuracy").with("level", 0.5)))
                        .getMessage());
        assertEquals(
                "MeanIoU: setting 'axis' is 1; it must be -1, the last axis",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> Metrics.fromConfig(
                                        "MeanIoU",
                                        Config.of("MeanIoU")
                                                .with("num_classes", 3)
                                                .with("axis", 1)))
                        .getMessage());
        assertEquals(
                "Precision: setting 'thresholds' is [high]; it must be a list of numbers",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> Metrics.fromConfig(
                                        "Precision", Config.of("Precision").with("thresholds", Arrays.asList("high"))))
                        .getMessage());
    }
}
