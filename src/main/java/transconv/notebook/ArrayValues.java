package transconv.notebook;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What a table needs to know of an array, be it ND4J's or Java's own.
 *
 * @param type  what stands before the shape, {@code INDArray float}
 * @param shape the length of each axis; of a ragged Java array the longest
 */
record ArrayValues(String type, long[] shape, Reader reader) {

    /** Reads one value; null where a ragged array has none. */
    interface Reader {
        Object at(long[] index);
    }

    static ArrayValues of(INDArray array) {
        return new ArrayValues(
                "INDArray " + array.dataType().name().toLowerCase(Locale.ROOT),
                array.shape().clone(),
                index -> switch (array.dataType()) {
                    case BOOL -> array.getDouble(index) != 0;
                    case DOUBLE -> array.getDouble(index);
                    case FLOAT, HALF, BFLOAT16 -> (float) array.getDouble(index);
                    default -> array.getLong(index);
                });
    }

    /** @param array a primitive Java array of any rank, {@code double[][]} */
    static ArrayValues ofJava(Object array) {
        List<Long> shape = new ArrayList<>();
        for (Class<?> type = array.getClass(); type.isArray(); type = type.getComponentType()) {
            shape.add(0L);
        }
        measure(array, 0, shape);
        return new ArrayValues(
                array.getClass().getSimpleName(),
                shape.stream().mapToLong(Long::longValue).toArray(),
                index -> {
                    Object part = array;
                    for (long i : index) {
                        if (part == null || i >= Array.getLength(part)) {
                            return null;
                        }
                        part = Array.get(part, (int) i);
                    }
                    return part;
                });
    }

    private static void measure(Object part, int axis, List<Long> shape) {
        if (part == null || axis == shape.size()) {
            return;
        }
        int length = Array.getLength(part);
        shape.set(axis, Math.max(shape.get(axis), length));
        for (int i = 0; axis + 1 < shape.size() && i < length; i++) {
            measure(Array.get(part, i), axis + 1, shape);
        }
    }

    int rank() {
        return shape.length;
    }

    boolean isEmpty() {
        for (long size : shape) {
            if (size == 0) {
                return true;
            }
        }
        return false;
    }

    Object at(long... index) {
        return reader.at(index);
    }
}
