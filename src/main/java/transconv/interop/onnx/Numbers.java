package transconv.interop.onnx;

import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataLocation;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import transconv.shape.Shape;

/** Numbers that a file holds, or that follow from these and from shapes alone. Real ones stay in the file's memory. */
final class Numbers {

    /** In place of the number of samples, which is open. */
    static final long SAMPLES = -1;

    /** Rows that are transposed together. */
    private static final int BLOCK = 32;

    private final int[] dims;
    private final FloatBuffer reals;
    private final long[] integers;

    private Numbers(int[] dims, FloatBuffer reals, long[] integers) {
        this.dims = dims;
        this.reals = reals;
        this.integers = integers;
    }

    static Numbers of(long[] integers, int... dims) {
        return new Numbers(dims, null, integers);
    }

    static Numbers of(float[] reals, int... dims) {
        return new Numbers(dims, FloatBuffer.wrap(reals), null);
    }

    /** @throws IllegalArgumentException if it is no whole tensor of a known type within the file */
    static Numbers of(TensorProto tensor) {
        String place = "tensor '%s'".formatted(tensor.getName());
        if (tensor.getDataLocation() == DataLocation.EXTERNAL || tensor.getExternalDataCount() > 0) {
            throw new IllegalArgumentException(
                    "%s: data_location=EXTERNAL; another file is never opened, save the model with its data in one file"
                            .formatted(place));
        }
        if (tensor.hasSegment()) {
            throw new IllegalArgumentException("%s: segment is set; it must hold all of its data".formatted(place));
        }
        int[] dims = dims(place, tensor);
        int count = IntStream.of(dims).reduce(1, (a, b) -> a * b);
        return switch (tensor.getDataType()) {
            case DataType.FLOAT_VALUE -> reals(place, tensor, dims, count);
            case DataType.DOUBLE_VALUE -> doubles(place, tensor, dims, count);
            case DataType.INT64_VALUE, DataType.INT32_VALUE, DataType.BOOL_VALUE -> integers(
                    place, tensor, dims, count);
            default -> throw new IllegalArgumentException(
                    "%s: data_type=%s; float32, double, int64, int32 and bool are read, save the model in float32"
                            .formatted(place, typeName(tensor.getDataType())));
        };
    }

    static String typeName(int type) {
        DataType known = DataType.forNumber(type);
        return known == null ? "%d, which is none".formatted(type) : known.name();
    }

    private static int[] dims(String place, TensorProto tensor) {
        long count = 1;
        int[] dims = new int[tensor.getDimsCount()];
        for (int axis = 0; axis < dims.length; axis++) {
            long size = tensor.getDims(axis);
            // an empty list is a tensor of length 0
            boolean isEmptyList = size == 0 && dims.length == 1;
            count = size < 1 || size > Integer.MAX_VALUE ? 0 : count * size;
            if (dims.length > 16 || !isEmptyList && count < 1 || count > Integer.MAX_VALUE / 8) {
                throw new IllegalArgumentException(
                        "%s: dims=%s; every axis must be at least 1 long, at most 16 of them and all below 2 GB"
                                .formatted(place, shown(tensor)));
            }
            dims[axis] = (int) size;
        }
        return dims;
    }

    private static String shown(TensorProto tensor) {
        return tensor.getDimsList().stream().limit(20).toList().toString();
    }

    private static ByteBuffer raw(String place, TensorProto tensor, int count, int width, int listed) {
        boolean isRaw = tensor.hasRawData();
        long held = isRaw ? tensor.getRawData().size() : (long) listed * width;
        if (held != (long) count * width) {
            throw new IllegalArgumentException("%s: dims=%s need %,d bytes of %s, it holds %,d; the file is damaged"
                    .formatted(place, shown(tensor), (long) count * width, typeName(tensor.getDataType()), held));
        }
        return isRaw ? tensor.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN) : null;
    }

    private static Numbers reals(String place, TensorProto tensor, int[] dims, int count) {
        ByteBuffer raw = raw(place, tensor, count, Float.BYTES, tensor.getFloatDataCount());
        if (raw != null) {
            return new Numbers(dims, raw.asFloatBuffer(), null);
        }
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = tensor.getFloatData(i);
        }
        return of(values, dims);
    }

    private static Numbers doubles(String place, TensorProto tensor, int[] dims, int count) {
        ByteBuffer raw = raw(place, tensor, count, Double.BYTES, tensor.getDoubleDataCount());
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (raw != null ? raw.getDouble() : tensor.getDoubleData(i));
        }
        return of(values, dims);
    }

    private static Numbers integers(String place, TensorProto tensor, int[] dims, int count) {
        boolean isLong = tensor.getDataType() == DataType.INT64_VALUE;
        int width = isLong ? Long.BYTES : tensor.getDataType() == DataType.BOOL_VALUE ? 1 : Integer.BYTES;
        int listed = isLong ? tensor.getInt64DataCount() : tensor.getInt32DataCount();
        ByteBuffer raw = raw(place, tensor, count, width, listed);
        long[] values = new long[count];
        for (int i = 0; i < count; i++) {
            if (raw == null) {
                values[i] = isLong ? tensor.getInt64Data(i) : tensor.getInt32Data(i);
            } else {
                values[i] = isLong ? raw.getLong() : width == 1 ? raw.get() : raw.getInt();
            }
        }
        return of(values, dims);
    }

    int[] dims() {
        return dims.clone();
    }

    int rank() {
        return dims.length;
    }

    int count() {
        return isReal() ? reals.limit() : integers.length;
    }

    boolean isReal() {
        return reals != null;
    }

    /** Whole numbers, real ones that are whole among them. */
    long[] integers() {
        if (!isReal()) {
            return integers.clone();
        }
        float[] values = floats();
        long[] whole = new long[values.length];
        for (int i = 0; i < whole.length; i++) {
            whole[i] = (long) values[i];
            if (whole[i] != values[i]) {
                throw new IllegalArgumentException("%s; whole numbers are needed".formatted(this));
            }
        }
        return whole;
    }

    /** Copied. */
    float[] floats() {
        float[] values = new float[count()];
        for (int i = 0; i < values.length; i++) {
            values[i] = real(i);
        }
        return values;
    }

    private float real(int index) {
        return isReal() ? reals.get(index) : integers[index];
    }

    /** The only number. */
    float scalar() {
        return real(0);
    }

    Numbers reshaped(int... target) {
        if (IntStream.of(target).reduce(1, Math::multiplyExact) != count()) {
            throw new IllegalArgumentException(
                    "%s to shape %s; the numbers must be as many".formatted(this, Arrays.toString(target)));
        }
        return new Numbers(target.clone(), reals, integers);
    }

    Numbers transposed(int... order) {
        Constant turned = new Constant(floats(), Shape.of(dims)).transposed(order);
        return of(turned.values(), turned.shape().toArray());
    }

    /**
     * A new array, its axis i being this one's axis {@code order[i]}.
     *
     * @param order every axis once
     */
    INDArray array(int... order) {
        int rank = dims.length;
        long[] sizes = IntStream.of(order).mapToLong(axis -> dims[axis]).toArray();
        INDArray array = Nd4j.createUninitialized(org.nd4j.linalg.api.buffer.DataType.FLOAT, sizes, 'c');
        DataBuffer data = array.data();
        FloatBuffer to = data.asNio().order(ByteOrder.nativeOrder()).asFloatBuffer();
        if (Arrays.equals(order, IntStream.range(0, rank).toArray()) && isReal()) {
            to.put(reals.duplicate().position(0));
        } else if (isReal() && order[rank - 1] == 0 && dims[0] >= BLOCK) {
            transposeBlocks(order, to);
        } else {
            transpose(order, to);
        }
        return array;
    }

    /**
     * The first axis becomes the last, as in all kernels: a block of it is read row by row into a small heap array,
     * whose columns are written in pieces of a block's length.
     */
    private void transposeBlocks(int[] order, FloatBuffer to) {
        int rows = dims[0];
        int columns = count() / rows;
        int[] places = places(order, columns);
        float[] block = new float[Math.multiplyExact(BLOCK, columns)];
        float[] piece = new float[BLOCK];
        for (int first = 0; first < rows; first += BLOCK) {
            int length = Math.min(BLOCK, rows - first);
            reals.get(first * columns, block, 0, length * columns);
            for (int column = 0; column < columns; column++) {
                for (int row = 0, from = places[column]; row < length; row++, from += columns) {
                    piece[row] = block[from];
                }
                to.put(column * rows + first, piece, 0, length);
            }
        }
    }

    /** Where in a row of all axes but the first each value stands, in the order in which it is wanted. */
    private int[] places(int[] order, int columns) {
        int[] places = new int[columns];
        int[] strides = new int[dims.length];
        for (int axis = dims.length - 1, stride = 1; axis > 0; stride *= dims[axis--]) {
            strides[axis] = stride;
        }
        int filled = 1;
        for (int i = 0; i < order.length - 1; i++) {
            int size = dims[order[i]];
            for (int known = filled - 1; known >= 0; known--) {
                for (int at = size - 1; at >= 0; at--) {
                    places[known * size + at] = places[known] + at * strides[order[i]];
                }
            }
            filled *= size;
        }
        return places;
    }

    /** Row by row through a small heap array: the reads jump, the writes follow each other. */
    private void transpose(int[] order, FloatBuffer to) {
        int rank = order.length;
        int[] strides = new int[rank];
        for (int axis = rank - 1, stride = 1; axis >= 0; stride *= dims[axis--]) {
            strides[axis] = stride;
        }
        int last = dims[order[rank - 1]];
        int step = strides[order[rank - 1]];
        float[] row = new float[last];
        int[] place = new int[rank];
        int from = 0;
        for (int rows = count() / last; rows > 0; rows--) {
            for (int i = 0; i < last; i++) {
                row[i] = real(from + i * step);
            }
            to.put(row);
            for (int axis = rank - 2; axis >= 0; axis--) {
                from += strides[order[axis]];
                if (++place[axis] < dims[order[axis]]) {
                    break;
                }
                from -= strides[order[axis]] * dims[order[axis]];
                place[axis] = 0;
            }
        }
    }

    @Override
    public String toString() {
        String values = IntStream.range(0, Math.min(8, count()))
                .mapToObj(i -> isReal() ? String.valueOf(reals.get(i)) : String.valueOf(integers[i]))
                .toList()
                .toString();
        return "numbers %s%s of shape %s".formatted(values, count() > 8 ? "..." : "", Arrays.toString(dims));
    }
}
