package transconv.training;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import transconv.ops.Ops;
import transconv.ops.Value;
import transconv.shape.Shape;

/** The axes over which losses of overlap take their sums; none stands for all. */
final class OverlapAxes {

    private OverlapAxes() {}

    static List<Integer> list(int... axis) {
        return Arrays.stream(axis).boxed().toList();
    }

    /** Whether the batch axis is among them, which a negative number may not mean. */
    static boolean haveBatch(List<Integer> axis) {
        return axis.isEmpty() || axis.contains(0);
    }

    /** From 0, the batch axis. */
    static int[] of(String name, List<Integer> axis, Value prediction) {
        int rank = prediction.shape().rank();
        if (axis.isEmpty()) {
            return IntStream.range(0, rank).toArray();
        }
        int[] axes = axis.stream()
                .mapToInt(one -> one < 0 ? rank + one : one)
                .sorted()
                .distinct()
                .toArray();
        boolean known =
                axes.length == axis.size() && axes[0] >= (axis.contains(0) ? 0 : 1) && axes[axes.length - 1] < rank;
        if (!known) {
            throw new IllegalArgumentException(
                    "%s: axis=%s for prediction %s must name different axes from 0 to %d, or from -1 to %d"
                            .formatted(name, axis, prediction.shape(), rank - 1, 1 - rank));
        }
        return axes;
    }

    /** The mean over a sample's axes; where the batch became one, each sample has its loss. */
    static Value ofSamples(Value losses, Value prediction) {
        int[] sizes = losses.shape().toArray();
        sizes[0] = prediction.shape().size(0);
        return LossOps.ofSamples(Ops.broadcast(losses, Shape.of(sizes)));
    }

    /** As Keras writes them: null for all. */
    static Object written(List<Integer> axis) {
        return axis.isEmpty() ? null : axis.size() == 1 ? axis.get(0) : axis;
    }
}
