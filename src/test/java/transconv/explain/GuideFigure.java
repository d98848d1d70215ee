package transconv.explain;

import transconv.shape.GuideRule;

/**
 * The transposed figures of Dumoulin and Visin (2016), chapter 4, by the numbers in their captions.
 *
 * @param input  i', of each side
 * @param kernel k
 * @param stride s of the convolution that is transposed
 * @param padding p of that convolution
 * @param added a
 * @param stretched side of the input with zeros between and around it, counted in the figure
 * @param output o', counted in the figure
 */
enum GuideFigure {
    NO_PADDING(2, 3, 1, 0, 0, 6, 4),
    ARBITRARY_PADDING(6, 4, 1, 2, 0, 8, 5),
    HALF_PADDING(5, 3, 1, 1, 0, 7, 5),
    FULL_PADDING(7, 3, 1, 2, 0, 7, 5),
    STRIDES(2, 3, 2, 0, 0, 7, 5),
    PADDING_AND_STRIDES(3, 3, 2, 1, 0, 7, 5),
    ODD(3, 3, 2, 1, 1, 8, 6);

    final int input;
    final int kernel;
    final int stride;
    final int padding;
    final int added;
    final int stretched;
    final int output;

    GuideFigure(int input, int kernel, int stride, int padding, int added, int stretched, int output) {
        this.input = input;
        this.kernel = kernel;
        this.stride = stride;
        this.padding = padding;
        this.added = added;
        this.stretched = stretched;
        this.output = output;
    }

    StepByStep steps() {
        return StepByStep.transposedConvolution(numbers(input, 1), numbers(kernel, -4))
                .stride(stride)
                .padding(padding)
                .outputPadding(added);
    }

    /** Relationship 14. */
    int outputByTheGuide() {
        return GuideRule.transposed(input, kernel, stride, padding, added);
    }

    static double[][] numbers(int side, int first) {
        double[][] numbers = new double[side][side];
        for (int at = 0; at < side * side; at++) {
            numbers[at / side][at % side] = first + at;
        }
        return numbers;
    }
}
