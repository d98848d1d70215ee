package transconv.datasets;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static transconv.datasets.MedianFilterTest.refused;

import java.util.Arrays;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

class ImageNoiseTest {

    private static final INDArray GRAY =
            Nd4j.zeros(DataType.FLOAT, 100, 30, 25, 2).addi(0.5);

    @TestFactory
    Stream<DynamicTest> followsFromItsSeedAlone() {
        return Stream.<BiFunction<INDArray, Long, INDArray>>of(
                        (images, seed) -> ImageNoise.gaussian(images, 0.2, seed),
                        (images, seed) -> ImageNoise.saltAndPepper(images, 0.2, seed))
                .map(noise -> DynamicTest.dynamicTest("noise", () -> {
                    INDArray odd = GRAY.get(
                                    NDArrayIndex.interval(0, 3),
                                    NDArrayIndex.interval(0, 5),
                                    NDArrayIndex.interval(0, 3))
                            .dup('c');
                    INDArray before = odd.dup();
                    INDArray noisy = noise.apply(odd, 7L);
                    assertEquals(before, odd);
                    assertArrayEquals(odd.shape(), noisy.shape());
                    assertEquals(noisy, noise.apply(odd, 7L));
                    assertEquals(noisy, noise.apply(odd.castTo(DataType.DOUBLE).dup('f'), 7L));
                    assertNotEquals(noisy, noise.apply(odd, 8L));
                    INDArray fewer = odd.get(NDArrayIndex.interval(0, 2)).dup('c');
                    assertEquals(noisy.get(NDArrayIndex.interval(0, 2)).dup('c'), noise.apply(fewer, 7L));
                }));
    }

    @Test
    void gaussianNoiseHasItsMeanAndDeviation() {
        double[] noise = ImageNoise.gaussian(GRAY, 0.1, 3).data().asDouble();
        double mean = Arrays.stream(noise).average().orElseThrow();
        double variance =
                Arrays.stream(noise).map(x -> (x - mean) * (x - mean)).average().orElseThrow();
        assertEquals(0.5, mean, 4 * 0.1 / Math.sqrt(noise.length));
        assertEquals(0.1, Math.sqrt(variance), 4 * 0.1 / Math.sqrt(2.0 * noise.length));
        // beyond one deviation on each side lies 0.158655 of a normal distribution
        assertEquals(0.158655, share(noise, 0.6, 2), 0.005);
        assertEquals(0.158655, share(noise, -1, 0.4), 0.005);
    }

    @Test
    void gaussianNoiseIsClipped() {
        double[] noise = ImageNoise.gaussian(GRAY, 0.5, 3).data().asDouble();
        assertEquals(0, Arrays.stream(noise).min().orElseThrow());
        assertEquals(1, Arrays.stream(noise).max().orElseThrow());
        assertEquals(0.158655, share(noise, 1, 2), 0.005);
        assertEquals(0.158655, share(noise, 0, Double.MIN_VALUE), 0.005);
    }

    @Test
    void saltAndPepperReplacesTheAmountByEqualHalves() {
        double[] noise = ImageNoise.saltAndPepper(GRAY, 0.3, 3).data().asDouble();
        assertEquals(0.15, share(noise, 0, Double.MIN_VALUE), 0.005);
        assertEquals(0.15, share(noise, 1, 2), 0.005);
        assertEquals(1, share(noise, 0, Double.MIN_VALUE) + share(noise, 0.5, 0.6) + share(noise, 1, 2), 1e-12);
    }

    @Test
    void noNoiseLeavesImagesAsTheyAre() {
        assertEquals(GRAY, ImageNoise.gaussian(GRAY, 0, 1));
        assertEquals(GRAY, ImageNoise.saltAndPepper(GRAY, 0, 1));
        assertEquals(0, share(ImageNoise.saltAndPepper(GRAY, 1, 1).data().asDouble(), 0.1, 0.9));
    }

    /** The share of values from low, below high. */
    private static double share(double[] values, double low, double high) {
        return (double) Arrays.stream(values).filter(x -> x >= low && x < high).count() / values.length;
    }

    @TestFactory
    Stream<DynamicTest> refuses() {
        INDArray bytes = Nd4j.createFromArray(0f, 255f);
        INDArray spoilt = Nd4j.createFromArray(0f, Float.NaN);
        return Stream.of(
                refused(
                        "ImageNoise.gaussian: standardDeviation=-0.1 must be a finite number at least 0",
                        () -> ImageNoise.gaussian(GRAY, -0.1, 1)),
                refused(
                        "ImageNoise.gaussian: standardDeviation=NaN must be",
                        () -> ImageNoise.gaussian(GRAY, Double.NaN, 1)),
                refused(
                        "ImageNoise.gaussian: a value of images is 255.0; every value must be within [0, 1]",
                        () -> ImageNoise.gaussian(bytes, 0.1, 1)),
                refused(
                        "ImageNoise.saltAndPepper: a value of images is NaN; every value must be within [0, 1]",
                        () -> ImageNoise.saltAndPepper(spoilt, 0.1, 1)),
                refused(
                        "ImageNoise.saltAndPepper: amount=1.1 must be at least 0 and at most 1",
                        () -> ImageNoise.saltAndPepper(GRAY, 1.1, 1)),
                refused(
                        "ImageNoise.saltAndPepper: amount=NaN must be",
                        () -> ImageNoise.saltAndPepper(GRAY, Double.NaN, 1)),
                refused("ImageNoise.gaussian: images=null must be", () -> ImageNoise.gaussian(null, 0.1, 1)));
    }
}
