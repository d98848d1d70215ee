package transconv.explain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import transconv.explain.Drawing.Paint;
import transconv.explain.Table.Kind;

/**
 * The remedies against checkerboards side by side, each applied to a constant image and measured: a kernel that is a
 * multiple of the stride, the same started by ICNR, resize and convolution, and sub-pixel convolution without and with
 * ICNR. Sources: Odena, Dumoulin and Olah (2016); Shi et al. (2016); Aitken et al. (2017), arXiv 1707.02937.
 *
 * <p>Measured on 50 draws of weights with a fixed seed, and so the same each time: once weights above zero, between 0
 * and 1, once weights around zero, as layers start. A kernel that is a multiple of the stride takes away what its size
 * causes; what its weights cause only ICNR and resizing take away, and those until training brings it back.
 *
 * <pre>{@code
 * CheckerboardRemedies remedies = CheckerboardRemedies.of(3, 2);
 * System.out.println(remedies.table().column("weights 0 to 1").get(2)); // 0.000
 * }</pre>
 */
public final class CheckerboardRemedies {

    private static final int DRAWS = 50;
    private static final long SEED = 42;

    private final int kernel;
    private final int stride;

    private CheckerboardRemedies(int kernel, int stride) {
        this.kernel = kernel;
        this.stride = stride;
    }

    /**
     * @param kernel of the layer as it is, at least the stride
     * @param stride at least 2
     * @throws IllegalArgumentException if they are not
     */
    public static CheckerboardRemedies of(int kernel, int stride) {
        if (stride < 2 || kernel < stride || kernel > 9) {
            throw new IllegalArgumentException(
                    "CheckerboardRemedies: kernel=%d with stride=%d; the stride must be at least 2, the kernel from the stride to 9"
                            .formatted(kernel, stride));
        }
        return new CheckerboardRemedies(kernel, stride);
    }

    private static DoubleSupplier positive() {
        return new Random(SEED)::nextDouble;
    }

    private static DoubleSupplier aroundZero() {
        return new Random(SEED)::nextGaussian;
    }

    /** The unevenness of a constant image, enlarged with drawn weights; all draws together. */
    private double measured(Remedy remedy, DoubleSupplier weights) {
        // So far from the border that its zeros do not reach the middle.
        int margin = kernel + 1;
        double[][] image = new double[2 * margin + 1][2 * margin + 1];
        for (double[] row : image) {
            Arrays.fill(row, 1);
        }
        double deviation = 0;
        double energy = 0;
        for (int draw = 0; draw < DRAWS; draw++) {
            double[][] output = remedy.enlarge(image, kernel, stride, weights);
            double[][] block = new double[stride][];
            for (int y = 0; y < stride; y++) {
                block[y] = Arrays.copyOfRange(output[margin * stride + y], margin * stride, (margin + 1) * stride);
            }
            double share = ImageSpectrum.of(block, stride).unevenness();
            double all = Arrays.stream(block)
                    .flatMapToDouble(Arrays::stream)
                    .map(value -> value * value)
                    .sum();
            deviation += share * share * all;
            energy += all;
        }
        return Math.sqrt(deviation / energy);
    }

    /** A row a remedy: predicted unevenness of its kernel size, and measured ones; 0 is even, 1 nothing but pattern. */
    public Table table() {
        Table table = new Table("Unevenness of a constant image, enlarged %d times".formatted(stride))
                .with("remedy", Kind.WORDS)
                .with("kernel", Kind.NUMBER)
                .with("predicted", Kind.NUMBER)
                .with("weights 0 to 1", Kind.NUMBER)
                .with("weights around 0", Kind.NUMBER);
        for (Remedy remedy : Remedy.values()) {
            int taps = remedy.kernel(kernel, stride);
            double predicted = remedy == Remedy.AS_IT_IS
                    ? Checkerboard.predicted(taps, stride).unevenness()
                    : 0;
            table.row(
                    remedy.words(),
                    taps,
                    number(predicted),
                    number(measured(remedy, positive())),
                    number(measured(remedy, aroundZero())));
        }
        return table;
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }

    /** Draws a soft spot, and what each remedy makes of it with one draw of weights between 0 and 1. */
    public Picture picture() {
        int side = 12;
        double[][] spot = new double[side][side];
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                double distance = Math.hypot(y - (side - 1) / 2.0, x - (side - 1) / 2.0);
                spot[y][x] = 0.25 + 0.75 / (1 + Math.exp(1.5 * (distance - 3.5)));
            }
        }
        List<Drawing> parts = new ArrayList<>();
        parts.add(gray("input", "", spot, 160.0 / side));
        for (Remedy remedy : Remedy.values()) {
            double[][] output = remedy.enlarge(spot, kernel, stride, positive());
            parts.add(gray(
                    remedy.words(),
                    "unevenness %s over %d draws".formatted(number(measured(remedy, positive())), DRAWS),
                    output,
                    160.0 / output.length));
        }
        String heading = "Remedies against checkerboards, kernel %d, stride %d".formatted(kernel, stride);
        Drawing whole = Drawing.paragraph(heading, Drawing.TITLE, 600);
        whole.place(Drawing.flow(parts, 20, Svg.WIDEST - 2 * Svg.MARGIN), 0, whole.height() + 8);
        return Picture.still(
                whole,
                heading,
                heading + ". " + table().toString().replaceAll(" {2,}", " ").replace("\n", "; "));
    }

    /** An image in 32 steps of grey, from its least to its largest value. */
    private static Drawing gray(String title, String note, double[][] image, double cell) {
        double least =
                Arrays.stream(image).flatMapToDouble(Arrays::stream).min().orElseThrow();
        double most = Arrays.stream(image).flatMapToDouble(Arrays::stream).max().orElseThrow();
        Function<Double, Paint> paint = value -> {
            int level = (int) Math.round(31 * (value - least) / Math.max(1e-12, most - least)) * 8;
            String color = "#%02x%02x%02x".formatted(level, level, level);
            // As wide as to cover the seams that smoothing leaves between cells.
            return new Paint(color, color, 1, false);
        };
        Drawing drawing = new Drawing();
        drawing.place(Drawing.paragraph(title, Drawing.LABEL, 205), 0, 0);
        drawing.reach(190, 34);
        for (int y = 0; y < image.length; y++) {
            for (int x = 0; x < image[0].length; x++) {
                drawing.box(x * cell, 36 + y * cell, cell, cell, paint.apply(image[y][x]));
            }
        }
        drawing.words(0, drawing.height() + 15, note, Drawing.NOTE);
        return drawing;
    }
}
