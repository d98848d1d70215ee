package transconv.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.databind.JsonNode;
import transconv.Goldens;
import transconv.shape.Shape;

/** The property that ICNR is for: what comes out is the coarse output, each value repeated. All by plain loops. */
class IcnrInitializerTest {

    /** An image of 4 x 5 pixels and 2 channels without any regularity. */
    private static double pixel(int y, int x, int channel) {
        return Math.sin(1 + 7 * y + 3.3 * x + 1.7 * channel);
    }

    /** Valid convolution of the image with a kernel (height, width, 2, filters). */
    private static double[][][] convolved(INDArray kernel) {
        int height = (int) kernel.size(0);
        int width = (int) kernel.size(1);
        double[][][] output = new double[4 - height + 1][5 - width + 1][(int) kernel.size(3)];
        for (int y = 0; y < output.length; y++) {
            for (int x = 0; x < output[0].length; x++) {
                for (int filter = 0; filter < output[0][0].length; filter++) {
                    for (int ky = 0; ky < height; ky++) {
                        for (int kx = 0; kx < width; kx++) {
                            for (int in = 0; in < 2; in++) {
                                output[y][x][filter] +=
                                        pixel(y + ky, x + kx, in) * kernel.getDouble(ky, kx, in, filter);
                            }
                        }
                    }
                }
            }
        }
        return output;
    }

    /** Output channel c of block (by, bx) is input channel (by * scale + bx) * outputs + c. */
    private static double[][][] depthToSpace(double[][][] input, int scale) {
        int outputs = input[0][0].length / (scale * scale);
        double[][][] output = new double[input.length * scale][input[0].length * scale][outputs];
        for (int y = 0; y < output.length; y++) {
            for (int x = 0; x < output[0].length; x++) {
                for (int c = 0; c < outputs; c++) {
                    int block = y % scale * scale + x % scale;
                    output[y][x][c] = input[y / scale][x / scale][block * outputs + c];
                }
            }
        }
        return output;
    }

    @Test
    void theDepthToSpaceOfThisTestIsTensorFlows() {
        JsonNode wanted = Goldens.named("initializers").document().get("depth_to_space");
        double[][][] input = new double[2][3][12];
        int next = 0;
        for (double[][] row : input) {
            for (double[] channels : row) {
                for (int c = 0; c < 12; c++) {
                    channels[c] = next++;
                }
            }
        }
        double[][][] output = depthToSpace(input, wanted.get("block_size").asInt());
        int[] flat = new int[72];
        next = 0;
        for (double[][] row : output) {
            for (double[] channels : row) {
                for (double value : channels) {
                    flat[next++] = (int) value;
                }
            }
        }
        assertArrayEquals(Goldens.ints(wanted.get("output")), flat);
    }

    private static void assertRepeats(double[][][] coarse, double[][][] fine, int scale) {
        assertEquals(coarse.length * scale, fine.length);
        assertEquals(coarse[0].length * scale, fine[0].length);
        for (int y = 0; y < fine.length; y++) {
            for (int x = 0; x < fine[0].length; x++) {
                assertArrayEquals(coarse[y / scale][x / scale], fine[y][x], 1e-12, "pixel " + y + ", " + x);
            }
        }
        assertNotEquals(coarse[0][0][0], coarse[0][1][0], 1e-3, "pixels differ");
        assertNotEquals(coarse[0][0][0], coarse[0][0][1], 1e-3, "channels differ");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void aSubPixelConvolutionStartsAsNearestUpsampling(int scale) {
        Initializer plain = Initializers.heNormal(4);
        INDArray coarse = plain.values(Shape.of(3, 2, 2, 3), "kernel");
        INDArray kernel = Initializers.icnr(plain, scale).values(Shape.of(3, 2, 2, 3 * scale * scale), "kernel");
        assertRepeats(convolved(coarse), depthToSpace(convolved(kernel), scale), scale);
    }

    /** Transposed convolution of the image with a kernel (height, width, filters, 2) without crop. */
    private static double[][][] transposed(INDArray kernel, int stride) {
        int height = (int) kernel.size(0);
        int width = (int) kernel.size(1);
        double[][][] output = new double[3 * stride + height][4 * stride + width][(int) kernel.size(2)];
        for (int y = 0; y < 4; y++) {
            for (int x = 0; x < 5; x++) {
                for (int ky = 0; ky < height; ky++) {
                    for (int kx = 0; kx < width; kx++) {
                        for (int filter = 0; filter < output[0][0].length; filter++) {
                            for (int in = 0; in < 2; in++) {
                                output[y * stride + ky][x * stride + kx][filter] +=
                                        pixel(y, x, in) * kernel.getDouble(ky, kx, filter, in);
                            }
                        }
                    }
                }
            }
        }
        return output;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void aTransposedConvolutionStartsAsNearestUpsampling(int stride) {
        Initializer plain = Initializers.glorotUniform(4);
        INDArray coarse = plain.values(Shape.of(3, 2, 3, 2), "kernel");
        INDArray kernel =
                Initializers.icnrTransposed(plain, stride).values(Shape.of(3 * stride, 2 * stride, 3, 2), "kernel");
        assertRepeats(transposed(coarse, 1), transposed(kernel, stride), stride);
    }

    @Test
    void oneAndThreeAxes() {
        INDArray coarse = Initializers.heNormal(1).values(Shape.of(3, 2, 5), "kernel");
        INDArray line = Initializers.icnr(Initializers.heNormal(1), 4).values(Shape.of(3, 2, 20), "kernel");
        for (int channel = 0; channel < 20; channel++) {
            assertEquals(coarse.getDouble(2, 1, channel % 5), line.getDouble(2, 1, channel));
        }
        INDArray small = Initializers.heNormal(1).values(Shape.of(2, 1, 2, 3, 5), "kernel");
        INDArray volume = Initializers.icnr(Initializers.heNormal(1), 2).values(Shape.of(2, 1, 2, 3, 40), "kernel");
        for (int channel = 0; channel < 40; channel++) {
            assertEquals(small.getDouble(1, 0, 1, 2, channel % 5), volume.getDouble(1, 0, 1, 2, channel));
        }
        INDArray taps =
                Initializers.icnrTransposed(Initializers.heNormal(1), 2).values(Shape.of(4, 2, 4, 3, 5), "kernel");
        for (int z = 0; z < 4; z++) {
            for (int y = 0; y < 2; y++) {
                for (int x = 0; x < 4; x++) {
                    assertEquals(small.getDouble(z / 2, 0, x / 2, 2, 4), taps.getDouble(z, y, x, 2, 4));
                }
            }
        }
    }

    @Test
    void refusesInTheseWords() {
        Initializer ones = Initializers.ones();
        assertRefused(
                "up/kernel: ICNR needs the kernel of a convolution over 1 to 3 axes, the shape is (3, 4); take another",
                Initializers.icnr(ones, 2),
                Shape.of(3, 4));
        assertRefused(
                "up/kernel: ICNR over 2 axes: 6 filters must be a multiple of scale^2=4; change them or scale=2",
                Initializers.icnr(ones, 2),
                Shape.of(3, 3, 4, 6));
        assertRefused(
                "up/kernel: ICNR of a transposed convolution: kernel axis 1 has 3 taps; they must be a multiple of the"
                        + " stride 2; change either",
                Initializers.icnrTransposed(ones, 2),
                Shape.of(4, 3, 4, 8));
        assertRefused(
                "up/kernel: ICNR's initializer made 9 values, the coarse kernel (3, 3, 4, 2) needs 72; make as many",
                Initializers.icnr((shape, weight) -> ones.values(Shape.of(9), weight), 2),
                Shape.of(3, 3, 4, 8));
    }

    private static void assertRefused(String message, Initializer initializer, Shape shape) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, () -> initializer.values(shape, "up/kernel"))
                        .getMessage());
    }
}
