package transconv.engines.nd4j;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Work memory of a program's steps. Arrays that hold nothing between steps share one buffer; arrays whose zero borders
 * must last have memory of their own.
 */
final class Scratch implements AutoCloseable {

    private final List<INDArray> owned = new ArrayList<>();
    private final long largest;
    private INDArray shared;

    /** @param largest elements of the largest shared array that will be asked for */
    Scratch(long largest) {
        this.largest = largest;
    }

    /** An array that any other step may overwrite. */
    INDArray shared(long... shape) {
        if (shared == null) {
            shared = own(largest);
        }
        return shared.get(NDArrayIndex.interval(0, elements(shape))).reshape('c', shape);
    }

    /** An array of zeros that only its step writes to. */
    INDArray zeros(long... shape) {
        return own(elements(shape)).reshape('c', shape);
    }

    /** An array of truth values. */
    INDArray booleans(long... shape) {
        INDArray array = Nd4j.create(DataType.BOOL, shape);
        owned.add(array);
        return array;
    }

    /** All that was asked for. */
    long bytes() {
        return owned.stream()
                .mapToLong(array -> array.length() * array.dataType().width())
                .sum();
    }

    private INDArray own(long elements) {
        INDArray array = Nd4j.create(DataType.FLOAT, elements);
        owned.add(array);
        return array;
    }

    private static long elements(long... shape) {
        long product = 1;
        for (long size : shape) {
            product *= size;
        }
        return product;
    }

    @Override
    public void close() {
        owned.forEach(INDArray::close);
    }
}
