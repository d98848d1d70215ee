package transconv.datasets;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Digits as solid bodies in voxels, for three-dimensional convolutions: an image, resized to the volume's height and
 * width, is extruded along the depth and turned about the three axes. The same seed, digits and settings give the same
 * volumes on every machine.
 *
 * <p>Voxel p, counted from the volume's centre, holds ink(q) * clip(thickness / 2 + 1/2 - |q_depth|, 0, 1) with q = R'
 * p: R turns about {@code DEPTH} first, then {@code WIDTH}, then {@code HEIGHT}, and ink is read bilinearly. What a
 * turn carries out of the volume is cut off.
 *
 * <pre>{@code
 * VoxelDigits.Volumes volumes = new VoxelDigits(1).size(8, 12, 16).generate(0, 3);
 * System.out.println(volumes.volumes().size(1) + " " + volumes.labels().length()); // 8 3
 * }</pre>
 */
public final class VoxelDigits {

    /** What a volume turns about. */
    public enum Axis {
        /** Turns as a wheel does that is seen from the front: the width's axis towards the height's, clockwise. */
        DEPTH,
        /** Turns as a door does: the width's axis towards the depth's. */
        HEIGHT,
        /** Tilts forwards and backwards: the height's axis towards the depth's. */
        WIDTH
    }

    private static final int LARGEST_SIDE = 256;

    private final long seed;
    private final DigitImages digits;
    private int depth = 16;
    private int height = 16;
    private int width = 16;
    private Interval thickness = new Interval(3, 5);
    private final Map<Axis, Interval> rotations = new EnumMap<>(Map.of(
            Axis.DEPTH, new Interval(-10, 10), Axis.HEIGHT, new Interval(-45, 45), Axis.WIDTH, new Interval(-20, 20)));

    /**
     * @param images FLOAT [n, height, width, 1 channel] in [0, 1], such as {@link Mnist#trainImages}; drawn from evenly
     * @param labels [n]: the digit each shows, 0 to 9
     * @throws IllegalArgumentException if the shapes do not fit each other or a label is no digit
     */
    public VoxelDigits(long seed, INDArray images, INDArray labels) {
        this.seed = seed;
        digits = DigitImages.of("VoxelDigits", images, labels);
    }

    /** Volumes of {@link GeneratedDigits}. */
    public VoxelDigits(long seed) {
        this.seed = seed;
        digits = DigitImages.generated(seed);
    }

    /**
     * The volume in voxels, 16 x 16 x 16 by default.
     *
     * @throws IllegalArgumentException if one is below 1 or above 256
     */
    public VoxelDigits size(int depth, int height, int width) {
        int checkedDepth = Interval.check("VoxelDigits.size: depth", depth, 1, LARGEST_SIDE);
        int checkedHeight = Interval.check("VoxelDigits.size: height", height, 1, LARGEST_SIDE);
        this.width = Interval.check("VoxelDigits.size: width", width, 1, LARGEST_SIDE);
        this.height = checkedHeight;
        this.depth = checkedDepth;
        return this;
    }

    /** How deep the bodies are, in voxels; 3 to 5 by default, from 1 to 256. */
    public VoxelDigits thickness(double low, double high) {
        thickness = Interval.of("VoxelDigits.thickness", low, high, 1, LARGEST_SIDE);
        return this;
    }

    /** The turn about {@code axis} in degrees; by default -10 to 10 (DEPTH), -45 to 45 (HEIGHT), -20 to 20 (WIDTH). */
    public VoxelDigits rotation(Axis axis, double low, double high) {
        Objects.requireNonNull(axis, "VoxelDigits.rotation: axis is null; give DEPTH, HEIGHT or WIDTH");
        rotations.put(axis, Interval.of("VoxelDigits.rotation: " + axis, low, high, -360, 360));
        return this;
    }

    /**
     * Volumes and the digits in them.
     *
     * @param volumes FLOAT [n, depth, height, width, 1 channel] in [0, 1]; 0 is empty
     * @param labels  INT [n]: the digit, 0 to 9
     */
    public record Volumes(INDArray volumes, INDArray labels) {}

    /**
     * Volumes {@code first} to {@code first + count - 1} of an endless sequence: disjoint ranges make training and test
     * sets.
     *
     * @throws IllegalArgumentException if first is negative, count is below 1 or too large for one array, or an image
     *                                  drawn has ink outside [0, 1]
     */
    public Volumes generate(int first, int count) {
        int size = checkedSize("VoxelDigits.generate", first, count);
        float[] volumes = new float[count * size];
        int[] labels = new int[count];
        for (int n = 0; n < count; n++) {
            Draws draws = new Draws(seed, first + n, 0);
            DigitImages.Digit digit = fitted(digits.draw(draws));
            labels[n] = digit.label();
            double thick = thickness.draw(draws);
            Map<Axis, Double> turns = new EnumMap<>(Axis.class);
            for (Axis axis : Axis.values()) {
                turns.put(axis, rotations.get(axis).draw(draws));
            }
            fill(digit, thick, turns, volumes, n * size);
        }
        return new Volumes(
                Nd4j.createFromArray(volumes).reshape(count, depth, height, width, 1), Nd4j.createFromArray(labels));
    }

    /**
     * The body of volume {@code index}, upright at first, in {@code frames} equal steps of one whole turn about
     * {@code axis}: FLOAT [frames, depth, height, width, 1 channel].
     *
     * @throws IllegalArgumentException as {@link #generate}
     */
    public INDArray turning(int index, Axis axis, int frames) {
        Objects.requireNonNull(axis, "VoxelDigits.turning: axis is null; give DEPTH, HEIGHT or WIDTH");
        Draws.check("VoxelDigits.turning: index", index, 1, 1);
        int size = checkedSize("VoxelDigits.turning: frames", 0, frames);
        Draws draws = new Draws(seed, index, 0);
        DigitImages.Digit digit = fitted(digits.draw(draws));
        double thick = thickness.draw(draws);
        float[] volumes = new float[frames * size];
        for (int f = 0; f < frames; f++) {
            fill(digit, thick, Map.of(axis, 360.0 * f / frames), volumes, f * size);
        }
        return Nd4j.createFromArray(volumes).reshape(frames, depth, height, width, 1);
    }

    private int checkedSize(String place, int first, int count) {
        int size = depth * height * width;
        Draws.check(place, first, count, size);
        return size;
    }

    private DigitImages.Digit fitted(DigitImages.Digit digit) {
        double scale = Math.min((double) height / digit.height(), (double) width / digit.width());
        return digit.resized((int) Math.max(1, Math.rint(digit.height() * scale)), (int)
                Math.max(1, Math.rint(digit.width() * scale)));
    }

    private void fill(DigitImages.Digit digit, double thick, Map<Axis, Double> turns, float[] volumes, int offset) {
        double[] about = {
            Math.toRadians(turns.getOrDefault(Axis.HEIGHT, 0.0)),
            Math.toRadians(turns.getOrDefault(Axis.WIDTH, 0.0)),
            Math.toRadians(turns.getOrDefault(Axis.DEPTH, 0.0))
        };
        double[] cos = new double[about.length];
        double[] sin = new double[about.length];
        for (int a = 0; a < about.length; a++) {
            cos[a] = StrictMath.cos(about[a]);
            sin[a] = StrictMath.sin(about[a]);
        }
        int v = offset;
        for (int d = 0; d < depth; d++) {
            for (int h = 0; h < height; h++) {
                for (int w = 0; w < width; w++) {
                    double z = d - (depth - 1) / 2.0;
                    double y = h - (height - 1) / 2.0;
                    double x = w - (width - 1) / 2.0;
                    // the turns undone, the last one first
                    double x1 = cos[0] * x + sin[0] * z;
                    double z1 = cos[0] * z - sin[0] * x;
                    double y2 = cos[1] * y + sin[1] * z1;
                    double z2 = cos[1] * z1 - sin[1] * y;
                    double x3 = cos[2] * x1 + sin[2] * y2;
                    double y3 = cos[2] * y2 - sin[2] * x1;
                    double inside = Math.min(1, thick / 2 + 0.5 - Math.abs(z2));
                    volumes[v++] = inside <= 0 ? 0 : (float) (inside * ink(digit, y3, x3));
                }
            }
        }
    }

    /** Bilinear; {@code y} and {@code x} count from the image's centre, outside is empty. */
    private static double ink(DigitImages.Digit digit, double y, double x) {
        double row = y + (digit.height() - 1) / 2.0;
        double column = x + (digit.width() - 1) / 2.0;
        int top = (int) Math.floor(row);
        int left = (int) Math.floor(column);
        double down = row - top;
        double right = column - left;
        return (1 - down) * ((1 - right) * pixel(digit, top, left) + right * pixel(digit, top, left + 1))
                + down * ((1 - right) * pixel(digit, top + 1, left) + right * pixel(digit, top + 1, left + 1));
    }

    private static double pixel(DigitImages.Digit digit, int y, int x) {
        boolean outside = y < 0 || x < 0 || y >= digit.height() || x >= digit.width();
        return outside ? 0 : digit.ink()[y * digit.width() + x];
    }
}
