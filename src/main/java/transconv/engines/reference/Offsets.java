package transconv.engines.reference;

import transconv.shape.Shape;

/**
 * Where the elements of a box lie in a C-ordered array. Whatever only moves, repeats or reduces values is one walk over
 * a box, with other strides in the array that it reads and the one that it writes.
 */
final class Offsets {

    private Offsets() {}

    /** How far apart neighbours along each axis lie in a C-ordered array. */
    static int[] strides(Shape shape) {
        int[] strides = new int[shape.rank()];
        int stride = 1;
        for (int axis = shape.rank() - 1; axis >= 0; axis--) {
            strides[axis] = stride;
            stride *= shape.size(axis);
        }
        return strides;
    }

    /** The strides of an array along whose axes of length 1 a walk does not move: it repeats or reduces there. */
    static int[] repeatingStrides(Shape shape) {
        int[] strides = strides(shape);
        for (int axis = 0; axis < strides.length; axis++) {
            if (shape.size(axis) == 1) {
                strides[axis] = 0;
            }
        }
        return strides;
    }

    /** For each element of the box in C order: {@code start + sum over axes of coordinate * stride}. */
    static int[] of(Shape box, int start, int[] strides) {
        int[] offsets = new int[box.elements()];
        for (int i = 0; i < offsets.length; i++) {
            int[] coordinates = coordinates(box, i);
            int offset = start;
            for (int axis = 0; axis < coordinates.length; axis++) {
                offset += coordinates[axis] * strides[axis];
            }
            offsets[i] = offset;
        }
        return offsets;
    }

    /** The position on each axis of the element at an index in C order. */
    static int[] coordinates(Shape shape, int index) {
        int[] coordinates = new int[shape.rank()];
        for (int axis = shape.rank() - 1; axis >= 0; axis--) {
            coordinates[axis] = index % shape.size(axis);
            index /= shape.size(axis);
        }
        return coordinates;
    }
}
