package transconv.shape;

/**
 * One axis of a convolution and of its transpose: the canonical form into which every framework's arguments are
 * translated. Position {@code o} of the small side and tap {@code t} of the kernel meet position {@code o * stride + t
 * * dilation - crop} of the large side; positions outside of it count as zeros. A convolution goes from large to small,
 * where {@code crop} is the zero padding at the beginning; a transposed convolution goes from small to large, where the
 * first {@code crop} positions of the full result are cut off.
 *
 * <p>The crop at the end follows from the sizes, see {@link #cropEnd}; where it is negative, positions beyond the full
 * result stay zero. That is output padding.
 *
 * @param large    length of the large side, at least 1
 * @param small    length of the small side, at least 1
 * @param kernel   taps, at least 1
 * @param stride   large positions a small position, at least 1
 * @param dilation large positions a tap, at least 1
 * @param crop     positions of the full result before the large side's first; may be negative
 */
public record Axis(int large, int small, int kernel, int stride, int dilation, int crop) {

    /** An axis of length one on which nothing happens; it fills 1-D and 2-D up to 3-D. */
    public static final Axis UNIT = new Axis(1, 1, 1, 1, 1, 0);

    public Axis {
        atLeastOne("large", large);
        atLeastOne("small", small);
        atLeastOne("kernel", kernel);
        atLeastOne("stride", stride);
        atLeastOne("dilation", dilation);
        full(small, kernel, stride, dilation);
    }

    private static void atLeastOne(String what, int value) {
        if (value < 1) {
            throw new IllegalArgumentException("Axis: %s=%d must be at least 1".formatted(what, value));
        }
    }

    /**
     * The positions that a kernel covers: {@code dilation * (kernel - 1) + 1}.
     *
     * @throws IllegalArgumentException if they exceed an {@code int}
     */
    public static int extent(int kernel, int dilation) {
        return full(1, kernel, 1, dilation);
    }

    /**
     * How often a kernel, moved by strides, fits into more positions than it covers by {@code room}.
     *
     * @throws IllegalArgumentException if it exceeds an {@code int}
     */
    public static int windows(long room, int stride) {
        long windows = room / stride + 1;
        if (windows > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "Axis: stride=%d gives %d positions; at most %d can be counted, so raise it or lower the padding"
                            .formatted(stride, windows, Integer.MAX_VALUE));
        }
        return (int) windows;
    }

    /** The length of the full result, before any crop: {@code (small - 1) * stride + extent}. */
    public int full() {
        return full(small, kernel, stride, dilation);
    }

    /**
     * The length of the full result of a transposed convolution of {@code small} positions.
     *
     * @throws IllegalArgumentException if it exceeds an {@code int}
     */
    static int full(int small, int kernel, int stride, int dilation) {
        long length = (small - 1L) * stride + (long) dilation * (kernel - 1L) + 1;
        if (length > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    ("Axis: size %d with kernel=%d, stride=%d, dilation=%d spreads over %d positions; "
                                    + "at most %d can be counted, so lower one of them")
                            .formatted(small, kernel, stride, dilation, length, Integer.MAX_VALUE));
        }
        return (int) length;
    }

    /**
     * How many pairs of a small position and a tap meet inside the large side: the products that the axis contributes,
     * those with zero padding or cropped positions left out.
     */
    public long meetings() {
        long meetings = 0;
        for (int position = 0; position < small; position++) {
            for (int tap = 0; tap < kernel; tap++) {
                long at = (long) position * stride + (long) tap * dilation - crop;
                meetings += at >= 0 && at < large ? 1 : 0;
            }
        }
        return meetings;
    }

    /** Positions of the full result after the large side's last; negative where zeros are added. */
    public int cropEnd() {
        return full() - crop - large;
    }
}
