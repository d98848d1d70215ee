package transconv.reference;

/**
 * Upsampling of one picture in plain loops, no layer and no library: copy this file into your own project. Every output
 * asks where it stands in the input, and is made of the inputs around that position. With half-pixel centres, as in
 * Keras and TensorFlow since 2020, values are areas and output y stands at (y + 0.5) / factor - 0.5; without, as
 * before, they are points and it stands at y / factor. Source: Keras 3, {@code UpSampling2D}; Keys (1981), "Cubic
 * convolution interpolation for digital image processing".
 *
 * <pre>{@code
 * double[][] output = UpSampling.bilinear(new double[][] {{0, 4}}, 1, 2, true);
 * System.out.println(java.util.Arrays.deepToString(output)); // [[0.0, 1.0, 3.0, 4.0]]
 * }</pre>
 */
public final class UpSampling {

    private UpSampling() {}

    /**
     * Each value repeated.
     *
     * @param input        (height, width), rows of equal length
     * @param heightFactor output rows an input row, at least 1
     * @param widthFactor  output columns an input column, at least 1
     * @return (height * heightFactor, width * widthFactor)
     * @throws IllegalArgumentException if the matrix is empty or ragged, or a factor is below 1
     */
    public static double[][] nearest(double[][] input, int heightFactor, int widthFactor) {
        double[][] output = outputOf(input, heightFactor, widthFactor);
        for (int y = 0; y < output.length; y++) {
            for (int x = 0; x < output[0].length; x++) {
                output[y][x] = input[y / heightFactor][x / widthFactor];
            }
        }
        return output;
    }

    /**
     * A straight line between the two inputs around the position, along both axes; beyond the border its value goes on.
     *
     * @param halfPixelCentres true as today, false as before 2020
     * @return (height * heightFactor, width * widthFactor)
     * @throws IllegalArgumentException as {@link #nearest}
     */
    public static double[][] bilinear(double[][] input, int heightFactor, int widthFactor, boolean halfPixelCentres) {
        double[][] output = outputOf(input, heightFactor, widthFactor);
        for (int y = 0; y < output.length; y++) {
            double row = position(y, heightFactor, halfPixelCentres);
            int top = (int) Math.floor(row);
            for (int x = 0; x < output[0].length; x++) {
                double column = position(x, widthFactor, halfPixelCentres);
                int left = (int) Math.floor(column);
                double above = between(at(input, top, left), at(input, top, left + 1), column - left);
                double below = between(at(input, top + 1, left), at(input, top + 1, left + 1), column - left);
                output[y][x] = between(above, below, row - top);
            }
        }
        return output;
    }

    /**
     * Keys' cubic through the four inputs around the position, along both axes, with half-pixel centres. Inputs beyond
     * the border are left out, and the weights of the others made larger so that their sum is 1.
     *
     * @return (height * heightFactor, width * widthFactor)
     * @throws IllegalArgumentException as {@link #nearest}
     */
    public static double[][] bicubic(double[][] input, int heightFactor, int widthFactor) {
        double[][] output = outputOf(input, heightFactor, widthFactor);
        for (int y = 0; y < output.length; y++) {
            double row = position(y, heightFactor, true);
            int top = (int) Math.floor(row) - 1;
            for (int x = 0; x < output[0].length; x++) {
                double column = position(x, widthFactor, true);
                int left = (int) Math.floor(column) - 1;
                double sum = 0;
                double weights = 0;
                for (int i = Math.max(0, top); i < Math.min(input.length, top + 4); i++) {
                    for (int j = Math.max(0, left); j < Math.min(input[0].length, left + 4); j++) {
                        double weight = cubic(Math.abs(row - i)) * cubic(Math.abs(column - j));
                        sum += weight * input[i][j];
                        weights += weight;
                    }
                }
                output[y][x] = sum / weights;
            }
        }
        return output;
    }

    /** Where an output stands, in input steps. */
    private static double position(int output, int factor, boolean halfPixelCentres) {
        return halfPixelCentres ? (output + 0.5) / factor - 0.5 : (double) output / factor;
    }

    private static double between(double from, double to, double share) {
        return from + share * (to - from);
    }

    /** The input at a position, or the border's value beyond it. */
    private static double at(double[][] input, int row, int column) {
        return input[Math.max(0, Math.min(input.length - 1, row))][Math.max(0, Math.min(input[0].length - 1, column))];
    }

    /** Keys (1981), equation 15: the weight of an input at a distance of up to 2. */
    private static double cubic(double d) {
        return d < 1 ? 1.5 * d * d * d - 2.5 * d * d + 1 : -0.5 * d * d * d + 2.5 * d * d - 4 * d + 2;
    }

    private static double[][] outputOf(double[][] input, int heightFactor, int widthFactor) {
        if (heightFactor < 1 || widthFactor < 1) {
            throw new IllegalArgumentException("upSampling: heightFactor=%d and widthFactor=%d must be at least 1"
                    .formatted(heightFactor, widthFactor));
        }
        if (input.length == 0 || input[0].length == 0) {
            throw new IllegalArgumentException("upSampling: input is empty; give at least one row and one column");
        }
        for (int row = 1; row < input.length; row++) {
            if (input[row].length != input[0].length) {
                throw new IllegalArgumentException(
                        "upSampling: row %d has %d columns, row 0 has %d; all rows need the same length"
                                .formatted(row, input[row].length, input[0].length));
            }
        }
        return new double[Math.multiplyExact(input.length, heightFactor)]
                [Math.multiplyExact(input[0].length, widthFactor)];
    }
}
