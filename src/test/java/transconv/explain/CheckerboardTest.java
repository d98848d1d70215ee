package transconv.explain;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import transconv.layers.Conv2DTranspose;
import transconv.layers.Initializers;
import transconv.layers.Layers;
import transconv.reference.TransConv;
import transconv.shape.Shape;

class CheckerboardTest {

    private static final double[][] KERNEL = {{.1, .2, -.3, 2}, {.4, .5, .6, 0}, {.7, .8, .9, -1}};

    @Test
    void kernelAndStridePredictThePattern() {
        assertArrayEquals(
                new double[][] {{4, 2}, {2, 1}}, Checkerboard.predicted(3, 2).gains());
        // Gains 4, 2, 2, 1: mean 2.25, squared deviations 4.75, squares 25.
        assertEquals(Math.sqrt(4.75 / 25), Checkerboard.predicted(3, 2).unevenness(), 1e-15);
        for (int stride = 1; stride <= 4; stride++) {
            for (int kernel = 1; kernel <= 9; kernel++) {
                boolean even = Checkerboard.predicted(kernel, stride).unevenness() < 1e-12;
                assertEquals(kernel % stride == 0, even, kernel + "/" + stride);
            }
        }
        assertEquals(0, Checkerboard.predicted(2, 3).gains()[2][0]);
    }

    /** The picture of a constant, measured by its spectrum, tells the same as the gains. */
    @Test
    void gainsAndSpectrumAgree() {
        double[][] ones = new double[9][9];
        Arrays.stream(ones).forEach(row -> Arrays.fill(row, 1));
        for (int stride = 2; stride <= 4; stride++) {
            double[][] output = TransConv.transConv(ones, KERNEL, stride, 0);
            double[][] middle = new double[3 * stride][];
            for (int y = 0; y < middle.length; y++) {
                middle[y] = Arrays.copyOfRange(output[4 * stride + y], 4 * stride, 7 * stride);
            }
            Checkerboard board = Checkerboard.ofKernel(KERNEL, stride);
            assertEquals(
                    board.unevenness(), Checkerboard.ofImage(middle, stride).unevenness(), 1e-12);
            assertEquals(middle[1][0], board.gains()[1][0], 1e-12);
        }
    }

    /** The grid's energy is what the means of the phases differ by. */
    @Test
    void theSpectrumIsThatOfThePhases() {
        double[][] image = GuideFigure.numbers(12, -20);
        image[3][5] = 77;
        double[] sums = new double[9];
        double squares = 0;
        double mean = 0;
        for (int y = 0; y < 12; y++) {
            for (int x = 0; x < 12; x++) {
                sums[y % 3 * 3 + x % 3] += image[y][x] / 16;
                mean += image[y][x] / 144;
                squares += image[y][x] * image[y][x];
            }
        }
        double deviation = 0;
        for (double sum : sums) {
            deviation += 16 * (sum - mean) * (sum - mean);
        }
        assertEquals(Math.sqrt(deviation / squares), ImageSpectrum.of(image, 3).unevenness(), 1e-12);
    }

    @Test
    void layersAreMeasuredByTheirWeights() {
        Conv2DTranspose even = Layers.conv2DTranspose(2, 4)
                .strides(2)
                .kernelInitializer(Initializers.icnrTransposed(Initializers.glorotUniform(3), 2));
        even.build(Shape.of(5, 5, 3));
        assertEquals(0, Checkerboard.ofLayer(even).unevenness(), 1e-6);

        Conv2DTranspose ones = Layers.conv2DTranspose(4, 3).strides(2).groups(2).kernelInitializer(Initializers.ones());
        ones.build(Shape.of(5, 5, 6));
        assertEquals(
                Checkerboard.predicted(3, 2).unevenness(),
                Checkerboard.ofLayer(ones).unevenness(),
                1e-12);
        // 3 channels reach each filter.
        assertArrayEquals(
                new double[][] {{12, 6}, {6, 3}}, Checkerboard.ofLayer(ones).gains());

        Conv2DTranspose uneven = Layers.conv2DTranspose(1, 2, 3).strides(2, 3).kernelInitializer(Initializers.ones());
        uneven.build(Shape.of(5, 5, 1));
        assertEquals(0, Checkerboard.ofLayer(uneven).unevenness(), 1e-12);
        assertEquals(3, Checkerboard.ofLayer(uneven).gains()[1].length);
    }

    @Test
    void remediesAreMeasuredSideBySide() {
        Table table = CheckerboardRemedies.of(3, 2).table();
        assertEquals(List.of("0.436", "0.000", "0.000", "0.000", "0.000", "0.000"), table.column("predicted"));
        List<Double> positive =
                table.column("weights 0 to 1").stream().map(Double::valueOf).toList();
        assertTrue(positive.get(0) > 0.4 && positive.get(1) < 0.3 && positive.get(1) > 0.1, positive.toString());
        for (String column : List.of("weights 0 to 1", "weights around 0")) {
            List<String> measured = table.column(column);
            assertEquals(
                    List.of("0.000", "0.000", "0.000"), List.of(measured.get(2), measured.get(3), measured.get(5)));
        }
        assertEquals("4", table.column("kernel").get(1));
    }

    @Test
    void everythingIsDrawn() {
        List<String> words =
                SvgDocument.of(Checkerboard.predicted(3, 2).picture()).texts("text");
        assertEquals(1 + 9, words.stream().filter("4"::equals).count());
        SvgDocument.of(Checkerboard.ofImage(GuideFigure.numbers(12, 0), 3).picture());
        SvgDocument remedies = SvgDocument.of(CheckerboardRemedies.of(4, 3).picture());
        assertTrue(remedies.texts("text").contains("input"));
    }

    @Test
    void whatCannotBeMeasuredIsRefused() {
        StepByStepTest.refused("Checkerboard: stride=0 must be at least 1", () -> Checkerboard.predicted(3, 0));
        StepByStepTest.refused("Checkerboard: kernel=0 must be at least 1", () -> Checkerboard.predicted(0, 3));
        StepByStepTest.refused(
                "ImageSpectrum: period=1 of an image of 2 x 2; it must be at least 2 and fit into the image",
                () -> Checkerboard.ofImage(new double[2][2], 1));
        StepByStepTest.refused(
                "CheckerboardRemedies: kernel=2 with stride=3; the stride must be at least 2, the kernel from the"
                        + " stride to 9",
                () -> CheckerboardRemedies.of(2, 3));
    }
}
