package transconv.datasets;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Runs where {@code TRANSCONV_DATA} or {@code TRANSCONV_HOME} holds the real digits; downloads nothing. */
@EnabledIf(value = "realDigitsAreThere", disabledReason = "neither TRANSCONV_DATA nor TRANSCONV_HOME holds MNIST")
class RealMnistTest {

    private static Mnist mnist;
    private static Path images;

    static boolean realDigitsAreThere() {
        images = Stream.of(System.getenv("TRANSCONV_DATA"), System.getenv("TRANSCONV_HOME"))
                .filter(Objects::nonNull)
                .flatMap(f -> Stream.of(Path.of(f, "mnist"), Path.of(f), Path.of(f, "data", "mnist")))
                .filter(f -> Mnist.FILES.stream().allMatch(file -> file.in(f).isPresent()))
                .map(f -> Mnist.FILES.get(0).in(f).orElseThrow())
                .findFirst()
                .orElse(null);
        return images != null;
    }

    @BeforeAll
    static void load() {
        mnist = Mnist.load();
    }

    @Test
    void isTheRealSet() {
        assertFalse(mnist.generated());
        assertArrayEquals(new long[] {60_000, 28, 28, 1}, mnist.trainImages().shape());
        assertArrayEquals(new long[] {60_000}, mnist.trainLabels().shape());
        assertArrayEquals(new long[] {10_000, 28, 28, 1}, mnist.testImages().shape());
        assertArrayEquals(new long[] {10_000}, mnist.testLabels().shape());
    }

    /** Seconds of its core, the best of three: other work on the machine is not to turn this red. */
    @Test
    void readsSixtyThousandImagesWithinASecond() throws IOException {
        ThreadMXBean clock = ManagementFactory.getThreadMXBean();
        long best = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            long start = clock.getCurrentThreadCpuTime();
            INDArray array = IdxFile.open(images).read(DataType.FLOAT, 255, KnownFile.digest());
            best = Math.min(best, clock.getCurrentThreadCpuTime() - start);
            assertEquals(47_040_000, array.length());
            array.close();
        }
        assertTrue(best < 1_000_000_000L, best + " ns");
    }

    @Test
    void everyClassIsAsOftenAsPublished() {
        assertArrayEquals(
                new int[] {5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949}, counts(mnist.trainLabels()));
        assertArrayEquals(
                new int[] {980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009}, counts(mnist.testLabels()));
    }

    private static int[] counts(INDArray labels) {
        int[] counts = new int[10];
        Arrays.stream(labels.toIntVector()).forEach(label -> counts[label]++);
        return counts;
    }

    @Test
    void theFirstTrainingDigitIsTheKnownFive() {
        assertEquals(5, mnist.trainLabels().getInt(0));
        long[] rows = new long[28];
        for (int y = 0; y < 28; y++) {
            for (int x = 0; x < 28; x++) {
                rows[y] += Math.round(255.0 * mnist.trainImages().getFloat(0, y, x, 0));
            }
        }
        assertArrayEquals(ROWS, rows);
    }

    private static final long[] ROWS = {
        0, 0, 0, 0, 0, 1315, 2900, 2914, 2370, 1262, 512, 584, 524, 770, 971, 914, 801, 815, 1074, 1607, 1650, 1595,
        1704, 1853, 1390, 0, 0, 0
    };

    @Test
    void sumsOfPixels() {
        assertEquals(1_567_298_545L, bytes(mnist.trainImages(), 0, 60_000));
        assertEquals(264_923_200L, bytes(mnist.testImages(), 0, 10_000));
        assertEquals(18_454, bytes(mnist.testImages(), 0, 1));
        assertEquals(41_833, bytes(mnist.testImages(), 9_999, 1));
    }

    private static long bytes(INDArray images, int first, int count) {
        long sum = 0;
        for (long i = first * 784L; i < (first + count) * 784L; i++) {
            sum += Math.round(255.0 * images.data().getFloat(i));
        }
        return sum;
    }

    /** The least that a mean binary crossentropy against these pixels can be: the mean entropy of a pixel, in nats. */
    @Test
    void entropyFloorOfBinaryCrossentropy() {
        assertEquals(0.0583, entropy(mnist.trainImages(), 0, 48_000), 0.00005);
        assertEquals(0.0586, entropy(mnist.trainImages(), 48_000, 12_000), 0.00005);
        assertEquals(0.0581, entropy(mnist.testImages(), 0, 10_000), 0.00005);
    }

    private static double entropy(INDArray images, int first, int count) {
        double sum = 0;
        for (long i = first * 784L; i < (first + count) * 784L; i++) {
            double p = images.data().getFloat(i);
            if (p > 0 && p < 1) {
                sum -= p * Math.log(p) + (1 - p) * Math.log(1 - p);
            }
        }
        return sum / (784.0 * count);
    }
}
