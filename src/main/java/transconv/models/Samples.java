package transconv.models;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import transconv.shape.Shape;

/** Data as programs take it: checked, float, contiguous. */
final class Samples {

    private Samples() {}

    /** One array for each shape, checked. */
    static List<INDArray> checked(String call, String what, List<INDArray> data, List<Shape> shapes) {
        return checked(call, what, data, shapes, List.of(), List.of());
    }

    /** As above; what was checked already is taken as it is. */
    static List<INDArray> checked(
            String call,
            String what,
            List<INDArray> data,
            List<Shape> shapes,
            List<INDArray> known,
            List<INDArray> knownChecked) {
        if (data.size() != shapes.size()) {
            throw new IllegalArgumentException("%s: %d arrays for %s; the model has %d, of shapes %s"
                    .formatted(call, data.size(), what, shapes.size(), shapes));
        }
        List<INDArray> all = new ArrayList<>();
        for (int i = 0; i < data.size(); i++) {
            INDArray array = data.get(i);
            Shape shape = shapes.get(i);
            boolean same = i < known.size()
                    && known.get(i) == array
                    && Shape.of(knownChecked.get(i).shape()).from(1).equals(shape);
            all.add(same ? knownChecked.get(i) : checked(call, data.size() == 1 ? what : what + " " + i, array, shape));
        }
        return all;
    }

    /** Targets of the shapes' ranks: a last axis of length 1 that is missing is added, one too many is dropped. */
    static List<INDArray> ofRank(List<INDArray> targets, List<Shape> shapes) {
        List<INDArray> all = new ArrayList<>();
        for (int i = 0; i < targets.size(); i++) {
            INDArray target = targets.get(i);
            int rank = i < shapes.size() ? shapes.get(i).rank() + 1 : target.rank();
            long[] sizes = target.shape();
            if (target.rank() == rank + 1 && sizes[rank] == 1) {
                target = target.dup('c').reshape(Arrays.copyOf(sizes, rank));
            } else if (target.rank() == rank - 1 && shapes.get(i).last() == 1) {
                long[] longer = Arrays.copyOf(sizes, rank);
                longer[rank - 1] = 1;
                target = target.dup('c').reshape(longer);
            }
            all.add(target);
        }
        return all;
    }

    /** Fails unless all have as many samples as the first of x. */
    static void requireEqualCounts(String call, List<INDArray> x, List<INDArray> y) {
        long count = x.get(0).size(0);
        for (INDArray other : x) {
            if (other.size(0) != count) {
                throw new IllegalArgumentException("%s: the inputs have %d and %d samples; all need the same number"
                        .formatted(call, count, other.size(0)));
            }
        }
        for (INDArray other : y) {
            if (other.size(0) != count) {
                throw new IllegalArgumentException("%s: x has %d samples, y has %d; both need the same number"
                        .formatted(call, count, other.size(0)));
            }
        }
    }

    /**
     * @param call  the method, for messages
     * @param what  {@code x} or {@code y}, for messages
     * @param shape the shape of one sample
     * @return the array itself where it fits as it is, else a copy
     * @throws IllegalArgumentException if the shape is wrong, there is no sample, or a value is not a finite number
     */
    static INDArray checked(String call, String what, INDArray data, Shape shape) {
        if (data.rank() == shape.rank() + 1 && data.length() == 0) {
            throw new IllegalArgumentException("%s: %s has shape %s; it has no sample, give at least one"
                    .formatted(call, what, Arrays.toString(data.shape())));
        }
        if (data.rank() != shape.rank() + 1 || !Shape.of(data.shape()).from(1).equals(shape)) {
            throw new IllegalArgumentException("%s: %s has shape %s; the model needs %s, samples on the first axis%s"
                    .formatted(call, what, Arrays.toString(data.shape()), shape.toBatchString(), hint(data, shape)));
        }
        INDArray floats = data.castTo(DataType.FLOAT);
        if (floats.ordering() != 'c' || !contiguous(floats)) {
            floats = floats.dup('c');
        }
        requireFinite(call, what, floats);
        return floats;
    }

    private static boolean contiguous(INDArray array) {
        long stride = 1;
        for (int axis = array.rank() - 1; axis >= 0; axis--) {
            if (array.size(axis) > 1 && array.stride(axis) != stride) {
                return false;
            }
            stride *= array.size(axis);
        }
        return true;
    }

    private static String hint(INDArray data, Shape shape) {
        if (data.rank() == shape.rank() && Shape.of(data.shape()).equals(shape)) {
            return "; a single sample needs a batch axis: reshape it to " + shape.prepend(1);
        }
        if (data.rank() == shape.rank() && shape.last() == 1) {
            return "; the channel axis may be missing: reshape it to "
                    + Shape.of(data.shape())
                            .from(1)
                            .prepend((int) data.size(0))
                            .toString()
                            .replace(")", ", 1)");
        }
        return "";
    }

    private static void requireFinite(String call, String what, INDArray floats) {
        // A view's data begins at the view. A sum by ND4J would take as long for a single sample as a small network.
        DataBuffer data = floats.data();
        for (long i = 0; i < floats.length(); i++) {
            if (!Float.isFinite(data.getFloat(i))) {
                throw new IllegalArgumentException(
                        "%s: %s%s is %s; every value must be a finite number, clean the data first"
                                .formatted(call, what, position(i, floats.shape()), data.getFloat(i)));
            }
        }
    }

    private static String position(long flat, long[] shape) {
        long[] index = new long[shape.length];
        for (int axis = shape.length - 1; axis >= 0; axis--) {
            index[axis] = flat % shape[axis];
            flat /= shape[axis];
        }
        return Arrays.toString(index);
    }
}
