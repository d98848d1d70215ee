package transconv.datasets;

import java.util.SplittableRandom;

/**
 * Digits drawn from skeletons of strokes, each with its own slant, turn, size, place, bend and stroke width: a stand-in
 * for MNIST where the real digits cannot be had. The same seed and index give the same image on every machine.
 *
 * <pre>{@code
 * byte[] pixels = new GeneratedDigits(1).image(0);   // [28 height, 28 width], 0 background to 255 ink
 * }</pre>
 *
 * @param seed chooses one of 2^64 endless sets of digits
 */
public record GeneratedDigits(long seed) {

    /** The images' height and width in pixels, as MNIST's. */
    public static final int SIDE = 28;

    /** MNIST fits its digits into a box of this many pixels. */
    private static final double BOX = 20;

    private static final int STEPS = 5;
    /** In pixels, from full ink to none. */
    private static final double EDGE = 1.2;

    /** The digit that image {@code index} shows, 0 to 9, each equally likely. */
    public int label(int index) {
        return random(index).nextInt(10);
    }

    /** Image {@code index}: [28 height, 28 width] row by row, unsigned bytes, 0 for background to 255 for full ink. */
    public byte[] image(int index) {
        SplittableRandom random = random(index);
        double[][][] variants = DigitStrokes.of(random.nextInt(10));
        double[][] strokes = variants[random.nextInt(variants.length)];
        Hand hand = new Hand(random);
        double halfWidth = between(random, 0.75, 1.55);
        double[] ink = new double[SIDE * SIDE];
        for (double[] stroke : strokes) {
            draw(stroke, hand, halfWidth, ink);
        }
        byte[] pixels = new byte[ink.length];
        for (int p = 0; p < ink.length; p++) {
            pixels[p] = (byte) Math.round(255 * ink[p]);
        }
        return pixels;
    }

    private SplittableRandom random(int index) {
        // SplittableRandom mixes its seed well, so neighbouring indexes give unrelated digits.
        return new SplittableRandom(seed * 0x9E3779B97F4A7C15L + index);
    }

    private static double between(SplittableRandom random, double low, double high) {
        return low + (high - low) * random.nextDouble();
    }

    /** Joins the points of {@code stroke} (x, y, x, y ...) by a Catmull-Rom spline, cut into short straight lines. */
    private static void draw(double[] stroke, Hand hand, double halfWidth, double[] ink) {
        int points = stroke.length / 2;
        double[] from = hand.place(stroke[0], stroke[1]);
        for (int i = 0; i + 1 < points; i++) {
            int before = Math.max(i - 1, 0);
            int after = Math.min(i + 2, points - 1);
            for (int step = 1; step <= STEPS; step++) {
                double t = (double) step / STEPS;
                double x = spline(stroke[2 * before], stroke[2 * i], stroke[2 * i + 2], stroke[2 * after], t);
                double y =
                        spline(stroke[2 * before + 1], stroke[2 * i + 1], stroke[2 * i + 3], stroke[2 * after + 1], t);
                double[] to = hand.place(x, y);
                line(from, to, halfWidth, ink);
                from = to;
            }
        }
    }

    /** Catmull and Rom (1974), tension 1/2. */
    private static double spline(double p0, double p1, double p2, double p3, double t) {
        return p1 + 0.5 * t * (p2 - p0 + t * (2 * p0 - 5 * p1 + 4 * p2 - p3 + t * (3 * (p1 - p2) + p3 - p0)));
    }

    private static void line(double[] a, double[] b, double halfWidth, double[] ink) {
        double reach = halfWidth + EDGE / 2;
        int left = (int) Math.max(0, Math.floor(Math.min(a[0], b[0]) - reach));
        int right = (int) Math.min(SIDE - 1, Math.ceil(Math.max(a[0], b[0]) + reach));
        int top = (int) Math.max(0, Math.floor(Math.min(a[1], b[1]) - reach));
        int bottom = (int) Math.min(SIDE - 1, Math.ceil(Math.max(a[1], b[1]) + reach));
        double dx = b[0] - a[0];
        double dy = b[1] - a[1];
        double length2 = Math.max(dx * dx + dy * dy, 1e-12);
        for (int y = top; y <= bottom; y++) {
            for (int x = left; x <= right; x++) {
                double along = Math.min(1, Math.max(0, ((x - a[0]) * dx + (y - a[1]) * dy) / length2));
                double offX = x - a[0] - along * dx;
                double offY = y - a[1] - along * dy;
                double inside = (reach - Math.sqrt(offX * offX + offY * offY)) / EDGE;
                int p = y * SIDE + x;
                ink[p] = Math.max(ink[p], Math.min(1, inside));
            }
        }
    }

    /** How one digit lies on the page: from the skeleton's unit square to pixels. */
    private static final class Hand {
        private final double xx;
        private final double xy;
        private final double yx;
        private final double yy;
        private final double shiftX;
        private final double shiftY;
        private final double bend;
        private final double phase;

        Hand(SplittableRandom random) {
            double turn = between(random, -0.2, 0.2);
            double slant = between(random, -0.12, 0.38);
            double width = BOX * between(random, 0.75, 1.05);
            double height = BOX * between(random, 0.85, 1.0);
            xx = width * Math.cos(turn);
            xy = -height * (Math.sin(turn) + slant * Math.cos(turn));
            yx = width * Math.sin(turn);
            yy = height * (Math.cos(turn) - slant * Math.sin(turn));
            shiftX = (SIDE - 1) / 2.0 + between(random, -1.2, 1.2);
            shiftY = (SIDE - 1) / 2.0 + between(random, -1.2, 1.2);
            bend = between(random, 0, 0.05);
            phase = between(random, 0, 2 * Math.PI);
        }

        double[] place(double x, double y) {
            double u = x - 0.5 + bend * Math.sin(phase + 5 * y);
            double v = y - 0.5 + bend * Math.cos(phase + 5 * x);
            return new double[] {shiftX + xx * u + xy * v, shiftY + yx * u + yy * v};
        }
    }
}
