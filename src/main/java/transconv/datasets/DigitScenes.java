package transconv.datasets;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Scenes of several digits on a larger canvas with a class for every pixel, for semantic segmentation: 0 is
 * background, 1 to 10 are the digits 0 to 9. The same seed, digits and settings give the same scenes on every machine.
 *
 * <p>Each digit is cut to the box of its ink, scaled and laid wholly inside the canvas, later ones on top: where a
 * digit's ink reaches {@code inkThreshold} it replaces what lies there, elsewhere the brighter of both is seen. So a
 * pixel is background exactly where the image is below the threshold.
 *
 * <pre>{@code
 * DigitScenes.Scenes scenes = new DigitScenes(1).size(48, 64).generate(0, 3);
 * System.out.println(scenes.images().shapeInfoToString().contains("48,64") + " " + scenes.labels().rank()); // true 3
 * }</pre>
 */
public final class DigitScenes {

    /** Background and ten digits. */
    public static final int CLASSES = 11;

    private static final int ATTEMPTS = 50;
    private static final int LARGEST_SIDE = 4096;

    private final long seed;
    private final DigitImages digits;
    private int height = 64;
    private int width = 64;
    private Interval counts = new Interval(2, 5);
    private Interval scales = new Interval(0.8, 1.3);
    private double overlap = 0.2;
    private float inkThreshold = 0.5f;

    /**
     * @param images FLOAT [n, height, width, 1 channel] in [0, 1], such as {@link Mnist#trainImages}; drawn from evenly
     * @param labels [n]: the digit each shows, 0 to 9
     * @throws IllegalArgumentException if the shapes do not fit each other or a label is no digit
     */
    public DigitScenes(long seed, INDArray images, INDArray labels) {
        this.seed = seed;
        digits = DigitImages.of("DigitScenes", images, labels);
    }

    /** Scenes of {@link GeneratedDigits}. */
    public DigitScenes(long seed) {
        this.seed = seed;
        digits = DigitImages.generated(seed);
    }

    /**
     * The canvas in pixels, 64 x 64 by default.
     *
     * @throws IllegalArgumentException if either is below 8 or above 4096
     */
    public DigitScenes size(int height, int width) {
        int checkedHeight = Interval.check("DigitScenes.size: height", height, 8, LARGEST_SIDE);
        this.width = Interval.check("DigitScenes.size: width", width, 8, LARGEST_SIDE);
        this.height = checkedHeight;
        return this;
    }

    /** How many digits a scene is given, each number equally likely; 2 to 5 by default, at most 100. */
    public DigitScenes counts(int low, int high) {
        counts = Interval.of("DigitScenes.counts", low, high, 1, 100);
        return this;
    }

    /** How much larger than in its image a digit is drawn; 0.8 to 1.3 by default, from 0.1 to 20. */
    public DigitScenes scales(double low, double high) {
        scales = Interval.of("DigitScenes.scales", low, high, 0.1, 20);
        return this;
    }

    /**
     * The largest share of a digit's labelled pixels that later digits may cover, in [0, 1]; 0.2 by default. A digit
     * for which no such place is found in 50 attempts is left out; the first one never is.
     */
    public DigitScenes overlap(double largestShare) {
        overlap = Interval.check("DigitScenes.overlap", largestShare, 0, 1);
        return this;
    }

    /** The ink from which on a pixel belongs to a digit, above 0 and at most 1; 0.5 by default. */
    public DigitScenes inkThreshold(double ink) {
        inkThreshold = (float) Interval.check("DigitScenes.inkThreshold", ink, 0.001, 1);
        return this;
    }

    /**
     * Scenes and the class of their pixels.
     *
     * @param images FLOAT [n, height, width, 1 channel] in [0, 1]
     * @param labels INT [n, height, width]: 0 for background, digit + 1 elsewhere
     */
    public record Scenes(INDArray images, INDArray labels) {

        /** The labels one-hot: FLOAT [n, height, width, 11 classes]. */
        public INDArray oneHot() {
            int[] classes = labels.reshape(labels.length()).toIntVector();
            float[] values = new float[Math.multiplyExact(classes.length, CLASSES)];
            for (int p = 0; p < classes.length; p++) {
                values[p * CLASSES + classes[p]] = 1;
            }
            return Nd4j.createFromArray(values).reshape(labels.size(0), labels.size(1), labels.size(2), CLASSES);
        }
    }

    /**
     * Scenes {@code first} to {@code first + count - 1} of an endless sequence: disjoint ranges make training and test
     * sets.
     *
     * @throws IllegalArgumentException if first is negative, count is below 1 or too large for one array, a digit does
     *                                  not fit the canvas at its scale, or an image drawn has ink outside [0, 1]
     */
    public Scenes generate(int first, int count) {
        int size = height * width;
        Draws.check("DigitScenes.generate", first, count, size);
        float[] images = new float[count * size];
        int[] labels = new int[count * size];
        for (int n = 0; n < count; n++) {
            draw(new Canvas(images, labels, n * size), new Draws(seed, first + n, 0));
        }
        return new Scenes(
                Nd4j.createFromArray(images).reshape(count, height, width, 1),
                Nd4j.createFromArray(labels).reshape(count, height, width));
    }

    private void draw(Canvas canvas, Draws draws) {
        int wanted = counts.drawWhole(draws);
        // owner[p]: 1 + the number of the digit whose pixel it is; inked and seen: its labelled pixels, drawn and left
        int[] owner = new int[height * width];
        int[] inked = new int[wanted + 1];
        int[] seen = new int[wanted + 1];
        for (int d = 1; d <= wanted; d++) {
            DigitImages.Digit digit = scaled(digits.draw(draws).cropped(), scales.draw(draws));
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                int top = draws.whole(0, height - digit.height());
                int left = draws.whole(0, width - digit.width());
                if (fits(digit, top, left, owner, inked, seen)) {
                    canvas.lay(digit, top, left, d, owner, inked, seen);
                    break;
                }
            }
        }
    }

    private DigitImages.Digit scaled(DigitImages.Digit digit, double scale) {
        int h = (int) Math.max(1, Math.rint(digit.height() * scale));
        int w = (int) Math.max(1, Math.rint(digit.width() * scale));
        if (h > height || w > width) {
            throw new IllegalArgumentException(
                    "DigitScenes: a digit of %d x %d pixels at scale %.3g leaves the canvas of %d x %d; "
                                    .formatted(digit.height(), digit.width(), scale, height, width)
                            + "lower scales or raise size");
        }
        return digit.resized(h, w);
    }

    private boolean fits(DigitImages.Digit digit, int top, int left, int[] owner, int[] inked, int[] seen) {
        int[] after = seen.clone();
        for (int y = 0; y < digit.height(); y++) {
            for (int x = 0; x < digit.width(); x++) {
                if (digit.ink()[y * digit.width() + x] >= inkThreshold) {
                    after[owner[(top + y) * width + left + x]]--;
                }
            }
        }
        for (int d = 1; d < after.length; d++) {
            if (inked[d] - after[d] > overlap * inked[d]) {
                return false;
            }
        }
        return true;
    }

    /** One scene's part of the arrays. */
    private final class Canvas {
        private final float[] images;
        private final int[] labels;
        private final int offset;

        Canvas(float[] images, int[] labels, int offset) {
            this.images = images;
            this.labels = labels;
            this.offset = offset;
        }

        void lay(DigitImages.Digit digit, int top, int left, int number, int[] owner, int[] inked, int[] seen) {
            for (int y = 0; y < digit.height(); y++) {
                for (int x = 0; x < digit.width(); x++) {
                    float ink = digit.ink()[y * digit.width() + x];
                    int p = (top + y) * width + left + x;
                    if (ink >= inkThreshold) {
                        images[offset + p] = ink;
                        labels[offset + p] = digit.label() + 1;
                        seen[owner[p]]--;
                        owner[p] = number;
                        inked[number]++;
                        seen[number]++;
                    } else {
                        images[offset + p] = Math.max(images[offset + p], ink);
                    }
                }
            }
        }
    }
}
