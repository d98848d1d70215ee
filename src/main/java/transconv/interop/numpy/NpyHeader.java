package transconv.interop.numpy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.nd4j.linalg.api.buffer.DataType;
import transconv.interop.arrays.ArrayBytes;

/**
 * What stands before an array's values: magic, version, length, and a dictionary in Python's notation with
 * {@code descr}, {@code fortran_order} and {@code shape}. Source: NumPy, {@code numpy.lib.format}.
 *
 * @param layout f where the first axis is the fastest, else c
 * @param bytes  that the header itself takes
 */
record NpyHeader(NpyType type, ByteOrder order, char layout, long[] shape, long bytes) {

    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final Set<String> KEYS = Set.of("descr", "fortran_order", "shape");

    /** NumPy aligns the values for memory mapping. */
    private static final int ALIGNMENT = 64;

    /** Of plain arrays, a header has some hundred bytes; those of structured ones are longer. */
    private static final int MOST_TEXT = 1 << 16;

    /** Bytes of the array's values. */
    long valueBytes() {
        return ArrayBytes.count(type.dataType(), shape);
    }

    /** @throws IOException if there is no such header, or one of an array that cannot be taken */
    static NpyHeader read(InputStream in) throws IOException {
        byte[] begin = in.readNBytes(MAGIC.length + 2);
        if (begin.length < MAGIC.length + 2 || !Arrays.equals(begin, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw new IOException("it does not begin with the magic \\x93NUMPY and a version");
        }
        int version = begin[MAGIC.length];
        if (version < 1 || version > 3 || begin[MAGIC.length + 1] != 0) {
            throw new IOException(
                    "format version %d.%d; it must be 1.0, 2.0 or 3.0".formatted(version, begin[MAGIC.length + 1]));
        }
        int lengthBytes = version == 1 ? Short.BYTES : Integer.BYTES;
        byte[] length = in.readNBytes(lengthBytes);
        if (length.length < lengthBytes) {
            throw new IOException("it ends within the header's length");
        }
        long characters = version == 1
                ? ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getShort() & 0xFFFFL
                : ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getInt() & 0xFFFF_FFFFL;
        if (characters > MOST_TEXT) {
            throw new IOException("the header's length is %,d; it may be %,d".formatted(characters, MOST_TEXT));
        }
        byte[] text = in.readNBytes((int) characters);
        if (text.length < characters) {
            throw new IOException("it ends within the header, after %d of %d bytes".formatted(text.length, characters));
        }
        Charset charset = version == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1;
        return of(PythonLiteral.dictionary(new String(text, charset)), begin.length + lengthBytes + characters);
    }

    private static NpyHeader of(Map<String, Object> values, long bytes) throws IOException {
        if (!values.keySet().equals(KEYS)) {
            throw new IOException("the header has the keys %s; they must be %s".formatted(values.keySet(), KEYS));
        }
        NpyType type = NpyType.of(values.get("descr"));
        if (!(values.get("fortran_order") instanceof Boolean fortran)) {
            throw new IOException("fortran_order=%s must be True or False".formatted(values.get("fortran_order")));
        }
        if (!(values.get("shape") instanceof long[] shape)) {
            throw new IOException("shape=%s must be a tuple of whole numbers".formatted(values.get("shape")));
        }
        try {
            ArrayBytes.count(type.dataType(), shape);
        } catch (IllegalArgumentException refused) {
            throw new IOException(refused.getMessage(), refused);
        }
        return new NpyHeader(type, NpyType.order((String) values.get("descr")), fortran ? 'f' : 'c', shape, bytes);
    }

    /** The header of an array that is about to be written, in version 1.0. */
    static byte[] write(DataType dataType, char layout, long[] shape) throws IOException {
        String sizes = Arrays.stream(shape).mapToObj(Long::toString).collect(Collectors.joining(", "));
        String text = "{'descr': '%s', 'fortran_order': %s, 'shape': (%s%s), }"
                .formatted(
                        NpyType.of(dataType).description(),
                        layout == 'f' ? "True" : "False",
                        sizes,
                        shape.length == 1 ? "," : "");
        int before = MAGIC.length + 2 + Short.BYTES;
        int length = (before + text.length() + ALIGNMENT) / ALIGNMENT * ALIGNMENT - before;
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        header.write(MAGIC);
        header.write(new byte[] {1, 0, (byte) length, (byte) (length >> 8)});
        header.write(text.getBytes(StandardCharsets.ISO_8859_1));
        header.write(" ".repeat(length - text.length() - 1).getBytes(StandardCharsets.ISO_8859_1));
        header.write('\n');
        return header.toByteArray();
    }
}
