package transconv.training.metrics;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import transconv.shape.Shape;

/** An array's values in C order, read once, with its axis lengths. */
record FloatTensor(float[] data, int[] shape) {

    static FloatTensor of(String owner, String what, INDArray array) {
        if (array == null) {
            throw new IllegalArgumentException("%s: %s=null must be an array (samples, ...)".formatted(owner, what));
        }
        if (array.isEmpty()) {
            throw new IllegalArgumentException("%s: %s is empty; give at least one sample".formatted(owner, what));
        }
        INDArray ordered = array.ordering() == 'c' && !array.isView() ? array : array.dup('c');
        float[] data = ordered.data().asFloat();
        int length = Math.toIntExact(array.length());
        return new FloatTensor(
                data.length == length ? data : Arrays.copyOf(data, length),
                Arrays.stream(array.shape()).mapToInt(Math::toIntExact).toArray());
    }

    int rank() {
        return shape.length;
    }

    /** The last axis' length; 1 for a scalar. */
    int last() {
        return shape.length == 0 ? 1 : shape[shape.length - 1];
    }

    FloatTensor reshape(int... sizes) {
        return new FloatTensor(data, sizes);
    }

    FloatTensor withoutLastAxis() {
        return reshape(Arrays.copyOf(shape, shape.length - 1));
    }

    /** This tensor's axis lengths without one of them. */
    int[] shapeWithout(int axis) {
        return IntStream.range(0, shape.length)
                .filter(a -> a != axis)
                .map(a -> shape[a])
                .toArray();
    }

    boolean hasShape(int[] other) {
        return Arrays.equals(shape, other);
    }

    /** The axis lengths as Python prints them: {@code (2, 3)}. */
    String shapeText() {
        return Shape.of(shape).toString();
    }
}
