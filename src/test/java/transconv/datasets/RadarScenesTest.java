package transconv.datasets;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.nd4j.linalg.api.ndarray.INDArray;

class RadarScenesTest {

    /** 0.4 m deep at 0.1 m/ns: t0 = 8 ns; 0.3 m aside the way is 0.5 m long: 10 ns. */
    private static final RadarScenes.BuriedObject OBJECT = new RadarScenes.BuriedObject(0.5, 0.4, 0.1, 0.8);

    private static float[] floats(INDArray array) {
        return array.reshape(array.length()).toFloatVector();
    }

    @Test
    void arrivalsAreThoseOfTheTriangle() {
        assertEquals(8, OBJECT.arrival(0.5), 1e-12);
        assertEquals(10, OBJECT.arrival(0.8), 1e-12);
        assertEquals(10, OBJECT.arrival(0.2), 1e-12);
        assertEquals(Math.sqrt(8 * 8 + 4 * 0.25 / 0.01), OBJECT.arrival(0), 1e-12);
    }

    /** At f = 500 MHz and t = 1 ns a = (pi / 2)²: (1 - 4.934802) exp(-2.467401) = -0.333691. */
    @Test
    void theWaveletIsRickers() {
        assertEquals(1, RadarScan.ricker(0, 500));
        assertEquals(-0.333691, RadarScan.ricker(1, 500), 1e-6);
        assertEquals(-0.333691, RadarScan.ricker(-1, 500), 1e-6);
        assertEquals(0, RadarScan.ricker(1000 / (Math.PI * 500 * Math.sqrt(2)), 500), 1e-12);
        double lobe = 1000 * Math.sqrt(1.5) / (Math.PI * 500);
        assertEquals(-2 * Math.exp(-1.5), RadarScan.ricker(lobe, 500), 1e-12);
        assertTrue(RadarScan.ricker(lobe + 0.05, 500) > RadarScan.ricker(lobe, 500));
        assertTrue(RadarScan.ricker(lobe - 0.05, 500) > RadarScan.ricker(lobe, 500));
    }

    /** Rows of 0.25 ns and columns of 0.1 m: the apex is in row 32 of column 5, and row 40 of columns 2 and 8. */
    @Test
    void anObjectsEchoStandsWhereItArrives() {
        RadarScan scan = new RadarScan(60, 11, 0.25, 0.1, 500, 0.05);
        scan.point(OBJECT, true);
        float[] image = new float[660];
        float[] mask = new float[660];
        scan.write(new Draws(0, 0, 0), 0, image, mask, 0);
        assertEquals(0.8 * Math.exp(-0.4), image[32 * 11 + 5], 1e-6);
        // (8 / 10)² sideways
        assertEquals(0.8 * 0.64 * Math.exp(-0.5), image[40 * 11 + 2], 1e-6);
        assertEquals(0.8 * 0.64 * Math.exp(-0.5), image[40 * 11 + 8], 1e-6);
        // The side lobes are at +-0.7797 ns: three rows each side.
        for (int i = 0; i < 60; i++) {
            assertEquals(i >= 29 && i <= 35 ? 1 : 0, mask[i * 11 + 5], "row " + i + " at the apex");
            assertEquals(i >= 37 && i <= 43 ? 1 : 0, mask[i * 11 + 8], "row " + i + " 0.3 m aside");
        }
    }

    @Test
    void theMaskEndsWhereTheBranchIsFaint() {
        // 1 m aside: t = sqrt(64 + 400) = 21.54 ns, (8 / 21.54)² = 0.138 of the apex' amplitude
        RadarScan scan = new RadarScan(120, 11, 0.25, 0.2, 500, 0);
        scan.point(OBJECT, true);
        float[] mask = new float[1320];
        scan.write(new Draws(0, 0, 0), 0, new float[1320], mask, 0);
        for (int x = 0; x < 11; x++) {
            double arrival = Math.hypot(8, 20 * (0.2 * x - 0.5));
            int column = x;
            long marked = java.util.stream.IntStream.range(0, 120)
                    .filter(i -> mask[i * 11 + column] == 1)
                    .count();
            assertEquals(64 / (arrival * arrival) >= 0.25, marked > 0, "trace " + x);
        }
    }

    @Test
    void objectsChangeTheScanOnlyByTheirEcho() {
        RadarScenes quiet = new RadarScenes(3).size(64, 48).noise(0);
        RadarScenes.Scenes without = quiet.generate(0, 6);
        RadarScenes.Scenes with = quiet.objects(1, 1).generate(0, 6);
        float[] difference = floats(with.images().sub(without.images()));
        float[] mask = floats(with.masks());
        for (int n = 0; n < 6; n++) {
            assertEquals(0, without.objects().get(n).size());
            RadarScenes.BuriedObject object = with.objects().get(n).get(0);
            int trace = (int) Math.round(object.position() / 0.025);
            int row = (int) Math.round(object.arrival(trace * 0.025) / 0.25);
            int p = n * 3072 + row * 48 + trace;
            assertEquals(1, mask[p], "scan " + n);
            double fall = Math.exp(-0.06 * object.arrival(trace * 0.025));
            assertEquals(object.amplitude() * fall, difference[p], 0.12 * Math.abs(object.amplitude() * fall));
            double inside = 0;
            double all = 0;
            for (int q = n * 3072; q < (n + 1) * 3072; q++) {
                inside += mask[q] * difference[q] * difference[q];
                all += difference[q] * difference[q];
            }
            assertTrue(inside > 0.7 * all, "scan " + n + ": only " + inside / all + " of the energy in the mask");
        }
        assertEquals(0, without.masks().sumNumber().doubleValue());
    }

    @Test
    void layersStandAtTheirTravelTime() {
        RadarScan scan = new RadarScan(40, 3, 0.25, 0.1, 500, 0.1);
        scan.reflector(0.5, new double[] {2, 4, 6});
        float[] image = new float[120];
        scan.write(new Draws(0, 0, 0), 0, image, new float[120], 0);
        assertEquals(0.5 * Math.exp(-0.2), image[8 * 3], 1e-6);
        assertEquals(0.5 * Math.exp(-0.4), image[16 * 3 + 1], 1e-6);
        assertEquals(0.5 * Math.exp(-0.6), image[24 * 3 + 2], 1e-6);
    }

    @Test
    void noiseHasItsStandardDeviation() {
        RadarScenes scenes = new RadarScenes(4);
        float[] noise = floats(scenes.noise(0.02)
                .generate(0, 20)
                .images()
                .sub(scenes.noise(0).generate(0, 20).images()));
        double squares = 0;
        for (int p = 0; p < noise.length; p++) {
            // below the ground bounce, where nothing is clipped
            squares += p % 4096 < 16 * 64 ? 0 : (double) noise[p] * noise[p];
        }
        assertEquals(0.02, Math.sqrt(squares / (20 * 48 * 64)), 0.0003);
    }

    @Test
    void countsAreDrawnEvenly() {
        int[] counts = new int[3];
        List<List<RadarScenes.BuriedObject>> objects =
                new RadarScenes(2).size(8, 8).objects(0, 2).generate(0, 3000).objects();
        objects.forEach(list -> counts[list.size()]++);
        for (int count : counts) {
            assertTrue(count > 900 && count < 1100, Arrays.toString(counts));
        }
    }

    @Test
    void theSameSeedGivesTheSameBitsWhereverTheRangeBegins() {
        RadarScenes scenes = new RadarScenes(5).size(32, 48).objects(1, 2);
        float[] three = floats(scenes.generate(0, 3).images());
        assertArrayEquals(
                Arrays.copyOfRange(three, 2 * 1536, 3 * 1536),
                floats(scenes.generate(2, 1).images()));
        assertEquals(723_384_446, Arrays.hashCode(three));
        float[] other = floats(
                new RadarScenes(6).size(32, 48).objects(1, 2).generate(0, 3).images());
        assertNotEquals(Arrays.hashCode(three), Arrays.hashCode(other));
    }

    private static void refused(String words, Executable call) {
        assertEquals(words, assertThrows(IllegalArgumentException.class, call).getMessage());
    }

    @Test
    void refusals() {
        refused(
                "RadarScenes: 0.6 ns a sample at 500 MHz; must be at most 0.5000 ns, a quarter of a period; lower one"
                        + " of them",
                () -> new RadarScenes(1).sampling(0.6, 0.1).generate(0, 1));
        refused("RadarScenes.frequency(0.5): must be 10 to 5000; give a number in that range", () -> new RadarScenes(1)
                .frequency(0.5));
        refused(
                "RadarScenes.velocity(0.1, 0.4): must be 0.03 <= low <= high <= 0.3; give the smaller one first",
                () -> new RadarScenes(1).velocity(0.1, 0.4));
        refused(
                "RadarScenes.objects(-1, 2): must be 0 <= low <= high <= 50; give the smaller one first",
                () -> new RadarScenes(1).objects(-1, 2));
        refused("RadarScenes.noise(NaN): must be 0 to 1; give a number in that range", () -> new RadarScenes(1)
                .noise(Double.NaN));
        refused(
                "RadarScenes.sampling: metres(0): must be 0.0001 to 10; give a number in that range",
                () -> new RadarScenes(1).sampling(0.1, 0));
        refused(
                "RadarScenes.generate(0, 0): first must be at least 0 and count 1 to 524287; ask for fewer samples at"
                        + " a time",
                () -> new RadarScenes(1).generate(0, 0));
    }
}
