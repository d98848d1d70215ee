package transconv.explain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.nd4j.linalg.api.ndarray.INDArray;
import transconv.config.Config;
import transconv.layers.Conv2DTranspose;
import transconv.reference.Convolution;

/**
 * How unevenly a transposed convolution treats its outputs. Outputs whose places differ by a multiple of the stride are
 * reached by the same taps; they are one phase. A constant input of ones shows each phase's gain: the sum of its taps.
 * Where gains differ, the output has a checkerboard. Source: Odena, Dumoulin and Olah (2016), "Deconvolution and
 * checkerboard artifacts".
 *
 * <p>The unevenness is the deviation of the gains from their mean, over their root mean square: 0 where all phases are
 * alike, towards 1 where the pattern is all there is. The same figure measures weights, layers and images.
 *
 * <pre>{@code
 * System.out.println(Checkerboard.predicted(4, 2).unevenness()); // 0.0
 * System.out.println(java.util.Arrays.deepToString(Checkerboard.predicted(3, 2).gains())); // [[4.0, 2.0], [2.0, 1.0]]
 * }</pre>
 */
public final class Checkerboard {

    private static final int SHOWN_INPUTS = 4;

    private final String what;
    /** One kernel an output channel. */
    private final List<double[][]> kernels;

    private final int[] stride;
    private final int[] dilation;

    private Checkerboard(String what, List<double[][]> kernels, int[] stride, int[] dilation) {
        this.what = what;
        this.kernels = kernels;
        this.stride = stride;
        this.dilation = dilation;
    }

    /**
     * What kernel size and stride alone predict: every weight counts 1, so that gains are numbers of taps.
     *
     * @throws IllegalArgumentException if a number is below 1
     */
    public static Checkerboard predicted(int kernel, int stride) {
        if (kernel < 1) {
            throw new IllegalArgumentException("Checkerboard: kernel=%d must be at least 1".formatted(kernel));
        }
        double[][] ones = new double[kernel][kernel];
        Arrays.stream(ones).forEach(row -> Arrays.fill(row, 1));
        return of("Taps that reach each output, kernel %d".formatted(kernel), Collections.singletonList(ones), stride);
    }

    /**
     * What a kernel's weights do.
     *
     * @param kernel (height, width)
     * @throws IllegalArgumentException if it is empty or ragged, or the stride below 1
     */
    public static Checkerboard ofKernel(double[][] kernel, int stride) {
        Values.of("kernel", kernel);
        return of(
                "Gain of each output, kernel %d × %d".formatted(kernel.length, kernel[0].length),
                Collections.singletonList(kernel),
                stride);
    }

    private static Checkerboard of(String what, List<double[][]> kernels, int stride) {
        if (stride < 1) {
            throw new IllegalArgumentException("Checkerboard: stride=%d must be at least 1".formatted(stride));
        }
        return new Checkerboard(what, kernels, new int[] {stride, stride}, new int[] {1, 1});
    }

    /**
     * What a layer's weights do to inputs that are 1 in every channel, over all its filters.
     *
     * @param layer built, in a model or by itself
     */
    public static Checkerboard ofLayer(Conv2DTranspose layer) {
        Config config = layer.config();
        INDArray kernel = layer.parameters().get(0).value();
        return new Checkerboard(
                "Gain of each output, layer %s".formatted(layer.label()),
                summedOverInputs(kernel, layer.groups()),
                config.integers("strides"),
                config.integers("dilation_rate"));
    }

    /** Kernel (height, width, filters / groups, channels): one kernel a filter. */
    private static List<double[][]> summedOverInputs(INDArray kernel, int groups) {
        int height = (int) kernel.size(0);
        int width = (int) kernel.size(1);
        int filters = (int) kernel.size(2);
        int channels = (int) kernel.size(3);
        double[][][] sums = new double[filters * groups][height][width];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                for (int f = 0; f < filters; f++) {
                    for (int c = 0; c < channels; c++) {
                        int group = c / (channels / groups);
                        sums[group * filters + f][y][x] += kernel.getDouble(y, x, f, c);
                    }
                }
            }
        }
        return List.of(sums);
    }

    /** An image's own pattern, see {@link ImageSpectrum}. */
    public static ImageSpectrum ofImage(double[][] image, int period) {
        return ImageSpectrum.of(image, period);
    }

    /**
     * The gain of each phase, (stride, stride), for the first filter. Phase (0, 0) is that of the output's first
     * position before any crop.
     */
    public double[][] gains() {
        return gains(kernels.get(0));
    }

    /** A constant input, by the reference loops; a block from the middle, where the border is far. */
    private double[][] gains(double[][] kernel) {
        int[] inputs = new int[2];
        int[] from = new int[2];
        for (int i = 0; i < 2; i++) {
            int extent = dilation[i] * ((i == 0 ? kernel.length : kernel[0].length) - 1) + 1;
            int reach = (extent + stride[i] - 1) / stride[i];
            inputs[i] = 2 * reach + 1;
            from[i] = reach * stride[i];
        }
        double[][] response = response(kernel, inputs[0], inputs[1]);
        double[][] gains = new double[stride[0]][];
        for (int y = 0; y < stride[0]; y++) {
            gains[y] = Arrays.copyOfRange(response[from[0] + y], from[1], from[1] + stride[1]);
        }
        return gains;
    }

    /** The output for {@code rows} x {@code columns} ones, a whole number of strides long. */
    private double[][] response(double[][] kernel, int rows, int columns) {
        double[] ones = new double[rows * columns];
        Arrays.fill(ones, 1);
        int[] taps = {1, kernel.length, kernel[0].length};
        int[] small = {1, rows, columns};
        int[] large = {1, 0, 0};
        for (int i = 0; i < 2; i++) {
            int full = (small[i + 1] - 1) * stride[i] + dilation[i] * (taps[i + 1] - 1) + 1;
            large[i + 1] = Math.max(full, small[i + 1] * stride[i]);
        }
        double[] output = new Convolution(
                        1,
                        1,
                        1,
                        1,
                        large,
                        small,
                        taps,
                        new int[] {1, stride[0], stride[1]},
                        new int[] {1, dilation[0], dilation[1]},
                        new int[3])
                .transpose(ones, Values.of("kernel", kernel).data());
        return Values.of(2, large, output).rows();
    }

    /** Deviation of the gains from their mean, over their root mean square; over all filters. From 0 to 1. */
    public double unevenness() {
        double deviation = 0;
        double energy = 0;
        for (double[][] kernel : kernels) {
            double[] all =
                    Arrays.stream(gains(kernel)).flatMapToDouble(Arrays::stream).toArray();
            double mean = Arrays.stream(all).average().orElseThrow();
            deviation += Arrays.stream(all)
                    .map(gain -> (gain - mean) * (gain - mean))
                    .sum();
            energy += Arrays.stream(all).map(gain -> gain * gain).sum();
        }
        return energy == 0 ? 0 : Math.sqrt(deviation / energy);
    }

    /** Draws the gain of every output of a small input, and of each phase; the first filter's, if there are several. */
    public Picture picture() {
        double[][] map = response(kernels.get(0), SHOWN_INPUTS, SHOWN_INPUTS);
        String heading = "%s, stride %s".formatted(what, stride[0] == stride[1] ? stride[0] : Arrays.toString(stride));
        String found = String.format(Locale.ROOT, "Unevenness %.3f: ", unevenness())
                + (unevenness() < 1e-9
                        ? "inside, every output gets the same."
                        : "the phases differ, and what is constant comes out as a pattern.");
        List<Drawing> parts = new ArrayList<>();
        parts.add(Grid.shaded("output for %d × %d ones:".formatted(SHOWN_INPUTS, SHOWN_INPUTS), map)
                .draw());
        parts.add(Grid.shaded("phases inside:", gains()).draw());
        Drawing whole = Drawing.paragraph(heading, Drawing.TITLE, 480);
        whole.place(Drawing.flow(parts, 24, Svg.WIDEST - 2 * Svg.MARGIN), 0, whole.height() + 8);
        whole.place(Drawing.paragraph(found, Drawing.FORMULA, Math.max(480, whole.width())), 0, whole.height() + 6);
        return Picture.still(whole, heading, heading + ". " + found);
    }

    @Override
    public String toString() {
        return picture().altText();
    }
}
