package transconv.datasets;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class DigitScenesTest {

    /** One image of 12 rows and 10 columns: a bar of 8 x 2 pixels of full ink with a faint column to its right. */
    private static INDArray bar(int images) {
        INDArray bars = Nd4j.zeros(images, 12, 10, 1);
        for (int n = 0; n < images; n++) {
            for (int y = 2; y < 10; y++) {
                bars.putScalar(new long[] {n, y, 4, 0}, 1);
                bars.putScalar(new long[] {n, y, 5, 0}, 1);
                bars.putScalar(new long[] {n, y, 6, 0}, 0.25);
            }
        }
        return bars;
    }

    private static DigitScenes bars() {
        return new DigitScenes(7, bar(1), Nd4j.createFromArray(4)).size(20, 30).scales(1, 1);
    }

    private static float[] floats(INDArray array) {
        return array.reshape(array.length()).toFloatVector();
    }

    private static int[] ints(INDArray array) {
        return array.reshape(array.length()).toIntVector();
    }

    @Test
    void oneBarLiesWholeInTheFrameWithItsClass() {
        DigitScenes.Scenes scenes = bars().counts(1, 1).generate(0, 40);
        assertArrayEquals(new long[] {40, 20, 30, 1}, scenes.images().shape());
        assertArrayEquals(new long[] {40, 20, 30}, scenes.labels().shape());
        int[] labels = ints(scenes.labels());
        float[] images = floats(scenes.images());
        for (int n = 0; n < 40; n++) {
            int top = -1;
            int left = -1;
            for (int p = 0; p < 600 && top < 0; p++) {
                if (labels[n * 600 + p] != 0) {
                    top = p / 30;
                    left = p % 30;
                }
            }
            for (int y = 0; y < 20; y++) {
                for (int x = 0; x < 30; x++) {
                    boolean row = y >= top && y < top + 8;
                    float ink = !row || x < left || x > left + 2 ? 0 : x == left + 2 ? 0.25f : 1;
                    assertEquals(ink, images[n * 600 + y * 30 + x]);
                    assertEquals(ink == 1 ? 5 : 0, labels[n * 600 + y * 30 + x]);
                }
            }
        }
    }

    @Test
    void thePlacesReachEveryBorder() {
        int[] labels = ints(bars().counts(1, 1).generate(0, 600).labels());
        boolean[] rows = new boolean[20];
        boolean[] columns = new boolean[30];
        for (int p = 0; p < labels.length; p++) {
            if (labels[p] != 0) {
                rows[p % 600 / 30] = true;
                columns[p % 30] = true;
            }
        }
        assertTrue(rows[0] && rows[19] && columns[0] && columns[28], "a bar never touched a border");
        assertTrue(!columns[29], "the faint column left the frame");
    }

    @Test
    void theThresholdSaysWhichInkCounts() {
        int[] dark = ints(bars().counts(1, 1).generate(0, 1).labels());
        int[] faint = ints(bars().counts(1, 1).inkThreshold(0.25).generate(0, 1).labels());
        assertEquals(16, Arrays.stream(dark).filter(c -> c == 5).count());
        assertEquals(24, Arrays.stream(faint).filter(c -> c == 5).count());
    }

    @Test
    void scaledBarsHaveTheScaledArea() {
        int[] labels = ints(bars().counts(1, 1).scales(2, 2).generate(0, 1).labels());
        // 16 rows; its 6 columns hold 1, 1, 1, 0.8125, 0.4375 and 0.25 of ink
        assertEquals(16 * 4, Arrays.stream(labels).filter(c -> c == 5).count());
    }

    @Test
    void withoutOverlapNoPixelIsCoveredAndWithItSomeAre() {
        int[] apart = ints(bars().counts(4, 4).overlap(0).generate(0, 50).labels());
        for (int n = 0; n < 50; n++) {
            long inked = Arrays.stream(apart, n * 600, n * 600 + 600)
                    .filter(c -> c == 5)
                    .count();
            assertEquals(0, inked % 16, "scene " + n + " shows a part of a bar");
            assertTrue(inked >= 32, "scene " + n + " shows " + inked / 16 + " bars");
        }
        int[] free = ints(bars().counts(4, 4).overlap(1).generate(0, 50).labels());
        assertTrue(Arrays.stream(free).filter(c -> c == 5).count() < 50 * 64);
    }

    @Test
    void noMoreThanTheShareIsCovered() {
        int[] labels = ints(bars().counts(2, 2).overlap(0.5).generate(0, 200).labels());
        int least = 64;
        for (int n = 0; n < 200; n++) {
            least = (int) Math.min(
                    least,
                    Arrays.stream(labels, n * 600, n * 600 + 600)
                            .filter(c -> c != 0)
                            .count());
        }
        assertTrue(least >= 24 && least < 32, "the fewest pixels of two bars: " + least);
    }

    @Test
    void laterDigitsLieOnTop() {
        DigitScenes scenes = new DigitScenes(3, bar(2), Nd4j.createFromArray(0, 9))
                .size(12, 30)
                .scales(1, 1)
                .overlap(1);
        // One digit a scene tells which one lies first where there are two.
        int[] first = ints(scenes.counts(1, 1).generate(0, 300).labels());
        int[] both = ints(scenes.counts(2, 2).generate(0, 300).labels());
        int covered = 0;
        for (int n = 0; n < 300; n++) {
            int[] below = new int[11];
            int[] seen = new int[11];
            Arrays.stream(first, n * 360, n * 360 + 360).forEach(c -> below[c]++);
            Arrays.stream(both, n * 360, n * 360 + 360).forEach(c -> seen[c]++);
            int later = below[1] > 0 ? 10 : 1;
            if (seen[later] > 0) {
                assertEquals(16, seen[later], "scene " + n + ": the later digit must be seen whole");
                covered += seen[11 - later] < 16 ? 1 : 0;
            }
        }
        assertTrue(covered > 10, "only " + covered + " scenes with one digit over another");
    }

    @Test
    void aPixelIsBackgroundExactlyBelowTheThreshold() {
        DigitScenes.Scenes scenes = new DigitScenes(1).size(56, 72).overlap(0.6).generate(0, 100);
        float[] ink = floats(scenes.images());
        int[] labels = ints(scenes.labels());
        int[] counts = new int[11];
        for (int p = 0; p < labels.length; p++) {
            assertEquals(ink[p] >= 0.5f, labels[p] > 0);
            counts[labels[p]]++;
        }
        for (int c = 1; c <= 10; c++) {
            assertTrue(counts[c] > 500, "class " + c + ": " + Arrays.toString(counts));
        }
    }

    @Test
    void oneHotHasItsOneAtTheLabel() {
        DigitScenes.Scenes scenes = bars().counts(1, 1).generate(0, 2);
        INDArray oneHot = scenes.oneHot();
        assertArrayEquals(new long[] {2, 20, 30, 11}, oneHot.shape());
        assertEquals(1200, oneHot.sumNumber().intValue());
        int[] labels = ints(scenes.labels());
        float[] values = floats(oneHot);
        for (int p = 0; p < 1200; p++) {
            assertEquals(1, values[p * 11 + labels[p]]);
        }
    }

    @Test
    void theSameSeedGivesTheSameBitsWhereverTheRangeBegins() {
        DigitScenes.Scenes four = new DigitScenes(5).generate(0, 4);
        DigitScenes.Scenes last = new DigitScenes(5).generate(3, 1);
        assertArrayEquals(Arrays.copyOfRange(floats(four.images()), 3 * 4096, 4 * 4096), floats(last.images()));
        assertArrayEquals(Arrays.copyOfRange(ints(four.labels()), 3 * 4096, 4 * 4096), ints(last.labels()));
        assertEquals(-1_982_333_758, Arrays.hashCode(floats(four.images())));
        assertNotEquals(
                Arrays.hashCode(floats(four.images())),
                Arrays.hashCode(floats(new DigitScenes(6).generate(0, 4).images())));
    }

    private static void refused(String words, Executable call) {
        assertEquals(words, assertThrows(IllegalArgumentException.class, call).getMessage());
    }

    @Test
    void refusals() {
        refused("DigitScenes.size: width(7): must be 8 to 4096; give a number in that range", () -> new DigitScenes(1)
                .size(8, 7));
        refused(
                "DigitScenes.counts(3, 2): must be 1 <= low <= high <= 100; give the smaller one first",
                () -> new DigitScenes(1).counts(3, 2));
        refused(
                "DigitScenes.scales(0, 2): must be 0.1 <= low <= high <= 20; give the smaller one first",
                () -> new DigitScenes(1).scales(0, 2));
        refused("DigitScenes.overlap(NaN): must be 0 to 1; give a number in that range", () -> new DigitScenes(1)
                .overlap(Double.NaN));
        refused("DigitScenes.inkThreshold(0): must be 0.001 to 1; give a number in that range", () -> new DigitScenes(1)
                .inkThreshold(0));
        refused(
                "DigitScenes.generate(-1, 2): first must be at least 0 and count 1 to 524287; ask for fewer samples at"
                        + " a time",
                () -> new DigitScenes(1).generate(-1, 2));
        refused(
                "DigitScenes: a digit of 8 x 3 pixels at scale 3.00 leaves the canvas of 20 x 30; lower scales or"
                        + " raise size",
                () -> bars().scales(3, 3).generate(0, 1));
        refused(
                "DigitScenes: images [1, 12, 10, 1] and labels [2]; must be [n, height, width, 1] and [n]; reshape"
                        + " them",
                () -> new DigitScenes(1, bar(1), Nd4j.createFromArray(1, 2)));
        refused(
                "DigitScenes: labels[0]=10 must be a digit, 0 to 9; leave other classes out",
                () -> new DigitScenes(1, bar(1), Nd4j.createFromArray(10)));
        refused(
                "DigitScenes: images[0] holds 255.0; ink must be in [0, 1]; divide bytes by 255",
                () -> new DigitScenes(1, bar(1).mul(255), Nd4j.createFromArray(1)).generate(0, 1));
    }
}
