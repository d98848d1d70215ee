package transconv.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import transconv.ops.Geometries;
import transconv.ops.RandomGeometry;
import transconv.shape.Axis;

/**
 * The property that defines a transposed convolution, {@code <C x, y> = <x, C' y>}, against the form as it is written.
 */
class AdjointTest {

    /** Of a sum of at most some thousand products of numbers up to 1. */
    private static final double ROUNDING = 1e-11;

    @Provide
    Arbitrary<RandomGeometry> settings() {
        return Geometries.withValues();
    }

    @Property(tries = 3_000)
    void allThreeFacesGiveTheForm(@ForAll("settings") RandomGeometry drawn) {
        Convolution loops = loops(drawn);
        double[] x = values(drawn.geometry().large(drawn.batch()).elements(), drawn.seed());
        double[] k = values(drawn.geometry().kernel().elements(), drawn.seed() + 1);
        double[] y = values(drawn.geometry().small(drawn.batch()).elements(), drawn.seed() + 2);
        double form = form(loops, x, k, y);
        assertEquals(form, dot(loops.convolve(x, k), y), ROUNDING, "<C x, y>");
        assertEquals(form, dot(x, loops.transpose(y, k)), ROUNDING, "<x, C' y>");
        assertEquals(form, dot(loops.kernelGradient(x, y), k), ROUNDING, "<K(x, y), k>");
    }

    /** T(x, k, y), value of y by value of k, with the positions worked out from their numbers in memory. */
    private static double form(Convolution of, double[] x, double[] k, double[] y) {
        int smallBlock = of.smallChannels() / of.groups();
        int largeBlock = of.largeChannels() / of.groups();
        double sum = 0;
        for (int yAt = 0; yAt < y.length; yAt++) {
            for (int kAt = 0; kAt < k.length; kAt++) {
                int filter = yAt % of.smallChannels();
                int position = yAt / of.smallChannels();
                int tap = kAt / of.smallChannels() / largeBlock;
                int channel = filter / smallBlock * largeBlock + kAt / of.smallChannels() % largeBlock;
                int xAt = 0;
                int step = of.largeChannels();
                boolean inside = kAt % of.smallChannels() == filter;
                for (int axis = 2; axis >= 0; axis--) {
                    int o = position % of.small()[axis];
                    int t = tap % of.kernel()[axis];
                    int i = o * of.stride()[axis] + t * of.dilation()[axis] - of.crop()[axis];
                    inside &= 0 <= i && i < of.large()[axis];
                    xAt += i * step;
                    step *= of.large()[axis];
                    position /= of.small()[axis];
                    tap /= of.kernel()[axis];
                }
                // What is left of the position is the sample.
                sum += inside ? y[yAt] * k[kAt] * x[position * step + xAt + channel] : 0;
            }
        }
        return sum;
    }

    private static Convolution loops(RandomGeometry drawn) {
        List<Axis> axes = drawn.geometry().toThreeAxes().axes();
        return new Convolution(
                drawn.batch(),
                drawn.geometry().largeChannels(),
                drawn.geometry().smallChannels(),
                drawn.geometry().groups(),
                axes.stream().mapToInt(Axis::large).toArray(),
                axes.stream().mapToInt(Axis::small).toArray(),
                axes.stream().mapToInt(Axis::kernel).toArray(),
                axes.stream().mapToInt(Axis::stride).toArray(),
                axes.stream().mapToInt(Axis::dilation).toArray(),
                axes.stream().mapToInt(Axis::crop).toArray());
    }

    @Provide
    Arbitrary<double[][]> matrices() {
        Arbitrary<Integer> length = Arbitraries.integers().between(1, 5);
        return length.flatMap(width -> Arbitraries.doubles()
                .between(-1, 1)
                .array(double[].class)
                .ofSize(width)
                .array(double[][].class)
                .ofMinSize(1)
                .ofMaxSize(5));
    }

    /** The stamps against the windows of a convolution. */
    @Property(tries = 1_000)
    void stampingIsTheTransposeOfSliding(
            @ForAll("matrices") double[][] y,
            @ForAll("matrices") double[][] k,
            @ForAll @IntRange(min = 1, max = 4) int stride,
            @ForAll @IntRange(min = 0, max = 1) int padding,
            @ForAll @IntRange(min = 0, max = 999_999) int seed) {
        int height = (y.length - 1) * stride + k.length - 2 * padding;
        int width = (y[0].length - 1) * stride + k[0].length - 2 * padding;
        if (height < 1 || width < 1) {
            assertThrows(IllegalArgumentException.class, () -> TransConv.transConv(y, k, stride, padding));
            return;
        }
        double[] x = values(height * width, seed);
        double sliding = 0;
        for (int i = 0; i < y.length; i++) {
            for (int j = 0; j < y[0].length; j++) {
                sliding += y[i][j] * window(x, height, width, k, i * stride - padding, j * stride - padding);
            }
        }
        double stamping = 0;
        double[][] stamped = TransConv.transConv(y, k, stride, padding);
        for (int i = 0; i < height; i++) {
            for (int j = 0; j < width; j++) {
                stamping += x[i * width + j] * stamped[i][j];
            }
        }
        assertEquals(sliding, stamping, ROUNDING);
    }

    private static double window(double[] x, int height, int width, double[][] k, int top, int left) {
        double sum = 0;
        for (int i = Math.max(0, top); i < Math.min(height, top + k.length); i++) {
            for (int j = Math.max(0, left); j < Math.min(width, left + k[0].length); j++) {
                sum += x[i * width + j] * k[i - top][j - left];
            }
        }
        return sum;
    }

    private static double[] values(int count, long seed) {
        return new SplittableRandom(seed).doubles(count, -1, 1).toArray();
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
