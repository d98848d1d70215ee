package transconv.reference;

/**
 * Convolution, transposed convolution and the gradient of their kernel in plain loops, for 1 to 3 spatial axes, with
 * stride, dilation, a crop at either end and groups. This file needs nothing but a JDK.
 *
 * <p>All three are faces of one sum, {@code T(x, k, y) = sum y[o] k[t] x[o * stride + t * dilation - crop]}: they run
 * the same loops and differ in the one line that says which of the three is computed from the other two. So the
 * gradients come for free: the convolution's gradient for x is {@link #transpose} of y's gradient, the transposed
 * convolution's gradient for y is {@link #convolve} of x's gradient, and the kernel's gradient is {@link
 * #kernelGradient} for both. Source: Dumoulin and Visin (2016), chapter 4.
 *
 * <p>Tensors are flat arrays, channels last. The large side x is (batch, depth, height, width, large channels), the
 * small side y is (batch, depth, height, width, small channels), the kernel k is (depth, height, width, large channels
 * / groups, small channels). A lower-dimensional problem is one with leading axes of length 1.
 *
 * <pre>{@code
 * var g = new Convolution(1, 1, 1, 1, new int[] {1, 1, 3}, new int[] {1, 1, 2}, new int[] {1, 1, 2}, new int[] {1, 1, 1}, new int[] {1, 1, 1}, new int[] {0, 0, 0});
 * double[] x = g.transpose(new double[] {1, 2}, new double[] {10, 1}); // [10.0, 21.0, 2.0]
 * }</pre>
 *
 * @param batch         number of samples, at least 1
 * @param largeChannels channels of x, a multiple of {@code groups}
 * @param smallChannels channels of y, a multiple of {@code groups}
 * @param groups        blocks of channels that do not mix, at least 1
 * @param large         lengths of x's three axes
 * @param small         lengths of y's three axes
 * @param kernel        lengths of the kernel's three axes
 * @param stride        positions of x a position of y, at least 1 each
 * @param dilation      positions of x a tap of the kernel, at least 1 each
 * @param crop          positions cut off before x's first, three numbers that may be negative; what lies beyond x at
 *     either end counts as zero
 */
public record Convolution(
        int batch,
        int largeChannels,
        int smallChannels,
        int groups,
        int[] large,
        int[] small,
        int[] kernel,
        int[] stride,
        int[] dilation,
        int[] crop) {

    public Convolution {
        if (groups < 1 || largeChannels % groups != 0 || smallChannels % groups != 0) {
            throw new IllegalArgumentException(
                    "Convolution: groups=%d must divide the channels of both sides, %d and %d"
                            .formatted(groups, largeChannels, smallChannels));
        }
    }

    /** What the innermost line computes. */
    private enum Face {
        CONVOLUTION,
        TRANSPOSE,
        KERNEL_GRADIENT
    }

    /** The convolution: y from x and k. */
    public double[] convolve(double[] x, double[] k) {
        double[] y = new double[batch * volume(small) * smallChannels];
        sum(x, k, y, Face.CONVOLUTION);
        return y;
    }

    /** The transposed convolution: x from y and k. */
    public double[] transpose(double[] y, double[] k) {
        double[] x = new double[batch * volume(large) * largeChannels];
        sum(x, k, y, Face.TRANSPOSE);
        return x;
    }

    /**
     * The gradient of the kernel: k from x and y, of which the output's side holds the gradient that comes from above.
     */
    public double[] kernelGradient(double[] x, double[] y) {
        double[] k = new double[volume(kernel) * (largeChannels / groups) * smallChannels];
        sum(x, k, y, Face.KERNEL_GRADIENT);
        return k;
    }

    private void sum(double[] x, double[] k, double[] y, Face face) {
        requireLength("x", x, batch * volume(large) * largeChannels);
        requireLength("k", k, volume(kernel) * (largeChannels / groups) * smallChannels);
        requireLength("y", y, batch * volume(small) * smallChannels);
        for (int n = 0; n < batch; n++) {
            for (int o0 = 0; o0 < small[0]; o0++) {
                for (int o1 = 0; o1 < small[1]; o1++) {
                    for (int o2 = 0; o2 < small[2]; o2++) {
                        for (int t0 = 0; t0 < kernel[0]; t0++) {
                            for (int t1 = 0; t1 < kernel[1]; t1++) {
                                for (int t2 = 0; t2 < kernel[2]; t2++) {
                                    int i0 = o0 * stride[0] + t0 * dilation[0] - crop[0];
                                    int i1 = o1 * stride[1] + t1 * dilation[1] - crop[1];
                                    int i2 = o2 * stride[2] + t2 * dilation[2] - crop[2];
                                    if (i0 >= 0
                                            && i0 < large[0]
                                            && i1 >= 0
                                            && i1 < large[1]
                                            && i2 >= 0
                                            && i2 < large[2]) {
                                        int xAt =
                                                (((n * large[0] + i0) * large[1] + i1) * large[2] + i2) * largeChannels;
                                        int yAt =
                                                (((n * small[0] + o0) * small[1] + o1) * small[2] + o2) * smallChannels;
                                        int kAt = ((t0 * kernel[1] + t1) * kernel[2] + t2)
                                                * (largeChannels / groups)
                                                * smallChannels;
                                        sumChannels(x, xAt, k, kAt, y, yAt, face);
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    private void sumChannels(double[] x, int xAt, double[] k, int kAt, double[] y, int yAt, Face face) {
        int largeBlock = largeChannels / groups;
        int smallBlock = smallChannels / groups;
        for (int g = 0; g < groups; g++) {
            for (int c = 0; c < largeBlock; c++) {
                for (int f = 0; f < smallBlock; f++) {
                    int xc = xAt + g * largeBlock + c;
                    int yf = yAt + g * smallBlock + f;
                    int kcf = kAt + c * smallChannels + g * smallBlock + f;
                    switch (face) {
                        case CONVOLUTION -> y[yf] += x[xc] * k[kcf];
                        case TRANSPOSE -> x[xc] += y[yf] * k[kcf];
                        case KERNEL_GRADIENT -> k[kcf] += x[xc] * y[yf];
                    }
                }
            }
        }
    }

    private static int volume(int[] sizes) {
        return sizes[0] * sizes[1] * sizes[2];
    }

    private static void requireLength(String what, double[] values, int length) {
        if (values.length != length) {
            throw new IllegalArgumentException(
                    "Convolution: %s has %d values, its shape needs %d".formatted(what, values.length, length));
        }
    }
}
