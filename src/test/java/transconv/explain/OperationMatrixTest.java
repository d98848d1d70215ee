package transconv.explain;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import transconv.reference.TransConv;

class OperationMatrixTest {

    private static final double[][] KERNEL = {{4, 1}, {2, 3}};

    @Test
    void theMatrixOfASmallConvolution() {
        assertArrayEquals(
                new double[][] {{4, 1, 0, 2, 3, 0}, {0, 4, 1, 0, 2, 3}},
                OperationMatrix.convolution(new double[2][3], KERNEL).values());
    }

    @Test
    void theTransposeOfAConvolutionIsTheTransposedConvolution() {
        OperationMatrix convolution = OperationMatrix.convolution(new double[5][4], KERNEL)
                .stride(3, 2)
                .padding(1, 0);
        double[][] transposed = OperationMatrix.transposedConvolution(new double[2][2], KERNEL)
                .stride(3, 2)
                .padding(1, 0)
                .outputPadding(2, 0)
                .values();
        assertArrayEquals(transposed, convolution.transpose().values());
        assertArrayEquals(
                convolution.values(), convolution.transpose().transpose().values());
    }

    @Test
    void timesTheInputItIsTheOutput() {
        double[][] input = GuideFigure.numbers(3, -4);
        double[][] matrix =
                OperationMatrix.transposedConvolution(input, KERNEL).stride(2).values();
        double[][] output = TransConv.transConv(input, KERNEL, 2, 0);
        for (int row = 0; row < 36; row++) {
            double sum = 0;
            for (int column = 0; column < 9; column++) {
                sum += matrix[row][column] * input[column / 3][column % 3];
            }
            assertEquals(output[row / 6][row % 6], sum);
        }
    }

    @Test
    void thePictureHasANumberForEveryEntry() {
        Picture picture = OperationMatrix.transposedConvolution(new double[2][2], new double[][] {{41, 42}, {43, 44}})
                .picture();
        SvgDocument svg = SvgDocument.of(picture);
        // 4 for each tap, and the kernel beside.
        for (String tap : List.of("41", "42", "43", "44")) {
            assertEquals(5, svg.texts("text").stream().filter(tap::equals).count());
        }
        assertEquals(
                "Operation matrix, 9 × 4. Transposed convolution of a 2 × 2 input with a 2 × 2 kernel gives 3 × 3."
                        + " 16 of 36 entries come from the kernel, the others are 0",
                picture.altText());
    }

    @Test
    void largeMatricesAreDrawnWithoutNumbersAndLargerOnesRefused() {
        OperationMatrix large =
                OperationMatrix.transposedConvolution(new double[8][8], KERNEL).stride(2);
        SvgDocument.of(large.picture());
        SvgDocument.of(large.transpose().picture());
        OperationMatrix larger =
                OperationMatrix.transposedConvolution(new double[9][9], KERNEL).stride(2);
        StepByStepTest.refused(
                "OperationMatrix: 324 outputs x 81 inputs are too many to draw; take at most 256 of each",
                larger::picture);
        StepByStepTest.refused(
                "OperationMatrix: 324 outputs x 81 inputs are too many to draw; take at most 256 of each",
                larger::values);
    }
}
