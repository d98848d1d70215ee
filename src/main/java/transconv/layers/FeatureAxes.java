package transconv.layers;

import java.util.Arrays;
import java.util.stream.IntStream;
import transconv.config.Config;
import transconv.shape.Shape;

/** One or several axes of a sample, as Keras' arguments name them: from 1, or from the last as -1. */
final class FeatureAxes {

    private final int[] named;

    /** @throws IllegalArgumentException if one is 0, or there is none */
    FeatureAxes(Layer layer, int... named) {
        if (named.length == 0) {
            throw new IllegalArgumentException(
                    "%s: axis=[] names no axis; give one or several, or -1 for the last".formatted(layer.label()));
        }
        if (IntStream.of(named).anyMatch(axis -> axis == 0)) {
            throw new IllegalArgumentException(
                    "%s: axis=%s: axis 0 is the samples'; choose 1 or more, or -1 for the last"
                            .formatted(layer.label(), text(named)));
        }
        // As Keras sorts them, before it counts negative ones from the end.
        this.named = IntStream.of(named).sorted().toArray();
    }

    static FeatureAxes from(Layer layer, Config config) {
        return new FeatureAxes(layer, config.integers("axis"));
    }

    /**
     * Counted from 0, the batch axis, in the order in which weights have them.
     *
     * @param rank with the batch axis
     * @throws IllegalArgumentException if one is not there, or named twice
     */
    int[] positions(int rank) {
        int[] positions =
                IntStream.of(named).map(axis -> axis < 0 ? rank + axis : axis).toArray();
        boolean there = IntStream.of(positions).allMatch(axis -> axis >= 1 && axis < rank);
        if (!there || IntStream.of(positions).distinct().count() < positions.length) {
            throw new IllegalArgumentException(
                    "axis=%s: an input of %d axes, with the batch axis, has axes 1 to %d, or -1 to %d; choose %s"
                            .formatted(this, rank, rank - 1, 1 - rank, named.length == 1 ? "one" : "different ones"));
        }
        return positions;
    }

    /** Only these axes of a shape with the batch axis, the others of length 1. */
    Shape alone(Shape shape) {
        int[] sizes = new int[shape.rank()];
        Arrays.fill(sizes, 1);
        IntStream.of(positions(shape.rank())).forEach(axis -> sizes[axis] = shape.size(axis));
        return Shape.of(sizes);
    }

    /** The lengths of these axes of an input, whose shape leaves the batch axis out. */
    Shape sizes(Shape inputShape) {
        return Shape.of(IntStream.of(positions(inputShape.rank() + 1))
                .map(axis -> inputShape.size(axis - 1))
                .toArray());
    }

    /** All axes of that many but these. */
    int[] others(int rank) {
        int[] positions = positions(rank);
        return IntStream.range(0, rank)
                .filter(axis -> IntStream.of(positions).noneMatch(one -> one == axis))
                .toArray();
    }

    /** One number as a number, several as a list. */
    void describe(Config config) {
        config.with("axis", named.length == 1 ? (Object) named[0] : named);
    }

    private static String text(int[] axes) {
        return axes.length == 1 ? String.valueOf(axes[0]) : Arrays.toString(axes);
    }

    @Override
    public String toString() {
        return text(named);
    }
}
