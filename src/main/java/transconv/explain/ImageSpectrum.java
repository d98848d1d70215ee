package transconv.explain;

import java.util.Arrays;
import java.util.Locale;
import transconv.explain.Drawing.Paint;

/**
 * How much of an image repeats with a period, as a checkerboard does: the energy at the multiples of the frequency 1 /
 * period along both axes, over all energy. For the picture of a constant it equals {@link Checkerboard#unevenness}.
 *
 * <pre>{@code
 * double[][] image = {{1, 0, 1, 0}, {1, 0, 1, 0}};
 * System.out.println(ImageSpectrum.of(image, 2).unevenness()); // 0.7071067811865476
 * }</pre>
 */
public final class ImageSpectrum {

    private final double[][] image;
    private final int period;

    private ImageSpectrum(double[][] image, int period) {
        this.image = image;
        this.period = period;
    }

    /**
     * @param image  (height, width); what is beyond a whole number of periods is left out
     * @param period the stride that made it, at least 2
     * @throws IllegalArgumentException if the image is smaller than a period, empty or ragged
     */
    public static ImageSpectrum of(double[][] image, int period) {
        Values.of("image", image);
        if (period < 2 || image.length < period || image[0].length < period) {
            throw new IllegalArgumentException(
                    "ImageSpectrum: period=%d of an image of %d x %d; it must be at least 2 and fit into the image"
                            .formatted(period, image.length, image[0].length));
        }
        int height = image.length / period * period;
        int width = image[0].length / period * period;
        double[][] whole = new double[height][];
        for (int y = 0; y < height; y++) {
            whole[y] = Arrays.copyOf(image[y], width);
        }
        return new ImageSpectrum(whole, period);
    }

    /** Root of the energy at the grid's frequencies over all energy, the constant's included; from 0 to 1. */
    public double unevenness() {
        int height = image.length;
        int width = image[0].length;
        double grid = 0;
        for (int a = 0; a < period; a++) {
            for (int b = 0; b < period; b++) {
                if (a + b > 0) {
                    grid += power(a * height / period, b * width / period);
                }
            }
        }
        // Parseval: the sum of |F|^2 is height * width times that of the squares.
        double all = Arrays.stream(image)
                        .flatMapToDouble(Arrays::stream)
                        .map(value -> value * value)
                        .sum()
                * height
                * width;
        return all == 0 ? 0 : Math.sqrt(grid / all);
    }

    /** |F|^2 at a number of waves down and across. */
    private double power(int down, int across) {
        int height = image.length;
        int width = image[0].length;
        double real = 0;
        double imaginary = 0;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                double angle = -2 * Math.PI * ((double) down * y / height + (double) across * x / width);
                real += image[y][x] * Math.cos(angle);
                imaginary += image[y][x] * Math.sin(angle);
            }
        }
        return real * real + imaginary * imaginary;
    }

    /** Draws the spectrum across the image, rows averaged: the period's frequencies stand out where there is a grid. */
    public Picture picture() {
        int width = image[0].length;
        int count = width / 2;
        double[] decibels = new double[count];
        for (int wave = 1; wave <= count; wave++) {
            double power = 0;
            for (double[] row : image) {
                power += new ImageSpectrum(new double[][] {row}, period).power(0, wave);
            }
            decibels[wave - 1] = 10 * Math.log10(Math.max(1e-12, power / image.length / width / width));
        }
        double top = Arrays.stream(decibels).max().orElse(0);
        double bottom = Math.max(top - 60, Arrays.stream(decibels).min().orElse(0)) - 3;
        Drawing bars = new Drawing();
        double step = Math.max(3, Math.min(24, 640.0 / count));
        double height = 160;
        bars.box(0, 0, count * step, height, new Paint("#f1f2f3", Colors.EDGE, 1, false));
        for (int wave = 1; wave <= count; wave++) {
            boolean isGrid = wave * period % width == 0;
            double tall = Math.max(0, (decibels[wave - 1] - bottom) / (top - bottom + 1e-9)) * height;
            bars.box(
                    (wave - 1) * step + 0.5,
                    height - tall,
                    step - 1,
                    tall,
                    new Paint(isGrid ? Colors.VERMILLION : Colors.SKY, null, 0, false));
            if (isGrid) {
                bars.words(
                        (wave - 0.5) * step,
                        height + 14,
                        "%d/%d".formatted(wave * period / width, period),
                        new Drawing.Type(Colors.TEXT, 11, "middle", true, false));
            }
        }
        String found = String.format(
                Locale.ROOT,
                "Unevenness %.3f: share of the pattern that repeats every %d pixels.",
                unevenness(),
                period);
        Drawing whole = Drawing.paragraph("Spectrum across, rows averaged", Drawing.TITLE, 480);
        whole.place(
                Drawing.paragraph(
                        String.format(
                                Locale.ROOT,
                                "Power from %.0f to %.0f dB over waves a pixel; marked: multiples of 1/%d.",
                                bottom,
                                top,
                                period),
                        Drawing.NOTE,
                        480),
                0,
                whole.height());
        whole.place(bars, 0, whole.height() + 6);
        whole.place(Drawing.paragraph(found, Drawing.FORMULA, 480), 0, whole.height() + 4);
        return Picture.still(whole, "Spectrum of an image", "Spectrum of an image. " + found);
    }

    @Override
    public String toString() {
        return picture().altText();
    }
}
