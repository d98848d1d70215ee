package transconv.explain;

import java.util.Arrays;
import transconv.shape.Shape;

/**
 * For each element of a tensor, the box of input positions that it depends on. Memory: element after element, axis
 * after axis of the input.
 */
final class Reach {

    private static final int MOST = 8_000_000;

    private final Shape shape;
    private final int axes;
    private final int[] low;
    private final int[] high;

    /**
     * Nothing yet.
     *
     * @throws IllegalArgumentException if the tensor is too large to follow each element
     */
    Reach(Shape shape, int axes) {
        if ((long) shape.elements() * axes > MOST) {
            throw new IllegalArgumentException(
                    "ReceptiveFields: a tensor of shape %s is too large to follow; draw the model with a smaller input"
                            .formatted(shape));
        }
        this.shape = shape;
        this.axes = axes;
        low = new int[shape.elements() * axes];
        high = new int[low.length];
        Arrays.fill(low, Integer.MAX_VALUE);
        Arrays.fill(high, -1);
    }

    /** The input itself, (1, axes..., channels) or (1, features): each position depends on itself. */
    static Reach ofInput(Shape shape) {
        int axes = Math.max(1, shape.rank() - 2);
        Reach reach = new Reach(shape, axes);
        int[] place = new int[shape.rank()];
        for (int at = 0; at < shape.elements(); at++) {
            place(at, shape, place);
            for (int axis = 0; axis < axes; axis++) {
                reach.low[at * axes + axis] = place[axis + 1];
                reach.high[at * axes + axis] = place[axis + 1];
            }
        }
        return reach;
    }

    static void place(int at, Shape shape, int[] place) {
        for (int axis = shape.rank() - 1; axis >= 0; axis--) {
            place[axis] = at % shape.size(axis);
            at /= shape.size(axis);
        }
    }

    static int flat(int[] place, Shape shape) {
        int at = 0;
        for (int axis = 0; axis < shape.rank(); axis++) {
            at = at * shape.size(axis) + place[axis];
        }
        return at;
    }

    Shape shape() {
        return shape;
    }

    int axes() {
        return axes;
    }

    /** The same elements in another shape. */
    Reach reshaped(Shape other) {
        Reach reach = new Reach(other, axes);
        System.arraycopy(low, 0, reach.low, 0, low.length);
        System.arraycopy(high, 0, reach.high, 0, high.length);
        return reach;
    }

    /** An element here depends on whatever that element depends on. */
    void add(int at, Reach other, int otherAt) {
        for (int axis = 0; axis < axes; axis++) {
            low[at * axes + axis] = Math.min(low[at * axes + axis], other.low[otherAt * axes + axis]);
            high[at * axes + axis] = Math.max(high[at * axes + axis], other.high[otherAt * axes + axis]);
        }
    }

    boolean dependsOn(int at, int[] input) {
        for (int axis = 0; axis < axes; axis++) {
            if (low[at * axes + axis] > input[axis] || high[at * axes + axis] < input[axis]) {
                return false;
            }
        }
        return true;
    }

    int low(int at, int axis) {
        return low[at * axes + axis];
    }

    int high(int at, int axis) {
        return high[at * axes + axis];
    }

    /** Positions along one input axis; 0 for what depends on no input. */
    int length(int at, int axis) {
        return Math.max(0, high(at, axis) - Math.min(low(at, axis), high(at, axis) + 1) + 1);
    }
}
