package transconv.engines.vector;

import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import transconv.shape.Axis;

/**
 * Blocks of neighbouring output pixels of a row that meet the kernel alike, one block every {@code step} pixels. A
 * block of several pixels is computed as one pixel with more channels, its neighbours' channels behind its own, which
 * is how they lie in memory: so few channels fill a vector. The price is multiplications by zero, since a slot (an
 * input pixel that the block meets) has no tap for some of the block's pixels.
 *
 * @param start   the first block's first output pixel
 * @param step    output pixels from block to block
 * @param pixels  output pixels in a block
 * @param firstIn the input pixel to which the first block's slots are relative
 * @param stepIn  input pixels from block to block
 * @param slots   the input pixels that a block meets, ascending
 * @param taps    for each slot and pixel of the block the tap at which they meet, or -1
 */
record WidthPhase(int start, int step, int pixels, int firstIn, int stepIn, int[] slots, int[][] taps) {

    /** A convolution's, whose blocks are all alike. */
    static List<WidthPhase> ofConvolution(Axis axis, int pixels) {
        int[][] meeting = new int[pixels][axis.kernel()];
        for (int pixel = 0; pixel < pixels; pixel++) {
            for (int tap = 0; tap < axis.kernel(); tap++) {
                meeting[pixel][tap] = pixel * axis.stride() + tap * axis.dilation();
            }
        }
        return List.of(of(0, pixels, -axis.crop(), pixels * axis.stride(), meeting));
    }

    /**
     * A transposed convolution's: output pixels that differ by the stride meet the same taps.
     *
     * @param pixels 1, which makes a phase of each of them, or a multiple of the stride, which makes one of all
     */
    static List<WidthPhase> ofTransposed(Axis axis, int pixels) {
        int stride = axis.stride();
        int step = Math.max(pixels, stride);
        int phases = Math.min(step / pixels, axis.large());
        return IntStream.range(0, phases)
                .mapToObj(start -> {
                    int[][] meeting = new int[pixels][axis.kernel()];
                    for (int pixel = 0; pixel < pixels; pixel++) {
                        for (int tap = 0; tap < axis.kernel(); tap++) {
                            int distance = Math.floorMod(start + axis.crop(), stride) + pixel - tap * axis.dilation();
                            meeting[pixel][tap] = distance % stride == 0 ? distance / stride : Integer.MIN_VALUE;
                        }
                    }
                    return of(start, step, Math.floorDiv(start + axis.crop(), stride), step / stride, meeting);
                })
                .toList();
    }

    /** @param meeting for each pixel and tap the slot at which they meet, or the least integer */
    private static WidthPhase of(int start, int step, int firstIn, int stepIn, int[][] meeting) {
        TreeSet<Integer> all = new TreeSet<>();
        Arrays.stream(meeting).flatMapToInt(Arrays::stream).forEach(all::add);
        all.remove(Integer.MIN_VALUE);
        int[] slots = all.stream().mapToInt(slot -> slot).toArray();
        int[][] taps = new int[slots.length][meeting.length];
        for (int slot = 0; slot < slots.length; slot++) {
            Arrays.fill(taps[slot], -1);
            for (int pixel = 0; pixel < meeting.length; pixel++) {
                for (int tap = 0; tap < meeting[pixel].length; tap++) {
                    if (meeting[pixel][tap] == slots[slot]) {
                        taps[slot][pixel] = tap;
                    }
                }
            }
        }
        return new WidthPhase(start, step, meeting.length, firstIn, stepIn, slots, taps);
    }

    /** How many blocks begin in a row. */
    int blocks(int width) {
        return (width - start + step - 1) / step;
    }

    /** Output pixels of a block that lie in the row. */
    int pixels(int block, int width) {
        return Math.min(pixels, width - start - block * step);
    }

    /** The first input pixel that any block meets. */
    int first() {
        return slots.length == 0 ? 0 : firstIn + slots[0];
    }

    /** The last input pixel that any block meets. */
    int last(int width) {
        return slots.length == 0 ? 0 : firstIn + (blocks(width) - 1) * stepIn + slots[slots.length - 1];
    }

    /** Whether the slots are neighbours. */
    boolean adjoin() {
        return slots.length > 0 && slots[slots.length - 1] - slots[0] == slots.length - 1;
    }
}
