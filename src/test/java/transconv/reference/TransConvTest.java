package transconv.reference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Literal values: the source's example, and others computed by hand. */
class TransConvTest {

    private static final double[][] INPUT = {{0, 1}, {2, 3}};
    private static final double[][] KERNEL = {{4, 1}, {2, 3}};

    @Test
    void printsTheSourcesExample() {
        assertArrayEquals(new double[][] {{0, 4, 1}, {8, 16, 6}, {4, 12, 9}}, TransConv.transConv(INPUT, KERNEL));
    }

    @Test
    void strideTwoPutsTheStampsSideBySide() {
        assertArrayEquals(
                new double[][] {{0, 0, 4, 1}, {0, 0, 2, 3}, {8, 2, 12, 3}, {4, 6, 6, 9}},
                TransConv.transConv(INPUT, KERNEL, 2, 0));
    }

    @Test
    void strideAboveTheKernelLeavesGaps() {
        assertArrayEquals(
                new double[][] {{5, 0, 0, 10}},
                TransConv.transConv(new double[][] {{1, 2}}, new double[][] {{5}}, 3, 0));
    }

    @Test
    void paddingCutsEverySide() {
        assertArrayEquals(new double[][] {{16}}, TransConv.transConv(INPUT, KERNEL, 1, 1));
    }

    @Test
    void heightAndWidthAreTheirOwn() {
        assertArrayEquals(
                new double[][] {{1, 12, 123, 230, 300}, {2, 24, 246, 460, 600}},
                TransConv.transConv(new double[][] {{1, 2, 3}}, new double[][] {{1, 10, 100}, {2, 20, 200}}));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | 0 | transConv: stride=0 must be at least 1 and padding=0 at least 0",
                "1 | -1 | transConv: stride=1 must be at least 1 and padding=-1 at least 0",
                "1 | 2 | transConv: padding=2 leaves an output of -1 x -1; lower it so that both are at least 1"
            })
    void refusesNumbersOutOfRange(int stride, int padding, String message) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, () -> TransConv.transConv(INPUT, KERNEL, stride, padding))
                        .getMessage());
    }

    @Test
    void refusesWhatIsNoMatrix() {
        assertEquals(
                "transConv: row 1 of kernel has 1 columns, row 0 has 2; all rows need the same length",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> TransConv.transConv(INPUT, new double[][] {{1, 2}, {3}}))
                        .getMessage());
        assertEquals(
                "transConv: input is empty; give at least one row and one column",
                assertThrows(IllegalArgumentException.class, () -> TransConv.transConv(new double[0][], KERNEL))
                        .getMessage());
    }
}
