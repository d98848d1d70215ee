package transconv.measures;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class ImageMeasuresTest {

    private static final INDArray BLACK = Nd4j.zeros(2, 8, 9, 3);

    @Test
    void psnrOfAnErrorEverywhereIsTheErrorInDecibels() {
        INDArray image = BLACK.dup();
        image.slice(0).addi(0.1);
        image.slice(1).addi(0.01);
        assertArrayEquals(new double[] {20, 40}, new Psnr(1).each(BLACK, image), 1e-6);
        assertArrayEquals(new double[] {40, 60}, new Psnr(10).each(BLACK, image), 1e-6);
        assertEquals(30, new Psnr(1).mean(BLACK, image), 1e-6);
    }

    @Test
    void psnrOfEqualImagesIsInfinite() {
        assertArrayEquals(
                new double[] {Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY}, new Psnr(1).each(BLACK, BLACK));
        assertEquals(Double.POSITIVE_INFINITY, new Psnr(1).mean(BLACK, BLACK));
    }

    @Test
    void ssimOfConstantImagesComparesMeansOnly() {
        // (2 a b + c1) / (a² + b² + c1) with c1 = 0.0001
        double wanted = (2 * 0.5 * 0.25 + 1e-4) / (0.25 + 0.0625 + 1e-4);
        assertArrayEquals(new double[] {wanted, wanted}, new Ssim(1).each(BLACK.add(0.5), BLACK.add(0.25)), 1e-12);
    }

    @Test
    void ssimOfOneWindowFollowsTheFormula() {
        // 0 to 8 beside 8 to 0 in one 3 x 3 window: means 4, unbiased variances 7.5, covariance -7.5
        INDArray rising = Nd4j.arange(9).reshape(1, 3, 3, 1);
        double c2 = Math.pow(0.03 * 8, 2);
        double wanted = (-15 + c2) / (15 + c2);
        assertEquals(wanted, new Ssim(8).windowSize(3).mean(rising, rising.rsub(8)), 1e-12);
        // biased: by 9 and not by 8
        double biased = (-15 * 8 / 9.0 + c2) / (15 * 8 / 9.0 + c2);
        assertEquals(biased, new Ssim(8).windowSize(3).sampleCovariance(false).mean(rising, rising.rsub(8)), 1e-12);
    }

    @Test
    void ssimOfEqualImagesIs1() {
        INDArray image = Nd4j.arange(8 * 9 * 3 * 2).reshape(2, 8, 9, 3).div(432);
        assertArrayEquals(new double[] {1, 1}, new Ssim(1).each(image, image));
        assertEquals(1, new Ssim(1).gaussianWeights(0.8).mean(image, image));
    }

    @Test
    void theWindowThatWasAskedForLastCounts() {
        INDArray image = Nd4j.arange(8 * 9).reshape(1, 8, 9, 1).div(72);
        INDArray other = image.mul(image);
        assertEquals(
                new Ssim(1).mean(image, other),
                new Ssim(1).gaussianWeights(0.8).windowSize(7).mean(image, other));
        assertTrue(new Ssim(1).mean(image, other)
                != new Ssim(1).gaussianWeights(0.8).mean(image, other));
    }

    @TestFactory
    Stream<DynamicTest> refusesImages() {
        INDArray spoilt = BLACK.dup().putScalar(new long[] {1, 7, 8, 2}, Double.NaN);
        INDArray endless = BLACK.dup().putScalar(new long[] {0, 0, 0, 0}, Double.POSITIVE_INFINITY);
        BiConsumer<INDArray, INDArray> psnr = (target, image) -> new Psnr(1).each(target, image);
        BiConsumer<INDArray, INDArray> ssim = (target, image) -> new Ssim(1).each(target, image);
        return Stream.of("Psnr", "Ssim").flatMap(name -> {
            BiConsumer<INDArray, INDArray> measure = name.equals("Psnr") ? psnr : ssim;
            return Stream.of(
                    refused(
                            name + ": image (2, 9, 8, 3) for target (2, 8, 9, 3); give both the same",
                            () -> measure.accept(BLACK, Nd4j.zeros(2, 9, 8, 3))),
                    refused(
                            name + ": image=(8, 9, 3) must be images (batch, height, width, channels)",
                            () -> measure.accept(BLACK, BLACK.slice(0))),
                    refused(name + ": target=null must be images", () -> measure.accept(null, BLACK)),
                    refused(
                            name + ": image 1 has a value NaN; every value must be finite",
                            () -> measure.accept(BLACK, spoilt)),
                    refused(
                            name + ": target 0 has a value Infinity; every value must be finite",
                            () -> measure.accept(endless, BLACK)));
        });
    }

    @TestFactory
    Stream<DynamicTest> refusesSettings() {
        return Stream.of(
                refused("Psnr: dataRange=0.0 must be a finite number above 0", () -> new Psnr(0)),
                refused("Psnr: dataRange=-1.0 must be", () -> new Psnr(-1)),
                refused("Psnr: dataRange=Infinity must be", () -> new Psnr(Double.POSITIVE_INFINITY)),
                refused("Ssim: dataRange=NaN must be a finite number above 0", () -> new Ssim(Double.NaN)),
                refused("Ssim: windowSize=4 must be odd and at least 3", () -> new Ssim(1).windowSize(4)),
                refused("Ssim: windowSize=1 must be odd and at least 3", () -> new Ssim(1).windowSize(1)),
                refused("Ssim: sigma=0.0 must be at least 0.15", () -> new Ssim(1).gaussianWeights(0)),
                refused("Ssim: sigma=NaN must be at least 0.15", () -> new Ssim(1).gaussianWeights(Double.NaN)),
                refused(
                        "Ssim: images of 8 x 9 pixels must not be smaller than the window, 9 x 9",
                        () -> new Ssim(1).windowSize(9).mean(BLACK, BLACK)),
                refused(
                        "Ssim: images of 8 x 9 pixels must not be smaller than the window, 11 x 11",
                        () -> new Ssim(1).gaussianWeights(1.5).mean(BLACK, BLACK)));
    }

    static DynamicTest refused(String message, Executable call) {
        return DynamicTest.dynamicTest(message, () -> {
            String said = assertThrows(IllegalArgumentException.class, call).getMessage();
            assertTrue(said.startsWith(message), said);
        });
    }
}
