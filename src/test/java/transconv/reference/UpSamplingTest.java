package transconv.reference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Literal values, worked out by hand. */
class UpSamplingTest {

    private static final double[][] INPUT = {{0, 8}, {16, 40}};

    @Test
    void nearestRepeatsRowsAndColumns() {
        assertArrayEquals(
                new double[][] {
                    {0, 0, 0, 8, 8, 8}, {0, 0, 0, 8, 8, 8}, {16, 16, 16, 40, 40, 40}, {16, 16, 16, 40, 40, 40}
                },
                UpSampling.nearest(INPUT, 2, 3));
    }

    @Test
    void bilinearStandsAtQuartersWithHalfPixelCentres() {
        assertArrayEquals(
                new double[][] {{0, 2, 6, 8}, {4, 7, 13, 16}, {12, 17, 27, 32}, {16, 22, 34, 40}},
                UpSampling.bilinear(INPUT, 2, 2, true));
    }

    @Test
    void bilinearStandsOnTheInputsWithoutThem() {
        assertArrayEquals(
                new double[][] {{0, 4, 8, 8}, {8, 16, 24, 24}, {16, 28, 40, 40}, {16, 28, 40, 40}},
                UpSampling.bilinear(INPUT, 2, 2, false));
    }

    /**
     * At distances 1/4, 3/4, 5/4, 7/4 the weights are 111, 29, -9, -3 of 128; the first output has 111 and -9 alone.
     */
    @Test
    void bicubicLeavesOutWhatIsBeyondTheBorder() {
        double[] row = UpSampling.bicubic(new double[][] {{128, 0, 0, 0}}, 1, 2)[0];
        assertArrayEquals(
                new double[] {128 * 111 / 102.0, 128 * 111 / 137.0, 128 * 29 / 131.0, -9, -3, 0, 0, 0}, row, 1e-12);
    }

    @Test
    void bicubicKeepsAStraightLine() {
        double[] row = UpSampling.bicubic(new double[][] {{0, 3, 6, 9, 12}}, 1, 3)[0];
        assertArrayEquals(new double[] {3, 4, 5, 6, 7, 8, 9}, Arrays.copyOfRange(row, 4, 11), 1e-12);
    }

    @ParameterizedTest
    @CsvSource({"0, 2", "2, -1"})
    void refusesFactorsBelowOne(int height, int width) {
        assertEquals(
                "upSampling: heightFactor=%d and widthFactor=%d must be at least 1".formatted(height, width),
                assertThrows(IllegalArgumentException.class, () -> UpSampling.nearest(INPUT, height, width))
                        .getMessage());
    }

    @Test
    void refusesWhatIsNoMatrix() {
        assertEquals(
                "upSampling: row 1 has 1 columns, row 0 has 2; all rows need the same length",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> UpSampling.bicubic(new double[][] {{1, 2}, {3}}, 2, 2))
                        .getMessage());
        assertEquals(
                "upSampling: input is empty; give at least one row and one column",
                assertThrows(IllegalArgumentException.class, () -> UpSampling.bilinear(new double[][] {{}}, 2, 2, true))
                        .getMessage());
    }
}
