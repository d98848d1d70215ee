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

class VoxelDigitsTest {

    /** 6 x 6, different in every direction. */
    private static final INDArray CORNER = Nd4j.zeros(1, 6, 6, 1)
            .putScalar(new long[] {0, 1, 2, 0}, 1)
            .putScalar(new long[] {0, 1, 3, 0}, 0.5)
            .putScalar(new long[] {0, 4, 4, 0}, 0.25);

    private static VoxelDigits corner() {
        VoxelDigits digits = new VoxelDigits(1, CORNER, Nd4j.createFromArray(7)).size(6, 6, 6);
        for (VoxelDigits.Axis axis : VoxelDigits.Axis.values()) {
            digits.rotation(axis, 0, 0);
        }
        return digits.thickness(2, 2);
    }

    private static float[] floats(INDArray array) {
        return array.reshape(array.length()).toFloatVector();
    }

    /** [z][y][x] of the one volume. */
    private static double at(INDArray volumes, int z, int y, int x) {
        return volumes.getDouble(0, z, y, x, 0);
    }

    @Test
    void anUprightDigitIsExtrudedOverTheMiddle() {
        VoxelDigits.Volumes upright = corner().generate(0, 1);
        assertArrayEquals(new long[] {1, 6, 6, 6, 1}, upright.volumes().shape());
        assertEquals(7, upright.labels().getInt(0));
        for (int z = 0; z < 6; z++) {
            for (int y = 0; y < 6; y++) {
                for (int x = 0; x < 6; x++) {
                    double ink = z == 2 || z == 3 ? CORNER.getDouble(0, y, x, 0) : 0;
                    assertEquals(ink, at(upright.volumes(), z, y, x));
                }
            }
        }
    }

    @Test
    void halfAVoxelMoreIsAQuarterOnEachSide() {
        INDArray volumes = corner().thickness(2.5, 2.5).generate(0, 1).volumes();
        assertEquals(0.25, at(volumes, 1, 1, 2));
        assertEquals(1, at(volumes, 2, 1, 2));
        assertEquals(0.25, at(volumes, 4, 1, 2));
        assertEquals(0, at(volumes, 5, 1, 2));
    }

    @Test
    void quarterTurnsAboutEachAxis() {
        INDArray upright = corner().generate(0, 1).volumes();
        INDArray wheel =
                corner().rotation(VoxelDigits.Axis.DEPTH, 90, 90).generate(0, 1).volumes();
        INDArray door = corner().rotation(VoxelDigits.Axis.HEIGHT, 90, 90)
                .generate(0, 1)
                .volumes();
        INDArray tilt =
                corner().rotation(VoxelDigits.Axis.WIDTH, 90, 90).generate(0, 1).volumes();
        for (int z = 0; z < 6; z++) {
            for (int y = 0; y < 6; y++) {
                for (int x = 0; x < 6; x++) {
                    double ink = at(upright, z, y, x);
                    // width towards height: what was at the right is below
                    assertEquals(ink, at(wheel, z, x, 5 - y), 1e-6);
                    // width towards depth: what was at the right is behind
                    assertEquals(ink, at(door, x, y, 5 - z), 1e-6);
                    // height towards depth: what was below is behind
                    assertEquals(ink, at(tilt, y, 5 - z, x), 1e-6);
                }
            }
        }
    }

    @Test
    void theTurnIsDepthFirstHeightLast() {
        INDArray upright = corner().generate(0, 1).volumes();
        INDArray turned = corner().rotation(VoxelDigits.Axis.DEPTH, 90, 90)
                .rotation(VoxelDigits.Axis.WIDTH, 90, 90)
                .rotation(VoxelDigits.Axis.HEIGHT, 90, 90)
                .generate(0, 1)
                .volumes();
        // (z, y, x) -> wheel (z, x, 5-y) -> tilt (x, 5-z, 5-y) -> door (5-y, 5-z, 5-x)
        for (int z = 0; z < 6; z++) {
            for (int y = 0; y < 6; y++) {
                for (int x = 0; x < 6; x++) {
                    assertEquals(at(upright, z, y, x), at(turned, 5 - y, 5 - z, 5 - x), 1e-6);
                }
            }
        }
    }

    @Test
    void aWholeTurnComesBack() {
        INDArray frames = corner().turning(0, VoxelDigits.Axis.HEIGHT, 4);
        assertArrayEquals(new long[] {4, 6, 6, 6, 1}, frames.shape());
        INDArray upright = corner().generate(0, 1).volumes();
        for (int y = 0; y < 6; y++) {
            for (int x = 0; x < 6; x++) {
                assertEquals(at(upright, 2, y, x), frames.getDouble(0, 2, y, x, 0));
                // half a turn: mirrored, as from behind
                assertEquals(at(upright, 2, y, x), frames.getDouble(2, 3, y, 5 - x, 0), 1e-6);
            }
        }
    }

    @Test
    void unevenVolumesKeepTheDigitsShape() {
        VoxelDigits.Volumes volumes = new VoxelDigits(2).size(10, 16, 24).generate(0, 200);
        assertArrayEquals(new long[] {200, 10, 16, 24, 1}, volumes.volumes().shape());
        float[] values = floats(volumes.volumes());
        int[] counts = new int[10];
        for (int n = 0; n < 200; n++) {
            double sum = 0;
            for (int p = 0; p < 3840; p++) {
                float value = values[n * 3840 + p];
                assertTrue(value >= 0 && value <= 1);
                sum += value;
            }
            assertTrue(sum > 20 && sum < 600, "volume " + n + " holds " + sum);
            counts[volumes.labels().getInt(n)]++;
        }
        assertTrue(Arrays.stream(counts).min().orElseThrow() > 5, Arrays.toString(counts));
    }

    @Test
    void theSameSeedGivesTheSameBitsWhereverTheRangeBegins() {
        float[] three = floats(new VoxelDigits(5).size(8, 9, 10).generate(0, 3).volumes());
        assertArrayEquals(
                Arrays.copyOfRange(three, 1440, 2160),
                floats(new VoxelDigits(5).size(8, 9, 10).generate(2, 1).volumes()));
        assertEquals(2_018_396_321, Arrays.hashCode(three));
        assertNotEquals(
                Arrays.hashCode(three),
                Arrays.hashCode(
                        floats(new VoxelDigits(6).size(8, 9, 10).generate(0, 3).volumes())));
    }

    private static void refused(String words, Executable call) {
        assertEquals(words, assertThrows(IllegalArgumentException.class, call).getMessage());
    }

    @Test
    void refusals() {
        refused("VoxelDigits.size: height(0): must be 1 to 256; give a number in that range", () -> new VoxelDigits(1)
                .size(1, 0, 1));
        refused(
                "VoxelDigits.thickness(0.5, 2): must be 1 <= low <= high <= 256; give the smaller one first",
                () -> new VoxelDigits(1).thickness(0.5, 2));
        refused(
                "VoxelDigits.rotation: WIDTH(10, -10): must be -360 <= low <= high <= 360; give the smaller one first",
                () -> new VoxelDigits(1).rotation(VoxelDigits.Axis.WIDTH, 10, -10));
        refused(
                "VoxelDigits.turning: frames(0, 0): first must be at least 0 and count 1 to 524287; ask for fewer"
                        + " samples at a time",
                () -> new VoxelDigits(1).turning(0, VoxelDigits.Axis.WIDTH, 0));
        refused(
                "VoxelDigits: labels[0]=-1 must be a digit, 0 to 9; leave other classes out",
                () -> new VoxelDigits(1, CORNER, Nd4j.createFromArray(-1)));
    }
}
