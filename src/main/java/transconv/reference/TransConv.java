package transconv.reference;

/**
 * A transposed convolution by hand: every input value stamps the kernel, scaled by it, onto the output, and stamps that
 * overlap add up. This file needs nothing but a JDK.
 *
 * <p>Source: "What is Transposed Convolutional Layer?", GeeksforGeeks (2023), function {@code trans_conv}; the same sum
 * in Dumoulin and Visin, "A guide to convolution arithmetic for deep learning" (2016), chapter 4.
 *
 * <pre>{@code
 * double[][] output = TransConv.transConv(new double[][] {{0, 1}, {2, 3}}, new double[][] {{4, 1}, {2, 3}});
 * System.out.println(java.util.Arrays.deepToString(output)); // [[0.0, 4.0, 1.0], [8.0, 16.0, 6.0], [4.0, 12.0, 9.0]]
 * }</pre>
 */
public final class TransConv {

    private TransConv() {}

    /**
     * Transposed convolution with stride 1 and no padding.
     *
     * @param input  (height, width), rows of equal length
     * @param kernel (kernel height, kernel width), rows of equal length
     * @return (height + kernel height - 1, width + kernel width - 1)
     * @throws IllegalArgumentException if a matrix is empty or its rows differ in length
     */
    public static double[][] transConv(double[][] input, double[][] kernel) {
        return transConv(input, kernel, 1, 0);
    }

    /**
     * Transposed convolution with a stride, and a padding that is cut off on every side of the output.
     *
     * @param input   (height, width), rows of equal length
     * @param kernel  (kernel height, kernel width), rows of equal length
     * @param stride  output steps an input step, at least 1
     * @param padding rows and columns cut off on each side, at least 0
     * @return ((height - 1) * stride + kernel height - 2 * padding, and the same for the width)
     * @throws IllegalArgumentException if a matrix is empty or ragged, or a number is out of range, or nothing is left
     *     of the output
     */
    public static double[][] transConv(double[][] input, double[][] kernel, int stride, int padding) {
        requireMatrix("input", input);
        requireMatrix("kernel", kernel);
        if (stride < 1 || padding < 0) {
            throw new IllegalArgumentException(
                    "transConv: stride=%d must be at least 1 and padding=%d at least 0".formatted(stride, padding));
        }
        int height = (input.length - 1) * stride + kernel.length - 2 * padding;
        int width = (input[0].length - 1) * stride + kernel[0].length - 2 * padding;
        if (height < 1 || width < 1) {
            throw new IllegalArgumentException(
                    "transConv: padding=%d leaves an output of %d x %d; lower it so that both are at least 1"
                            .formatted(padding, height, width));
        }
        double[][] output = new double[height][width];
        for (int i = 0; i < input.length; i++) {
            for (int j = 0; j < input[0].length; j++) {
                for (int a = 0; a < kernel.length; a++) {
                    for (int b = 0; b < kernel[0].length; b++) {
                        int row = i * stride + a - padding;
                        int column = j * stride + b - padding;
                        if (row >= 0 && row < height && column >= 0 && column < width) {
                            output[row][column] += input[i][j] * kernel[a][b];
                        }
                    }
                }
            }
        }
        return output;
    }

    private static void requireMatrix(String what, double[][] matrix) {
        if (matrix.length == 0 || matrix[0].length == 0) {
            throw new IllegalArgumentException(
                    "transConv: %s is empty; give at least one row and one column".formatted(what));
        }
        for (int row = 1; row < matrix.length; row++) {
            if (matrix[row].length != matrix[0].length) {
                throw new IllegalArgumentException(
                        "transConv: row %d of %s has %d columns, row 0 has %d; all rows need the same length"
                                .formatted(row, what, matrix[row].length, matrix[0].length));
            }
        }
    }
}
