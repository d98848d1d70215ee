package transconv.explain;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import transconv.shape.Padding;

class StepByStepTest {

    private static final double[][] INPUT = {{0, 1}, {2, 3}};
    private static final double[][] KERNEL = {{4, 1}, {2, 3}};
    private static final double[][] UNEVEN_INPUT = {{1, -2, 3}, {4, 5, 6}};
    private static final double[][] UNEVEN_KERNEL = {{1, 2}, {3, 4}, {5, 6}};

    @ParameterizedTest
    @EnumSource(GuideFigure.class)
    void theGuidesFiguresHaveTheirSizesAndFrames(GuideFigure figure) {
        StepByStep steps = figure.steps();
        assertEquals(figure.output, figure.outputByTheGuide());
        assertEquals(figure.output, steps.output().length);
        assertEquals(figure.output, steps.output()[0].length);
        assertEquals(figure.input * figure.input, steps.steps().size());
        StepByStep zeros = steps.byZeroInsertion();
        assertEquals(figure.output * figure.output, zeros.steps().size());
        List<String> words = SvgDocument.of(zeros.filmstrip(0)).texts("text");
        String stretched = "input with zeros  %d × %d".formatted(figure.stretched, figure.stretched);
        assertTrue(words.contains(stretched), words.toString());
    }

    /** Stamps come from the reference loops, windows from the stretched input: two ways to the same sums. */
    @ParameterizedTest
    @EnumSource(GuideFigure.class)
    void bothViewsAddUpToTheOutput(GuideFigure figure) {
        bothViewsAgree(figure.steps(), GuideFigure.numbers(figure.kernel, -4));
    }

    @Test
    void bothViewsAgreeForAnyArguments() {
        for (int stride = 1; stride <= 4; stride++) {
            for (int dilation = 1; dilation <= 3; dilation++) {
                for (int padding = 0; padding <= 4; padding++) {
                    for (int added = 0; added < Math.max(stride, dilation); added++) {
                        StepByStep steps = StepByStep.transposedConvolution(GuideFigure.numbers(4, 1), UNEVEN_KERNEL)
                                .stride(stride, 2)
                                .dilation(dilation, 1)
                                .padding(padding, 1)
                                .outputPadding(added, 0);
                        if (3 * stride + 2 * dilation + 1 - 2 * padding + added >= 1) {
                            bothViewsAgree(steps, UNEVEN_KERNEL);
                        } else {
                            assertThrows(IllegalArgumentException.class, steps::output);
                        }
                    }
                }
            }
        }
    }

    private static void bothViewsAgree(StepByStep steps, double[][] kernel) {
        double[][] output = steps.output();
        double[][] sum = new double[output.length][output[0].length];
        for (Step step : steps.byStamps().steps()) {
            for (int row = 0; row < sum.length; row++) {
                for (int column = 0; column < sum[0].length; column++) {
                    sum[row][column] += step.tensor()[row][column];
                }
            }
            assertArrayEquals(sum, step.output());
        }
        assertArrayEquals(output, sum);
        for (Step step : steps.byZeroInsertion().steps()) {
            double value = 0;
            for (int a = 0; a < kernel.length; a++) {
                for (int b = 0; b < kernel[0].length; b++) {
                    value += step.tensor()[a][b] * kernel[kernel.length - 1 - a][kernel[0].length - 1 - b];
                }
            }
            assertEquals(output[step.position()[0]][step.position()[1]], value);
        }
    }

    // The values come from PyTorch 2: conv_transpose1d to 3d and conv2d, float64.

    @Test
    void unevenStrideAndPaddingAsInPyTorch() {
        double[][] expected = {
            {3, 4, 0, -6, -8, 0, 9, 12, 0, 0},
            {9, 14, 0, -5, -2, 0, 21, 30, 0, 0},
            {12, 16, 0, 15, 20, 0, 18, 24, 0, 0},
            {20, 24, 0, 25, 30, 0, 30, 36, 0, 0}
        };
        StepByStep steps = StepByStep.transposedConvolution(UNEVEN_INPUT, UNEVEN_KERNEL)
                .stride(2, 3)
                .padding(1, 0)
                .outputPadding(1, 2);
        assertArrayEquals(expected, steps.output());
        assertArrayEquals(expected, steps.steps().get(5).output());
        assertArrayEquals(expected, steps.byZeroInsertion().steps().get(39).output());
    }

    @Test
    void dilationAsInPyTorch() {
        double[][] expected = {{5, 6, 8, 10}, {-6, 9, 4, -8}, {15, 18, 16, 20}, {-10, 15, 6, -12}};
        StepByStep steps = StepByStep.transposedConvolution(UNEVEN_INPUT, UNEVEN_KERNEL)
                .dilation(2, 3)
                .padding(1);
        assertArrayEquals(expected, steps.output());
        assertArrayEquals(expected, steps.byZeroInsertion().steps().get(15).output());
    }

    @Test
    void aLineAsInPyTorch() {
        StepByStep steps = StepByStep.transposedConvolution(new double[] {1, 2, 3}, new double[] {1, 10, 100})
                .stride(2)
                .padding(1)
                .outputPadding(1);
        assertArrayEquals(new double[][] {{10, 102, 20, 203, 30, 300}}, steps.output());
        assertArrayEquals(
                new double[][] {{0, 2, 20, 200, 0, 0}}, steps.steps().get(1).tensor());
    }

    @Test
    void aVolumeAsInPyTorchIsShownBySlices() {
        StepByStep steps = StepByStep.transposedConvolution(
                        new double[][][] {{{1, 2}}, {{3, 4}}}, new double[][][] {{{1, 2}, {1, 1}}, {{3, 4}, {1, 1}}})
                .stride(1, 2, 1);
        double[][] slices = {{1, 4, 4}, {1, 3, 2}, {6, 20, 16}, {4, 10, 6}, {9, 24, 16}, {3, 7, 4}};
        assertArrayEquals(slices, steps.output());
        assertArrayEquals(slices, steps.steps().get(3).output());
        assertTrue(SvgDocument.of(steps.filmstrip(0)).texts("text").contains("[2, :, :]"));
    }

    @Test
    void aConvolutionSlidesItsKernelAsInPyTorch() {
        StepByStep steps = StepByStep.convolution(
                        new double[][] {{1, 2, 3, 4}, {5, 6, 7, 8}, {9, 10, 11, 12}}, UNEVEN_KERNEL)
                .stride(1, 2)
                .padding(1);
        double[][] expected = {{34, 90, 52}, {76, 170, 88}, {46, 94, 44}};
        assertArrayEquals(expected, steps.output());
        assertEquals(9, steps.steps().size());
        assertArrayEquals(
                new double[][] {{0, 0}, {0, 1}, {0, 5}}, steps.steps().get(0).tensor());
        assertArrayEquals(
                new double[][] {{34, 0, 0}, {0, 0, 0}, {0, 0, 0}},
                steps.steps().get(0).output());
    }

    @Test
    void kerasPaddingGivesKerasSizes() {
        StepByStep steps =
                StepByStep.transposedConvolution(INPUT, new double[][] {{7}}).stride(2);
        assertEquals(3, steps.output().length);
        assertEquals(4, steps.padding(Padding.VALID).output().length);
        assertEquals(4, steps.padding(Padding.SAME).output().length);
    }

    @Test
    void theFilmstripShowsTheNumbersAndWhereEachStampGoes() {
        SvgDocument film = SvgDocument.of(
                StepByStep.transposedConvolution(INPUT, KERNEL).stride(2).filmstrip(3));
        assertTrue(film.texts("text").contains("Step 4 of 4"));
        assertTrue(String.join(" ", film.texts("text"))
                .contains("input[1, 1] = 3: 3 × kernel is added from output[2, 2] on"));
        // 4 inputs, 4 taps, 4 of the stamp, 16 of the sum.
        assertEquals(
                28,
                film.texts("text").stream().filter(text -> text.matches("\\d+")).count());
    }

    @Test
    void windowsWriteTheirSumOut() {
        SvgDocument film = SvgDocument.of(StepByStep.transposedConvolution(INPUT, KERNEL)
                .byZeroInsertion()
                .filmstrip(4));
        assertTrue(film.texts("text").contains("output[1, 1] = 0·3 + 1·2 + 2·1 + 3·4 = 16"));
    }

    @Test
    void theSumOfStampsShowsEachStampAndTheOutput() {
        List<String> words = SvgDocument.of(
                        StepByStep.transposedConvolution(INPUT, KERNEL).sumOfStamps())
                .texts("text");
        assertEquals(3, words.stream().filter("+"::equals).count());
        assertEquals(1, words.stream().filter("="::equals).count());
        assertTrue(words.containsAll(List.of("2 × kernel", "from input[1, 0]", "16")), words.toString());
    }

    @Test
    void theAnimationHasAFrameAStepAndEndsOnTheLast() {
        Picture animation =
                StepByStep.transposedConvolution(INPUT, KERNEL).stride(2).animation(0.5);
        SvgDocument svg = SvgDocument.of(animation);
        assertEquals(4, animation.frameCount());
        // Boxes and words of a step are two groups.
        assertEquals(8, svg.count("animate"));
        assertTrue(animation.svg().contains("dur=\"2s\""));
    }

    @Test
    void longFilmsAreThinnedOutAndSaySo() {
        Picture film = StepByStep.transposedConvolution(GuideFigure.numbers(5, 1), KERNEL)
                .filmstrip();
        SvgDocument svg = SvgDocument.of(film);
        assertTrue(svg.texts("title").get(0).endsWith("16 of 25 steps shown"));
        assertTrue(svg.texts("text").containsAll(List.of("Step 1 of 25", "Step 25 of 25")));
    }

    @Test
    void whatCannotBeDrawnIsRefusedWithAWayOut() {
        StepByStep steps = StepByStep.transposedConvolution(INPUT, KERNEL);
        refused("explain: stride=0 must be at least 1; raise it", () -> steps.stride(0));
        refused("explain: padding=[1, 1, 1] has 3 numbers; give one for all axes or 2", () -> steps.padding(1, 1, 1));
        refused(
                "explain: input is empty; give at least one number",
                () -> StepByStep.convolution(new double[0], new double[1]));
        refused(
                "explain: a part of kernel is 2 x 1, the first is 2 x 2; all need the same lengths",
                () -> StepByStep.convolution(INPUT, new double[][] {{1, 2}, {3}}));
        refused("StepByStep: step 4 does not exist; there are 0 to 3", () -> steps.filmstrip(4));
        refused(
                "PyTorch: output_padding=1 must be smaller than stride=1 or dilation=1; lower it",
                () -> steps.outputPadding(1).output());
        refused(
                "explain: outputPadding=[1] belongs to a transposed convolution; leave it out",
                () -> StepByStep.convolution(INPUT, KERNEL).outputPadding(1));
        assertThrows(IllegalStateException.class, () -> StepByStep.convolution(INPUT, KERNEL)
                .byStamps());
        assertThrows(IllegalStateException.class, () -> StepByStep.convolution(INPUT, KERNEL)
                .sumOfStamps());
        assertThrows(IllegalArgumentException.class, () -> steps.animation(0));
    }

    static void refused(String message, org.junit.jupiter.api.function.Executable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
    }
}
