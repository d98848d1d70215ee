package transconv.layers;

import java.util.ArrayList;
import java.util.List;
import transconv.ops.AxisMatrix;
import transconv.ops.AxisMatrix.Entry;

/**
 * How an upsampled value is made of the input's: a weighted sum of those near its {@link CoordinateTransformation
 * position}, where the weight of an input at distance d (in input steps) is w(d). Inputs beyond the border do not
 * exist. With half-pixel centres the weights of those that do are scaled to the sum 1, as today's Keras does; with the
 * other positions the border's value stands in for those beyond it, as TensorFlow 1 does. Source: Keras 3, {@code
 * UpSampling2D}; Keys (1981), "Cubic convolution interpolation for digital image processing"; TensorFlow, {@code
 * ScaleAndTranslate}.
 *
 * <pre>{@code
 * AxisMatrix matrix = Interpolation.BILINEAR.matrix(2, 4, CoordinateTransformation.HALF_PIXEL);
 * System.out.println(matrix.rows().get(1)); // [Entry[column=0, weight=0.75], Entry[column=1, weight=0.25]]
 * }</pre>
 */
public enum Interpolation {
    /** The input next to the position. */
    NEAREST(1),
    /** w(d) = 1 - |d| up to 1: a straight line between two inputs, along each axis. */
    BILINEAR(1),
    /**
     * Keys' cubic through four inputs, with a = -0.5, and with a = -0.75 at other positions than half-pixel centres, as
     * TensorFlow 1 and PyTorch have it. TensorFlow rounds positions to 1/1024 of an input step: where the size is no
     * power of two, Keras on TensorFlow is off these weights, by about 0.001 of the largest value; Keras on JAX is not.
     */
    BICUBIC(2),
    /** w(d) = sinc(d) sinc(d / 3) up to 3; half-pixel centres alone. */
    LANCZOS3(3),
    /** w(d) = sinc(d) sinc(d / 5) up to 5; half-pixel centres alone. */
    LANCZOS5(5);

    private final int reach;

    Interpolation(int reach) {
        this.reach = reach;
    }

    /**
     * The matrix from an axis to the upsampled axis: one row an output position.
     *
     * @param inputSize  at least 1
     * @param outputSize at least inputSize
     * @throws IllegalArgumentException if a size is out of range, or this interpolation is not defined for the
     *     positions
     */
    public AxisMatrix matrix(int inputSize, int outputSize, CoordinateTransformation positions) {
        requireDefined(positions);
        if (inputSize < 1 || outputSize < inputSize) {
            throw new IllegalArgumentException(
                    "interpolation=%s: inputSize=%d must be at least 1, and outputSize=%d at least that; it only enlarges"
                            .formatted(this, inputSize, outputSize));
        }
        List<List<Entry>> rows = new ArrayList<>();
        for (int output = 0; output < outputSize; output++) {
            double position = positions.position(output, inputSize, outputSize);
            rows.add(
                    this == NEAREST
                            ? List.of(new Entry(positions.nearest(position), 1))
                            : weights(position, inputSize, positions));
        }
        return new AxisMatrix(inputSize, rows);
    }

    void requireDefined(CoordinateTransformation positions) {
        if (reach > 2 && positions != CoordinateTransformation.HALF_PIXEL) {
            throw new IllegalArgumentException(
                    "interpolation=%s is defined for HALF_PIXEL alone, not for coordinateTransformation=%s; change one of them"
                            .formatted(this, positions));
        }
    }

    private List<Entry> weights(double position, int size, CoordinateTransformation positions) {
        boolean halfPixel = positions == CoordinateTransformation.HALF_PIXEL;
        double[] weights = new double[size];
        double sum = 0;
        int first = (int) Math.floor(position) - reach + 1;
        for (int i = first; i < first + 2 * reach; i++) {
            double weight = weight(position - i, halfPixel ? -0.5 : -0.75);
            boolean exists = i >= 0 && i < size;
            if (exists || !halfPixel) {
                weights[Math.max(0, Math.min(size - 1, i))] += weight;
                sum += weight;
            }
        }
        List<Entry> row = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            if (weights[i] != 0) {
                row.add(new Entry(i, weights[i] / sum));
            }
        }
        return row;
    }

    /** w(d); a is the slope of the cubic at distance 1. */
    private double weight(double distance, double a) {
        double d = Math.abs(distance);
        if (d >= reach) {
            return 0;
        }
        return switch (this) {
            case NEAREST -> throw new AssertionError("NEAREST has one input and no weights");
            case BILINEAR -> 1 - d;
            case BICUBIC -> d < 1 ? ((a + 2) * d - (a + 3)) * d * d + 1 : ((a * d - 5 * a) * d + 8 * a) * d - 4 * a;
            case LANCZOS3, LANCZOS5 -> sinc(d) * sinc(d / reach);
        };
    }

    private static double sinc(double x) {
        return x == 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
    }
}
