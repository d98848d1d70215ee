package transconv.shape;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

/** The guide's own figures, as literal sizes, and the special relationships against the general ones. */
class GuideRuleTest {

    @Test
    void figuresOfConvolutions() {
        assertEquals(2, GuideRule.unitStride(4, 3));
        assertEquals(6, GuideRule.unitStride(5, 4, 2));
        assertEquals(5, GuideRule.halfPadded(5, 3));
        assertEquals(7, GuideRule.fullPadded(5, 3));
        assertEquals(2, GuideRule.convolution(5, 3, 2));
        assertEquals(3, GuideRule.convolution(5, 3, 2, 1));
        assertEquals(3, GuideRule.convolution(6, 3, 2, 1));
        assertEquals(3, GuideRule.pooling(5, 3, 1));
        assertEquals(3, GuideRule.unitStride(7, GuideRule.dilated(3, 2)));
    }

    @Test
    void figuresOfTransposedConvolutions() {
        assertEquals(4, GuideRule.unitStrideTransposed(2, 3));
        assertEquals(5, GuideRule.unitStrideTransposed(6, 4, 2));
        assertEquals(5, GuideRule.halfPaddedTransposed(5, 3));
        assertEquals(5, GuideRule.fullPaddedTransposed(7, 3));
        assertEquals(5, GuideRule.transposed(2, 3, 2));
        assertEquals(5, GuideRule.transposed(3, 3, 2, 1));
        assertEquals(6, GuideRule.transposed(3, 3, 2, 1, 1));
        assertEquals(1, GuideRule.lost(6, 3, 2, 1));
    }

    @Test
    void theGeneralOnesHoldTheSpecialOnes() {
        for (int i = 4; i <= 9; i++) {
            for (int k = 1; k <= 4; k++) {
                assertEquals(GuideRule.unitStride(i, k), GuideRule.convolution(i, k, 1, 0));
                assertEquals(GuideRule.fullPadded(i, k), GuideRule.convolution(i, k, 1, k - 1));
                assertEquals(GuideRule.unitStrideTransposed(i, k), GuideRule.transposed(i, k, 1, 0, 0));
                assertEquals(GuideRule.fullPaddedTransposed(i, k), GuideRule.transposed(i, k, 1, k - 1, 0));
                for (int p = 0; p <= 1; p++) {
                    assertEquals(GuideRule.unitStride(i, k, p), GuideRule.convolution(i, k, 1, p));
                    assertEquals(GuideRule.unitStrideTransposed(i, k, p), GuideRule.transposed(i, k, 1, p, 0));
                }
                for (int s = 1; s <= 3; s++) {
                    assertEquals(GuideRule.convolution(i, k, s), GuideRule.convolution(i, k, s, 0));
                    assertEquals(GuideRule.pooling(i, k, s), GuideRule.convolution(i, k, s, 0));
                    assertEquals(GuideRule.transposed(i, k, s), GuideRule.transposed(i, k, s, 0, 0));
                    assertEquals(GuideRule.transposed(i, k, s, 1), GuideRule.transposed(i, k, s, 1, 0));
                    Axis convolution = GuideRule.convolutionAxis(i, k, s, 1);
                    assertEquals(
                            convolution,
                            GuideRule.transposedAxis(convolution.small(), k, s, 1, GuideRule.lost(i, k, s, 1)));
                }
            }
        }
        assertEquals(GuideRule.halfPadded(6, 5), GuideRule.convolution(6, 5, 1, 2));
        assertEquals(GuideRule.halfPaddedTransposed(6, 5), GuideRule.transposed(6, 5, 1, 2, 0));
    }

    @Test
    void refuses() {
        assertEquals(
                "Guide, relationship 3: k=4 must be odd, for half padding is (k - 1) / 2 at both ends; use an odd"
                        + " kernel",
                assertThrows(IllegalArgumentException.class, () -> GuideRule.halfPadded(5, 4))
                        .getMessage());
        assertEquals(
                "Guide, relationship 1: the output size would be 0; it must be at least 1: use a larger input or a"
                        + " smaller kernel",
                assertThrows(IllegalArgumentException.class, () -> GuideRule.unitStride(2, 3))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> GuideRule.transposed(3, 3, 2, 1, 2));
    }
}
