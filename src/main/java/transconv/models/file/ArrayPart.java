package transconv.models.file;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import transconv.config.Config;

/**
 * Arrays by name, one behind the other without gaps: the values of each in C order, little-endian, of the type that its
 * description names.
 */
final class ArrayPart {

    private static final int CHUNK = 1 << 20;

    private static final Map<String, DataType> TYPES =
            Map.of("float32", DataType.FLOAT, "float64", DataType.DOUBLE, "int64", DataType.LONG);

    /** What is known of an array before its values are read. */
    private record Declared(String name, DataType type, long[] shape, long bytes) {}

    private ArrayPart() {}

    /** Name, type and shape of each array, in the order of their values. */
    static List<Map<String, Object>> describe(Map<String, INDArray> arrays) {
        List<Map<String, Object>> list = new ArrayList<>();
        arrays.forEach((name, array) -> {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("name", name);
            one.put("type", typeName(name, array));
            one.put("shape", array.shape());
            list.add(one);
        });
        return list;
    }

    private static String typeName(String name, INDArray array) {
        if (array.length() * array.dataType().width() > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("array '%s' has %,d values; one array of a model file holds up to 2 GB"
                    .formatted(name, array.length()));
        }
        return TYPES.entrySet().stream()
                .filter(type -> type.getValue() == array.dataType())
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("array '%s' is of type %s; a model file holds %s"
                        .formatted(name, array.dataType(), TYPES.keySet())));
    }

    static long bytes(Map<String, INDArray> arrays) {
        return arrays.values().stream()
                .mapToLong(array -> array.length() * array.dataType().width())
                .sum();
    }

    static long checksum(Map<String, INDArray> arrays) throws IOException {
        CRC32 checksum = new CRC32();
        write(arrays, new OutputStream() {
            @Override
            public void write(int value) {
                checksum.update(value);
            }

            @Override
            public void write(byte[] values, int offset, int count) {
                checksum.update(values, offset, count);
            }
        });
        return checksum.getValue();
    }

    static void write(Map<String, INDArray> arrays, OutputStream out) throws IOException {
        byte[] chunk = new byte[CHUNK];
        for (INDArray array : arrays.values()) {
            INDArray contiguous = contiguous(array);
            ByteBuffer memory = memory(contiguous);
            int width = array.dataType().width();
            while (memory.hasRemaining()) {
                int count = Math.min(CHUNK, memory.remaining());
                ByteBuffer part = memory.slice(memory.position(), count).order(memory.order());
                copy(part, ByteBuffer.wrap(chunk, 0, count).order(ByteOrder.LITTLE_ENDIAN), width);
                out.write(chunk, 0, count);
                memory.position(memory.position() + count);
            }
            // The buffer does not keep the array, which may be a copy.
            Reference.reachabilityFence(contiguous);
        }
    }

    private static INDArray contiguous(INDArray array) {
        return array.isView() || array.ordering() != 'c' ? array.dup('c') : array;
    }

    private static ByteBuffer memory(INDArray array) {
        ByteBuffer memory = array.data().asNio().order(ByteOrder.nativeOrder());
        return memory.limit((int) (array.length() * array.dataType().width()));
    }

    /** Word by word, so that machines of either byte order write the same file. */
    private static void copy(ByteBuffer from, ByteBuffer to, int width) {
        if (width == Integer.BYTES) {
            to.asIntBuffer().put(from.asIntBuffer());
        } else {
            to.asLongBuffer().put(from.asLongBuffer());
        }
    }

    /**
     * Reads what {@link #describe} and {@link #write} wrote. Nothing is allocated before the described sizes add up to
     * the part's.
     *
     * @param place for messages: {@code weights}
     * @param bytes of the part
     * @throws IllegalArgumentException if a description is wrong
     */
    static Map<String, INDArray> read(String place, List<?> descriptions, long bytes, InputStream in)
            throws IOException {
        Map<String, Declared> declared = new LinkedHashMap<>();
        long sum = 0;
        for (Object description : descriptions) {
            Declared one = declared(place, description);
            sum += one.bytes();
            if (declared.put(one.name(), one) != null) {
                throw new IllegalArgumentException("%s: there are two arrays '%s'".formatted(place, one.name()));
            }
            if (sum > bytes) {
                break;
            }
        }
        if (sum != bytes) {
            throw new IllegalArgumentException("%s: the arrays' shapes need %s%,d bytes, the file has %,d"
                    .formatted(place, sum > bytes ? "at least " : "", sum, bytes));
        }
        Map<String, INDArray> arrays = new LinkedHashMap<>();
        byte[] chunk = new byte[(int) Math.min(CHUNK, bytes)];
        for (Declared one : declared.values()) {
            arrays.put(one.name(), values(one, in, chunk));
        }
        return arrays;
    }

    private static Declared declared(String place, Object description) {
        if (!(description instanceof Map<?, ?> map)) {
            throw new IllegalArgumentException(
                    "%s: an array is described by '%s'; it must be name, type and shape".formatted(place, description));
        }
        Config config = Config.of(place, map);
        String name = config.text("name");
        DataType type = TYPES.get(config.text("type"));
        if (type == null) {
            throw new IllegalArgumentException("%s: array '%s' is of type '%s'; it must be one of %s"
                    .formatted(place, name, config.text("type"), TYPES.keySet()));
        }
        int[] sizes = config.list("shape").isEmpty() ? new int[0] : config.integers("shape");
        long[] shape = new long[sizes.length];
        long bytes = type.width();
        for (int axis = 0; axis < sizes.length; axis++) {
            shape[axis] = sizes[axis];
            bytes *= sizes[axis];
            if (sizes[axis] < 1 || bytes > Integer.MAX_VALUE || sizes.length > 32) {
                throw new IllegalArgumentException(
                        "%s: array '%s' has shape %s; every axis must be at least 1 long, and all below 2 GB"
                                .formatted(place, name, config.list("shape")));
            }
        }
        return new Declared(name, type, shape, bytes);
    }

    private static INDArray values(Declared declared, InputStream in, byte[] chunk) throws IOException {
        INDArray array = declared.shape().length == 0
                ? Nd4j.scalar(declared.type(), 0)
                : Nd4j.createUninitialized(declared.type(), declared.shape(), 'c');
        ByteBuffer memory = memory(array);
        while (memory.hasRemaining()) {
            int wanted = Math.min(chunk.length, memory.remaining());
            if (in.readNBytes(chunk, 0, wanted) != wanted) {
                throw new IOException("the values end within array '%s'".formatted(declared.name()));
            }
            ByteBuffer part = memory.slice(memory.position(), wanted).order(memory.order());
            copy(
                    ByteBuffer.wrap(chunk, 0, wanted).order(ByteOrder.LITTLE_ENDIAN),
                    part,
                    declared.type().width());
            memory.position(memory.position() + wanted);
        }
        return array;
    }
}
