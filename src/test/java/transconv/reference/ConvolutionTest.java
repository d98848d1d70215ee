package transconv.reference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

/** Literal values, computed by hand; decimal places keep the contributions apart. */
class ConvolutionTest {

    private static Convolution oneAxis(int large, int small, int kernel, int stride, int dilation, int crop) {
        return new Convolution(
                1, 1, 1, 1, axis(large), axis(small), axis(kernel), axis(stride), axis(dilation), new int[] {0, 0, crop
                });
    }

    private static int[] axis(int last) {
        return new int[] {1, 1, last};
    }

    @Test
    void oneAxis() {
        Convolution plain = oneAxis(4, 3, 2, 1, 1, 0);
        assertArrayEquals(new double[] {21, 32, 43}, plain.convolve(new double[] {1, 2, 3, 4}, new double[] {1, 10}));
        assertArrayEquals(new double[] {1, 12, 23, 30}, plain.transpose(new double[] {1, 2, 3}, new double[] {1, 10}));
        // k[t] = sum of y[o] x[o + t]: 1*1 + 10*2 + 100*3 and 1*2 + 10*3 + 100*4
        assertArrayEquals(
                new double[] {321, 432}, plain.kernelGradient(new double[] {1, 2, 3, 4}, new double[] {1, 10, 100}));
    }

    @Test
    void strideThatLosesTheLastPosition() {
        Convolution strided = oneAxis(6, 2, 3, 2, 1, 0);
        assertArrayEquals(
                new double[] {321, 543}, strided.convolve(new double[] {1, 2, 3, 4, 5, 6}, new double[] {1, 10, 100}));
        assertArrayEquals(
                new double[] {1, 10, 102, 20, 200, 0},
                strided.transpose(new double[] {1, 2}, new double[] {1, 10, 100}));
    }

    @Test
    void dilationSpreadsTheTaps() {
        Convolution dilated = oneAxis(5, 2, 2, 1, 3, 0);
        assertArrayEquals(new double[] {41, 52}, dilated.convolve(new double[] {1, 2, 3, 4, 5}, new double[] {1, 10}));
        assertArrayEquals(new double[] {1, 2, 0, 10, 20}, dilated.transpose(new double[] {1, 2}, new double[] {1, 10}));
    }

    @Test
    void cropOfTheBeginningAlone() {
        Convolution cropped = oneAxis(3, 3, 2, 1, 1, 1);
        assertArrayEquals(new double[] {10, 21, 32}, cropped.convolve(new double[] {1, 2, 3}, new double[] {1, 10}));
        // the full result is 1, 12, 23, 30
        assertArrayEquals(new double[] {12, 23, 30}, cropped.transpose(new double[] {1, 2, 3}, new double[] {1, 10}));
    }

    @Test
    void unevenCropOfBothEnds() {
        // the full result of five positions is 1, 12, 123, 230, 300; one is cut off before, two after
        Convolution cropped = oneAxis(2, 3, 3, 1, 1, 1);
        assertArrayEquals(new double[] {12, 123}, cropped.transpose(new double[] {1, 2, 3}, new double[] {1, 10, 100}));
    }

    @Test
    void negativeCropIsPaddingOfTheOutput() {
        // one position more before, and two after
        Convolution padded = oneAxis(6, 2, 2, 1, 1, -1);
        assertArrayEquals(
                new double[] {0, 1, 12, 20, 0, 0}, padded.transpose(new double[] {1, 2}, new double[] {1, 10}));
        assertArrayEquals(
                new double[] {32, 43}, padded.convolve(new double[] {1, 2, 3, 4, 5, 6}, new double[] {1, 10}));
    }

    @Test
    void twoAxesWithUnequalSizes() {
        // x is 2 x 4, k is 2 x 2, y is 1 x 2 with strides 1 and 2
        Convolution plane = new Convolution(
                1,
                1,
                1,
                1,
                new int[] {1, 2, 4},
                new int[] {1, 1, 2},
                new int[] {1, 2, 2},
                new int[] {1, 1, 2},
                new int[] {1, 1, 1},
                new int[] {0, 0, 0});
        double[] k = {1, 10, 100, 1000};
        assertArrayEquals(new double[] {6521, 8743}, plane.convolve(new double[] {1, 2, 3, 4, 5, 6, 7, 8}, k));
        assertArrayEquals(new double[] {3, 30, 4, 40, 300, 3000, 400, 4000}, plane.transpose(new double[] {3, 4}, k));
    }

    @Test
    void threeAxesEachWithItsOwnStride() {
        // y is 2 x 1 x 2, k is 1 x 2 x 1; strides 2, 1 and 3; x is 3 x 2 x 4
        Convolution space = new Convolution(
                1,
                1,
                1,
                1,
                new int[] {3, 2, 4},
                new int[] {2, 1, 2},
                new int[] {1, 2, 1},
                new int[] {2, 1, 3},
                new int[] {1, 1, 1},
                new int[] {0, 0, 0});
        assertArrayEquals(
                new double[] {
                    1, 0, 0, 2, 10, 0, 0, 20,
                    0, 0, 0, 0, 0, 0, 0, 0,
                    3, 0, 0, 4, 30, 0, 0, 40
                },
                space.transpose(new double[] {1, 2, 3, 4}, new double[] {1, 10}));
        double[] x = new double[24];
        x[0] = 1;
        x[7] = 5;
        x[16] = 7;
        x[23] = 9;
        assertArrayEquals(new double[] {1, 50, 7, 90}, space.convolve(x, new double[] {1, 10}));
    }

    @Test
    void channelsInAreNotChannelsOut() {
        // k is (1 tap, 3 large channels, 2 small channels)
        Convolution channels = new Convolution(1, 3, 2, 1, axis(1), axis(1), axis(1), axis(1), axis(1), new int[3]);
        double[] k = {1, 2, 30, 40, 500, 600};
        assertArrayEquals(new double[] {1531, 1842}, channels.convolve(new double[] {1, 1, 3}, k));
        assertArrayEquals(new double[] {21, 430, 6500}, channels.transpose(new double[] {1, 10}, k));
        assertArrayEquals(
                new double[] {1, 10, 2, 20, 3, 30},
                channels.kernelGradient(new double[] {1, 2, 3}, new double[] {1, 10}));
    }

    @Test
    void groupsDoNotMix() {
        // 4 large channels and 2 small ones in 2 groups; k is (1 tap, 2 large channels of a group, 2 small channels)
        Convolution grouped = new Convolution(1, 4, 2, 2, axis(1), axis(1), axis(1), axis(1), axis(1), new int[3]);
        double[] k = {1, 2, 10, 20};
        assertArrayEquals(new double[] {21, 86}, grouped.convolve(new double[] {1, 2, 3, 4}, k));
        assertArrayEquals(new double[] {1, 10, 200, 2000}, grouped.transpose(new double[] {1, 100}, k));
        assertArrayEquals(
                new double[] {1, 300, 2, 400},
                grouped.kernelGradient(new double[] {1, 2, 3, 4}, new double[] {1, 100}));
    }

    @Test
    void samplesDoNotMixButShareTheKernelsGradient() {
        Convolution two = new Convolution(2, 1, 1, 1, axis(2), axis(1), axis(2), axis(1), axis(1), new int[3]);
        assertArrayEquals(new double[] {21, 43}, two.convolve(new double[] {1, 2, 3, 4}, new double[] {1, 10}));
        assertArrayEquals(new double[] {1, 10, 2, 20}, two.transpose(new double[] {1, 2}, new double[] {1, 10}));
        assertArrayEquals(
                new double[] {301, 402}, two.kernelGradient(new double[] {1, 2, 3, 4}, new double[] {1, 100}));
    }

    @Test
    void refusesWhatDoesNotFit() {
        assertEquals(
                "Convolution: groups=2 must divide the channels of both sides, 3 and 2",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> new Convolution(
                                        1, 3, 2, 2, axis(1), axis(1), axis(1), axis(1), axis(1), new int[3]))
                        .getMessage());
        assertEquals(
                "Convolution: x has 3 values, its shape needs 4",
                assertThrows(IllegalArgumentException.class, () -> oneAxis(4, 3, 2, 1, 1, 0)
                                .convolve(new double[3], new double[2]))
                        .getMessage());
    }
}
