package transconv.layers;

/**
 * Where an upsampled value stands among the input's, in input steps from the centre of the first. The names are those
 * of ONNX' operator {@code Resize}.
 *
 * <pre>{@code
 * System.out.println(CoordinateTransformation.HALF_PIXEL.position(1, 4, 8)); // 0.25
 * System.out.println(CoordinateTransformation.ASYMMETRIC.position(1, 4, 8)); // 0.5
 * }</pre>
 */
public enum CoordinateTransformation {
    /**
     * (output + 0.5) / scale - 0.5: values are areas, and both grids cover the same one. Keras and TensorFlow from
     * 2020 on; PyTorch's {@code align_corners=False}.
     */
    HALF_PIXEL,
    /**
     * output / scale: values are points, and the picture moves up and to the left by half an output step or more.
     * TensorFlow 1 and Keras on it, before 2020: {@code half_pixel_centers=False}.
     */
    ASYMMETRIC,
    /** output (inputSize - 1) / (outputSize - 1): the corners meet. PyTorch's {@code align_corners=True}. */
    ALIGN_CORNERS;

    /**
     * @param output     which output, from 0
     * @param inputSize  at least 1
     * @param outputSize at least inputSize
     * @return from -0.5 to inputSize - 0.5
     */
    public double position(int output, int inputSize, int outputSize) {
        double scale = (double) outputSize / inputSize;
        return switch (this) {
            case HALF_PIXEL -> (output + 0.5) / scale - 0.5;
            case ASYMMETRIC -> output / scale;
            case ALIGN_CORNERS -> outputSize == 1 ? 0 : output * (inputSize - 1.0) / (outputSize - 1);
        };
    }

    /** The input that is taken for a position. */
    int nearest(double position) {
        return (int) Math.floor(this == ASYMMETRIC ? position : position + 0.5);
    }
}
