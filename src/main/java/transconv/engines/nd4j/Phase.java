package transconv.engines.nd4j;

import java.util.List;
import java.util.stream.IntStream;
import transconv.engines.nd4j.Windows.AxisWindows;
import transconv.shape.Axis;

/**
 * Every {@code stride}-th position of one axis of the large side, from {@code first} on: position {@code first + j *
 * stride} meets tap t of the kernel at small position {@code j + (first + crop - t * dilation) / stride}, where that
 * division leaves no rest.
 *
 * @param first   the first position
 * @param count   how many positions
 * @param taps    the kernel's taps that hit the phase, descending, so that their offsets ascend; none where nothing
 *     hits it
 * @param offsets the small position of each tap for j = 0
 */
record Phase(int first, int count, int[] taps, int[] offsets) {

    static List<Phase> of(Axis axis) {
        return IntStream.range(0, Math.min(axis.stride(), axis.large()))
                .mapToObj(first -> {
                    int[] taps = IntStream.range(0, axis.kernel())
                            .map(i -> axis.kernel() - 1 - i)
                            .filter(t -> (first + axis.crop() - t * axis.dilation()) % axis.stride() == 0)
                            .toArray();
                    int[] offsets = IntStream.of(taps)
                            .map(t -> (first + axis.crop() - t * axis.dilation()) / axis.stride())
                            .toArray();
                    return new Phase(first, (axis.large() - first + axis.stride() - 1) / axis.stride(), taps, offsets);
                })
                .toList();
    }

    AxisWindows windows() {
        return new AxisWindows(count, 1, offsets);
    }
}
