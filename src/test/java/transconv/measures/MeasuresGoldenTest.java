package transconv.measures;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.databind.JsonNode;
import transconv.Closeness;
import transconv.Goldens;

/** Every measure against scikit-image, scikit-learn and SciPy. */
class MeasuresGoldenTest {

    private static final Goldens MEASURES = Goldens.named("measures");
    private static final Closeness CLOSENESS = new Closeness();

    @AfterAll
    static void printWorst() {
        System.out.println("measures, " + CLOSENESS);
    }

    @TestFactory
    Stream<DynamicTest> psnr() {
        return tests("images", entry -> {
            Psnr psnr = new Psnr(entry.get("data_range").asDouble());
            INDArray target = MEASURES.array(entry, "target");
            INDArray image = MEASURES.array(entry, "image");
            double[] wanted = numbers(entry.get("psnr"));
            CLOSENESS.require("psnr", wanted, psnr.each(target, image), 1e-13);
            CLOSENESS.require("mean psnr", mean(wanted), psnr.mean(target, image), 1e-13);
        });
    }

    @TestFactory
    Stream<DynamicTest> ssim() {
        return tests("images", entry -> {
            INDArray target = MEASURES.array(entry, "target");
            INDArray image = MEASURES.array(entry, "image");
            for (JsonNode setting : entry.get("ssim")) {
                Ssim ssim = ssim(entry.get("data_range").asDouble(), setting.get("settings"));
                double[] wanted = numbers(setting.get("values"));
                CLOSENESS.require("ssim", wanted, ssim.each(target, image), 1e-11);
                CLOSENESS.require("mean ssim", mean(wanted), ssim.mean(target, image), 1e-11);
                CLOSENESS.require("ssim the other way round", wanted, ssim.each(image, target), 1e-11);
                // As an array lies in memory when channels were first.
                INDArray permuted = image.permute(0, 3, 1, 2).dup('c').permute(0, 2, 3, 1);
                CLOSENESS.require("ssim of a view", wanted, ssim.each(target.dup('f'), permuted), 1e-11);
                INDArray precise = image.castTo(DataType.DOUBLE);
                CLOSENESS.require("ssim of doubles", wanted, ssim.each(target, precise), 1e-11);
            }
        });
    }

    private static Ssim ssim(double dataRange, JsonNode settings) {
        Ssim ssim = new Ssim(dataRange);
        if (settings.has("windowSize")) {
            ssim.windowSize(settings.get("windowSize").asInt());
        }
        if (settings.has("gaussianWeights")) {
            ssim.gaussianWeights(settings.get("gaussianWeights").asDouble());
        }
        if (settings.has("sampleCovariance")) {
            ssim.sampleCovariance(settings.get("sampleCovariance").asBoolean());
        }
        return ssim;
    }

    @TestFactory
    Stream<DynamicTest> rocCurve() {
        return tests("curves", entry -> {
            INDArray labels = MEASURES.array(entry, "labels");
            RocCurve curve = RocCurve.of(labels, MEASURES.array(entry, "scores"));
            requirePoints(entry.get("all"), curve);
            requirePoints(entry.get("corners"), curve.withoutIntermediate());
            double area = entry.get("area").asDouble();
            assertEquals(area, curve.area(), 1e-15);
            assertEquals(area, curve.withoutIntermediate().area(), 1e-15);
            assertEquals(
                    area,
                    RocCurve.of(labels.eq(1), MEASURES.array(entry, "scores")).area(),
                    1e-15);
            INDArray mirrored = MEASURES.array(entry, "scores").neg();
            assertEquals(1 - area, RocCurve.of(labels, mirrored).area(), 1e-15);
        });
    }

    private static void requirePoints(JsonNode wanted, RocCurve curve) {
        assertArrayEquals(numbers(wanted.get("false_positive_rates")), curve.falsePositiveRates());
        assertArrayEquals(numbers(wanted.get("true_positive_rates")), curve.truePositiveRates());
        // Zeros of both signs are one score.
        double[] thresholds =
                Arrays.stream(curve.thresholds()).map(score -> score + 0.0).toArray();
        assertEquals(Double.POSITIVE_INFINITY, thresholds[0]);
        assertArrayEquals(
                Arrays.stream(numbers(wanted.get("thresholds")))
                        .map(score -> score + 0.0)
                        .toArray(),
                Arrays.copyOfRange(thresholds, 1, thresholds.length));
    }

    @TestFactory
    Stream<DynamicTest> frechetDistance() {
        return tests("distances", entry -> {
            INDArray first = MEASURES.array(entry, "first");
            INDArray second = MEASURES.array(entry, "second");
            // The distance is a small difference of large sums: sizes say how large.
            double size = entry.get("size").asDouble();
            String kind = entry.has("by_sqrtm") ? "distance" : "distance of singular covariances";
            double tolerance = 1e-13;
            double wanted = entry.get("distance").asDouble();
            CLOSENESS.require(kind, size + wanted, size + FrechetDistance.between(first, second), tolerance);
            CLOSENESS.require(kind, size + wanted, size + FrechetDistance.between(second, first), tolerance);
            if (entry.has("by_sqrtm")) {
                double root = entry.get("by_sqrtm").asDouble();
                CLOSENESS.require("by sqrtm", size + root, size + FrechetDistance.between(first, second), 1e-11);
            }
            CLOSENESS.require("to itself", size, size + FrechetDistance.between(first, first), tolerance);
        });
    }

    @TestFactory
    Stream<DynamicTest> confusionMatrix() {
        return tests("confusions", entry -> {
            int classes = entry.get("classes").asInt();
            INDArray target = MEASURES.array(entry, "target");
            INDArray prediction = MEASURES.array(entry, "prediction").castTo(DataType.INT);
            ConfusionMatrix matrix = ConfusionMatrix.of(target, prediction, classes);
            long[][] counts = new long[classes][];
            for (int i = 0; i < classes; i++) {
                counts[i] = Arrays.stream(Goldens.ints(entry.get("counts").get(i)))
                        .asLongStream()
                        .toArray();
            }
            assertArrayEquals(counts, matrix.counts());
            assertEquals(entry.get("accuracy").asDouble(), matrix.accuracy());
            assertArrayEquals(numbers(entry.get("precision")), matrix.precision());
            assertArrayEquals(numbers(entry.get("recall")), matrix.recall());
            assertArrayEquals(numbers(entry.get("iou")), matrix.iou());
            double[] there = DoubleStream.of(numbers(entry.get("iou")))
                    .filter(iou -> !Double.isNaN(iou))
                    .toArray();
            assertEquals(mean(there), matrix.meanIou(), 1e-15);
        });
    }

    private interface Check {
        void of(JsonNode entry);
    }

    private static Stream<DynamicTest> tests(String list, Check check) {
        List<JsonNode> entries = MEASURES.list(list);
        return entries.stream()
                .map(entry -> DynamicTest.dynamicTest(entry.get("name").asText(), () -> check.of(entry)));
    }

    /** Null stands for NaN. */
    private static double[] numbers(JsonNode list) {
        double[] values = new double[list.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = list.get(i).asDouble(Double.NaN);
        }
        return values;
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }
}
