package transconv.interop.keras;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * An array where it lies in a file.
 *
 * @param path within the file, for messages
 * @param type NumPy's name: {@code float32}
 */
record StoredArray(String path, long[] shape, String type, ByteOrder order, FileRegion values) {

    /** Fails unless it is one of float32 of that shape. */
    void requireFloat(String what, long[] wanted) {
        if (!Arrays.equals(shape, wanted) || !type.equals("float32")) {
            throw new IllegalArgumentException("%s needs shape %s of float32, '%s' has %s of %s"
                    .formatted(what, Arrays.toString(wanted), path, Arrays.toString(shape), type));
        }
    }

    /** Fills an array of its shape with its values. */
    void readInto(INDArray array) throws IOException {
        ByteBuffer memory = array.data().asNio().order(ByteOrder.nativeOrder());
        memory.limit((int) values.size());
        values.read(0, memory);
        if (order != ByteOrder.nativeOrder()) {
            memory.flip();
            for (int at = 0; at < memory.limit(); at += Integer.BYTES) {
                memory.putInt(at, Integer.reverseBytes(memory.getInt(at)));
            }
        }
    }

    /** As a new array of float32. */
    INDArray floats() throws IOException {
        INDArray array = shape.length == 0
                ? Nd4j.scalar(DataType.FLOAT, 0)
                : Nd4j.createUninitialized(DataType.FLOAT, shape, 'c');
        readInto(array);
        return array;
    }

    /** The one number that it is. */
    double number() throws IOException {
        if (shape.length != 0) {
            throw new IllegalArgumentException(
                    "'%s' has shape %s; it must be one number".formatted(path, Arrays.toString(shape)));
        }
        ByteBuffer value = ByteBuffer.wrap(values.bytes()).order(order);
        return switch (type) {
            case "float32" -> value.getFloat();
            case "float64" -> value.getDouble();
            case "int32" -> value.getInt();
            case "int64" -> value.getLong();
            default -> throw new IllegalArgumentException(
                    "'%s' is of type %s; it must be a number".formatted(path, type));
        };
    }
}
