package transconv.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import transconv.reference.TransConv;

class PixelXRayTest {

    private static final double[][] INPUT = {{0, 1}, {2, 3}};
    private static final double[][] KERNEL = {{4, 1}, {2, 3}};

    @Test
    void theSumOfAnOutputIsWrittenOut() {
        PixelXRay xray = PixelXRay.transposedConvolution(INPUT, KERNEL);
        assertEquals("output[1, 1] = 0·3 + 1·2 + 2·1 + 3·4 = 16", xray.sumOfOutput(1, 1));
        assertEquals("output[0, 2] = 1·1 = 1", xray.sumOfOutput(0, 2));
        assertEquals("output[1, 3] = 1·3 = 3", xray.stride(2).sumOfOutput(1, 3));
    }

    @Test
    void negativeFactorsStandInBrackets() {
        assertEquals(
                "output[1] = 2·(-0.5) + (-1)·4 = -5",
                PixelXRay.convolution(new double[] {1, 2, -1}, new double[] {-.5, 4})
                        .sumOfOutput(1));
    }

    @Test
    void whatNoInputReachesIsZero() {
        assertEquals(
                "output[1, 1] = 0: no input reaches it",
                PixelXRay.transposedConvolution(INPUT, new double[][] {{5}})
                        .stride(2)
                        .sumOfOutput(1, 1));
    }

    /** Each written sum, added up by a reader, is the output of the loops that need no geometry. */
    @Test
    void everyWrittenSumIsTheOutput() {
        double[][] input = GuideFigure.numbers(4, -3);
        double[][] kernel = GuideFigure.numbers(3, -2);
        for (int stride = 1; stride <= 3; stride++) {
            double[][] expected = TransConv.transConv(input, kernel, stride, 1);
            PixelXRay xray = PixelXRay.transposedConvolution(input, kernel)
                    .stride(stride)
                    .padding(1);
            for (int row = 0; row < expected.length; row++) {
                for (int column = 0; column < expected[0].length; column++) {
                    String sum = xray.sumOfOutput(row, column);
                    double value = sum.contains("no input") ? 0 : added(sum.split(" = ")[1]);
                    assertEquals(expected[row][column], value, sum);
                }
            }
        }
    }

    /** What all inputs give away is what the outputs get. */
    @Test
    void everyUseIsPartOfAnOutput() {
        double[][] input = GuideFigure.numbers(3, 1);
        double[][] kernel = GuideFigure.numbers(2, 1);
        PixelXRay xray = PixelXRay.transposedConvolution(input, kernel).stride(2, 1);
        double[][] sums = new double[xray.output().length][xray.output()[0].length];
        for (int row = 0; row < 3; row++) {
            for (int column = 0; column < 3; column++) {
                for (String use : xray.usesOfInput(row, column)) {
                    String[] words = use.replaceAll("[^0-9.\\- ]", " ").trim().split(" +");
                    sums[Integer.parseInt(words[0])][Integer.parseInt(words[1])] +=
                            Double.parseDouble(words[words.length - 1]);
                }
            }
        }
        assertEquals(java.util.Arrays.deepToString(xray.output()), java.util.Arrays.deepToString(sums));
    }

    private static double added(String terms) {
        double sum = 0;
        for (String term : terms.split(" \\+ ")) {
            String[] factors = term.replaceAll("[()]", "").split("·");
            sum += Double.parseDouble(factors[0]) * Double.parseDouble(factors[1]);
        }
        return sum;
    }

    @Test
    void anInputIsFollowed() {
        assertEquals(
                List.of(
                        "output[0, 2] gets 1·4 = 4",
                        "output[0, 3] gets 1·1 = 1",
                        "output[1, 2] gets 1·2 = 2",
                        "output[1, 3] gets 1·3 = 3"),
                PixelXRay.transposedConvolution(INPUT, KERNEL).stride(2).usesOfInput(0, 1));
        assertEquals(
                List.of("output[0] gets 5·2 = 10", "output[1] gets 5·1 = 5"),
                PixelXRay.convolution(new double[] {4, 5, 6}, new double[] {1, 2})
                        .usesOfInput(1));
    }

    @Test
    void picturesPairWhatIsMultiplied() {
        PixelXRay xray = PixelXRay.transposedConvolution(INPUT, KERNEL);
        List<String> words = SvgDocument.of(xray.ofOutput(1, 1)).texts("text");
        assertEquals(2, words.stream().filter("d"::equals).count());
        assertTrue(words.contains("output[1, 1] = 0·3 + 1·2 + 2·1 + 3·4 = 16"));
        words = SvgDocument.of(xray.ofInput(1, 1)).texts("text");
        assertEquals(2, words.stream().filter("d"::equals).count());
        assertTrue(words.contains("output[2, 2] gets 3·3 = 9"));
    }

    @Test
    void positionsOutsideAreRefused() {
        PixelXRay xray = PixelXRay.transposedConvolution(INPUT, KERNEL);
        StepByStepTest.refused(
                "explain: output position [3, 0] lies outside of 3 × 3; count from 0", () -> xray.ofOutput(3, 0));
        StepByStepTest.refused(
                "explain: input position [1] has 1 numbers; it needs one an axis, here 2", () -> xray.ofInput(1));
    }
}
