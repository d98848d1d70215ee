package transconv.explain;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.DoubleSupplier;
import transconv.reference.TransConv;
import transconv.reference.UpSampling;
import transconv.shape.Padding;

/**
 * Ways to enlarge an image by a stride with learned weights. Each draws its weights and returns (s·height, s·width).
 */
enum Remedy {
    AS_IT_IS("transposed convolution as it is") {
        @Override
        double[][] enlarge(double[][] image, int kernel, int stride, DoubleSupplier weights) {
            return transposed(image, drawn(kernel, weights), stride);
        }

        @Override
        int kernel(int kernel, int stride) {
            return kernel;
        }
    },
    MULTIPLE("kernel a multiple of the stride") {
        @Override
        double[][] enlarge(double[][] image, int kernel, int stride, DoubleSupplier weights) {
            return transposed(image, drawn(kernel(kernel, stride), weights), stride);
        }
    },
    ICNR("that kernel, started by ICNR") {
        @Override
        double[][] enlarge(double[][] image, int kernel, int stride, DoubleSupplier weights) {
            int coarse = kernel(kernel, stride) / stride;
            // Each block of stride x stride taps starts equal.
            return transposed(image, UpSampling.nearest(drawn(coarse, weights), stride, stride), stride);
        }
    },
    RESIZE("resize by nearest neighbour, then convolve") {
        @Override
        double[][] enlarge(double[][] image, int kernel, int stride, DoubleSupplier weights) {
            return convolved(UpSampling.nearest(image, stride, stride), drawn(kernel, weights));
        }

        @Override
        int kernel(int kernel, int stride) {
            return kernel;
        }
    },
    SUB_PIXEL("sub-pixel convolution") {
        @Override
        double[][] enlarge(double[][] image, int kernel, int stride, DoubleSupplier weights) {
            List<double[][]> phases = new ArrayList<>();
            for (int phase = 0; phase < stride * stride; phase++) {
                phases.add(convolved(image, drawn(kernel, weights)));
            }
            return interleaved(phases, stride);
        }

        @Override
        int kernel(int kernel, int stride) {
            return kernel;
        }
    },
    SUB_PIXEL_ICNR("sub-pixel convolution, started by ICNR") {
        @Override
        double[][] enlarge(double[][] image, int kernel, int stride, DoubleSupplier weights) {
            double[][] one = convolved(image, drawn(kernel, weights));
            return interleaved(Collections.nCopies(stride * stride, one), stride);
        }

        @Override
        int kernel(int kernel, int stride) {
            return kernel;
        }
    };

    private final String words;

    Remedy(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }

    abstract double[][] enlarge(double[][] image, int kernel, int stride, DoubleSupplier weights);

    /** The kernel that it takes in place of the given one: the next multiple of the stride. */
    int kernel(int kernel, int stride) {
        return (kernel + stride - 1) / stride * stride;
    }

    private static double[][] drawn(int side, DoubleSupplier weights) {
        double[][] kernel = new double[side][side];
        for (double[] row : kernel) {
            for (int x = 0; x < side; x++) {
                row[x] = weights.getAsDouble();
            }
        }
        return kernel;
    }

    /** Cropped alike at both ends, as Keras' SAME crops. */
    private static double[][] transposed(double[][] image, double[][] kernel, int stride) {
        double[][] full = TransConv.transConv(image, kernel, stride, 0);
        double[][] output = new double[image.length * stride][image[0].length * stride];
        int crop = Math.max(0, kernel.length - stride) / 2;
        for (int y = 0; y < output.length && y + crop < full.length; y++) {
            for (int x = 0; x < output[0].length && x + crop < full[0].length; x++) {
                output[y][x] = full[y + crop][x + crop];
            }
        }
        return output;
    }

    private static double[][] convolved(double[][] image, double[][] kernel) {
        return StepByStep.convolution(image, kernel).padding(Padding.SAME).output();
    }

    /** Depth to space. */
    private static double[][] interleaved(List<double[][]> phases, int stride) {
        int height = phases.get(0).length;
        int width = phases.get(0)[0].length;
        double[][] output = new double[height * stride][width * stride];
        for (int y = 0; y < output.length; y++) {
            for (int x = 0; x < output[0].length; x++) {
                output[y][x] = phases.get(y % stride * stride + x % stride)[y / stride][x / stride];
            }
        }
        return output;
    }
}
