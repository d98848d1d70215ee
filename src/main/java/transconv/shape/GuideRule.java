package transconv.shape;

/**
 * The relationships between sizes in V. Dumoulin and F. Visin, "A guide to convolution arithmetic for deep learning"
 * (2016, arXiv 1603.07285), in the guide's symbols: i input, k kernel, s stride, p zero padding, o output; i' input and
 * o' output of the transposed convolution, a its zeros added at the end, d dilation. Each relationship is one method
 * here; the general ones give an {@link Axis} too.
 *
 * <pre>{@code
 * int small = GuideRule.convolution(6, 3, 2, 1);                     // 3
 * int large = GuideRule.transposed(small, 3, 2, 1, GuideRule.lost(6, 3, 2, 1));   // 6
 * }</pre>
 */
public final class GuideRule {

    private GuideRule() {}

    /** Relationship 1, s = 1 and p = 0: o = (i - k) + 1. */
    public static int unitStride(int i, int k) {
        return positive("1", i - k + 1);
    }

    /** Relationship 2, s = 1: o = (i - k) + 2p + 1. */
    public static int unitStride(int i, int k, int p) {
        return positive("2", i - k + 2L * p + 1);
    }

    /** Relationship 3, half (same) padding, s = 1, k = 2n + 1, p = n: o = i. */
    public static int halfPadded(int i, int k) {
        odd("3", k);
        return positive("3", i);
    }

    /** Relationship 4, full padding, s = 1, p = k - 1: o = i + (k - 1). */
    public static int fullPadded(int i, int k) {
        return positive("4", i + (k - 1L));
    }

    /** Relationship 5, p = 0: o = floor((i - k) / s) + 1. */
    public static int convolution(int i, int k, int s) {
        return positive("5", Math.floorDiv(i - k, s) + 1);
    }

    /** Relationship 6, the general one: o = floor((i + 2p - k) / s) + 1. */
    public static int convolution(int i, int k, int s, int p) {
        return positive("6", Math.floorDiv(i + 2L * p - k, s) + 1);
    }

    /** Relationship 7, pooling without padding: o = floor((i - k) / s) + 1. */
    public static int pooling(int i, int k, int s) {
        return positive("7", Math.floorDiv(i - k, s) + 1);
    }

    /** Relationship 8, s = 1 and p = 0: o' = i' + (k - 1). */
    public static int unitStrideTransposed(int i, int k) {
        return positive("8", i + (k - 1L));
    }

    /** Relationship 9, s = 1: o' = i' + (k - 1) - 2p. */
    public static int unitStrideTransposed(int i, int k, int p) {
        return positive("9", i + (k - 1L) - 2L * p);
    }

    /** Relationship 10, half (same) padding, s = 1, k = 2n + 1, p = n: o' = i'. */
    public static int halfPaddedTransposed(int i, int k) {
        odd("10", k);
        return positive("10", i);
    }

    /** Relationship 11, full padding, s = 1, p = k - 1: o' = i' - (k - 1). */
    public static int fullPaddedTransposed(int i, int k) {
        return positive("11", i - (k - 1));
    }

    /** Relationship 12, p = 0, i - k a multiple of s: o' = s (i' - 1) + k. */
    public static int transposed(int i, int k, int s) {
        return positive("12", (long) s * (i - 1) + k);
    }

    /** Relationship 13, i + 2p - k a multiple of s: o' = s (i' - 1) + k - 2p. */
    public static int transposed(int i, int k, int s, int p) {
        return positive("13", (long) s * (i - 1) + k - 2L * p);
    }

    /** Relationship 14, the general one: o' = s (i' - 1) + a + k - 2p. */
    public static int transposed(int i, int k, int s, int p, int a) {
        if (a < 0 || a >= s) {
            throw new IllegalArgumentException(
                    "Guide, relationship 14: a=%d is (i + 2p - k) mod s and must lie between 0 and s - 1 = %d; lower it"
                            .formatted(a, s - 1));
        }
        return positive("14", (long) s * (i - 1) + a + k - 2L * p);
    }

    /**
     * What the floor of relationship 6 loses, the a of relationship 14: a = (i + 2p - k) mod s. It needs the
     * convolution's i, not i'.
     */
    public static int lost(int i, int k, int s, int p) {
        return Math.floorMod(i + 2L * p - k, s);
    }

    /** The extent of a dilated kernel, with which every relationship holds: k + (k - 1)(d - 1). */
    public static int dilated(int k, int d) {
        return Axis.extent(k, d);
    }

    /** The axis of relationship 6. */
    public static Axis convolutionAxis(int i, int k, int s, int p) {
        return new Axis(i, convolution(i, k, s, p), k, s, 1, p);
    }

    /** The axis of relationship 14. */
    public static Axis transposedAxis(int i, int k, int s, int p, int a) {
        return new Axis(transposed(i, k, s, p, a), i, k, s, 1, p);
    }

    private static void odd(String relationship, int k) {
        if (k % 2 == 0) {
            throw new IllegalArgumentException(
                    "Guide, relationship %s: k=%d must be odd, for half padding is (k - 1) / 2 at both ends; use an odd kernel"
                            .formatted(relationship, k));
        }
    }

    private static int positive(String relationship, long size) {
        if (size < 1 || size > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "Guide, relationship %s: the output size would be %d; it must be at least 1: use a larger input or a smaller kernel"
                            .formatted(relationship, size));
        }
        return (int) size;
    }
}
