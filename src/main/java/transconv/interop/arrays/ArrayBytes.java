package transconv.interop.arrays;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.bytedeco.javacpp.BytePointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** An array's values as a file's bytes, of either byte order; they go straight into and out of the array's memory. */
public final class ArrayBytes {

    private static final int CHUNK = 1 << 18;

    /** The most axes of an ND4J array. */
    private static final int MAX_RANK = 32;

    private static final long MOST_VALUES = 1L << 40;

    private ArrayBytes() {}

    /**
     * Bytes of an array's values.
     *
     * @throws IllegalArgumentException if an array cannot have this shape
     */
    public static long count(DataType type, long[] shape) {
        if (shape.length > MAX_RANK) {
            throw new IllegalArgumentException("%d axes; an array has up to %d".formatted(shape.length, MAX_RANK));
        }
        long values = 1;
        boolean empty = false;
        for (long size : shape) {
            if (size < 0 || size > MOST_VALUES || values > MOST_VALUES / Math.max(1, size)) {
                throw new IllegalArgumentException("shape %s; each size must be 0 to %,d, and so must their product"
                        .formatted(Arrays.toString(shape), MOST_VALUES));
            }
            empty |= size == 0;
            values *= Math.max(1, size);
        }
        return empty ? 0 : values * type.width();
    }

    /**
     * Reads the values into a new array; nothing else is allocated than that and a chunk.
     *
     * @param layout c (last axis fastest) or f (first axis fastest), of the values and of the array
     * @throws EOFException if there are fewer
     */
    public static INDArray read(InputStream in, DataType type, ByteOrder order, char layout, long[] shape)
            throws IOException {
        long count = count(type, shape);
        if (count == 0) {
            return Nd4j.create(type, shape);
        }
        INDArray array = shape.length == 0 ? Nd4j.scalar(type, 0) : Nd4j.createUninitialized(type, shape, layout);
        try {
            byte[] chunk = new byte[(int) Math.min(CHUNK, count)];
            for (long at = 0; at < count; ) {
                int wanted = (int) Math.min(chunk.length, count - at);
                int got = in.readNBytes(chunk, 0, wanted);
                if (got < wanted) {
                    throw new EOFException("the values end after %,d of %,d bytes".formatted(at + got, count));
                }
                if (type == DataType.BOOL) {
                    makeTruthValues(chunk, wanted);
                }
                copy(ByteBuffer.wrap(chunk, 0, wanted).order(order), memory(array, at, wanted), type.width());
                at += wanted;
            }
        } catch (IOException | RuntimeException failed) {
            array.close();
            throw failed;
        }
        return array;
    }

    /** Any other byte than 0 and 1 would be true to some operations and false to others. */
    private static void makeTruthValues(byte[] values, int count) {
        for (int i = 0; i < count; i++) {
            values[i] = (byte) (values[i] == 0 ? 0 : 1);
        }
    }

    /** The array itself where its values lie in that layout without gaps, else a copy. */
    public static INDArray contiguous(INDArray array, char layout) {
        return isContiguous(array, layout) ? array : array.dup(layout);
    }

    /** Whether the values lie in that layout without gaps. */
    public static boolean isContiguous(INDArray array, char layout) {
        long step = 1;
        for (int i = 0; i < array.rank(); i++) {
            int axis = layout == 'f' ? i : array.rank() - 1 - i;
            if (array.size(axis) != 1 && array.stride(axis) != step) {
                return false;
            }
            step *= array.size(axis);
        }
        return true;
    }

    /** Writes the values of a contiguous array as they lie in memory. */
    public static void write(INDArray contiguous, ByteOrder order, OutputStream out) throws IOException {
        int width = contiguous.dataType().width();
        long count = contiguous.isEmpty() ? 0 : contiguous.length() * width;
        byte[] chunk = new byte[(int) Math.min(CHUNK, count)];
        for (long at = 0; at < count; ) {
            int wanted = (int) Math.min(chunk.length, count - at);
            copy(memory(contiguous, at, wanted), ByteBuffer.wrap(chunk).order(order), width);
            out.write(chunk, 0, wanted);
            at += wanted;
        }
        // A buffer of its memory does not keep the array, which may be a copy.
        Reference.reachabilityFence(contiguous);
    }

    private static ByteBuffer memory(INDArray array, long at, int count) {
        // of a part of an array, pointer() points to the first value of the whole
        BytePointer bytes = new BytePointer(array.data().addressPointer());
        long begin = bytes.position() + at;
        return bytes.position(begin).limit(begin + count).asByteBuffer().order(ByteOrder.nativeOrder());
    }

    /** Word by word, so that the bytes change order where the orders differ. */
    private static void copy(ByteBuffer from, ByteBuffer to, int width) {
        switch (width) {
            case Byte.BYTES -> to.put(from);
            case Short.BYTES -> to.asShortBuffer().put(from.asShortBuffer());
            case Integer.BYTES -> to.asIntBuffer().put(from.asIntBuffer());
            default -> to.asLongBuffer().put(from.asLongBuffer());
        }
    }
}
