package transconv.shape;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * The axis lengths of a tensor, outermost first; every length is at least 1. A layer's shapes leave the batch axis out,
 * an operation's shapes include it.
 */
public final class Shape {

    private final int[] sizes;

    private Shape(int[] sizes) {
        this.sizes = sizes;
    }

    /**
     * @param sizes the axis lengths; none for a scalar
     * @throws IllegalArgumentException if a length is below 1 or the product exceeds an {@code int}
     */
    public static Shape of(int... sizes) {
        long elements = 1;
        for (int axis = 0; axis < sizes.length; axis++) {
            if (sizes[axis] < 1) {
                throw new IllegalArgumentException("Shape %s: axis %d has length %d; every axis needs at least 1"
                        .formatted(Arrays.toString(sizes), axis, sizes[axis]));
            }
            elements *= sizes[axis];
            if (elements > Integer.MAX_VALUE) {
                throw new IllegalArgumentException(
                        "Shape %s: more than %,d elements do not fit one tensor; use smaller batches or sizes"
                                .formatted(Arrays.toString(sizes), Integer.MAX_VALUE));
            }
        }
        return new Shape(sizes.clone());
    }

    /** A shape from ND4J's lengths, with the same checks as {@link #of}. */
    public static Shape of(long[] sizes) {
        return of(Arrays.stream(sizes).mapToInt(Math::toIntExact).toArray());
    }

    public int rank() {
        return sizes.length;
    }

    /** The length of one axis; a negative axis counts from the last, as in Keras. */
    public int size(int axis) {
        return sizes[axis < 0 ? sizes.length + axis : axis];
    }

    public int last() {
        return sizes[sizes.length - 1];
    }

    /** The number of elements. */
    public int elements() {
        int product = 1;
        for (int size : sizes) {
            product *= size;
        }
        return product;
    }

    /** This shape with one axis more in front. */
    public Shape prepend(int size) {
        int[] longer = new int[sizes.length + 1];
        longer[0] = size;
        System.arraycopy(sizes, 0, longer, 1, sizes.length);
        return of(longer);
    }

    /** The axes from {@code first} on; {@code from(1)} drops the batch axis. */
    public Shape from(int first) {
        return of(Arrays.copyOfRange(sizes, first, sizes.length));
    }

    /** This shape with another last axis. */
    public Shape withLast(int size) {
        int[] changed = sizes.clone();
        changed[sizes.length - 1] = size;
        return of(changed);
    }

    public int[] toArray() {
        return sizes.clone();
    }

    public long[] toLongArray() {
        return Arrays.stream(sizes).asLongStream().toArray();
    }

    /** With an open batch axis in front, as Keras prints it: {@code (None, 24, 24, 8)}. */
    public String toBatchString() {
        return Arrays.stream(sizes).mapToObj(size -> ", " + size).collect(Collectors.joining("", "(None", ")"));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Shape shape && Arrays.equals(sizes, shape.sizes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(sizes);
    }

    /** As Python prints a tuple: {@code (24, 24, 8)}, {@code (8,)}, {@code ()}. */
    @Override
    public String toString() {
        String inner = Arrays.stream(sizes).mapToObj(Integer::toString).collect(Collectors.joining(", "));
        return sizes.length == 1 ? "(" + inner + ",)" : "(" + inner + ")";
    }
}
