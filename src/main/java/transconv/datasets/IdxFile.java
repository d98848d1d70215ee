package transconv.datasets;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * An array in the IDX format of the MNIST database: a header with element type and dimensions, then the elements,
 * big-endian, the last axis fastest. Plain or gzip-compressed, told apart by the content and not by the name; what
 * follows the end of the gzip stream itself is ignored, as gzip does.
 *
 * <p>The header is checked against what the file holds before anything is allocated, and {@link #read} keeps no second
 * copy: the elements go straight into the result.
 *
 * <pre>{@code
 * IdxFile images = IdxFile.open(Path.of("t10k-images-idx3-ubyte.gz"));
 * INDArray pixels = images.read(DataType.FLOAT, 255);   // [10000 images, 28 height, 28 width] in [0, 1]
 * }</pre>
 *
 * <p>Source: LeCun, Cortes, Burges, "The MNIST database of handwritten digits", file formats.
 */
public final class IdxFile {

    /** What an element is stored as; the third byte of the file. */
    public enum ElementType {
        UBYTE(0x08, Byte.BYTES),
        BYTE(0x09, Byte.BYTES),
        SHORT(0x0B, Short.BYTES),
        INT(0x0C, Integer.BYTES),
        FLOAT(0x0D, Float.BYTES),
        DOUBLE(0x0E, Double.BYTES);

        private final int code;
        private final int bytes;

        ElementType(int code, int bytes) {
            this.code = code;
            this.bytes = bytes;
        }

        int bytes() {
            return bytes;
        }

        /** Each type's values are exact in double. */
        double value(ByteBuffer elements, int index) {
            return switch (this) {
                case UBYTE -> elements.get(index) & 0xFF;
                case BYTE -> elements.get(index);
                case SHORT -> elements.getShort(index * Short.BYTES);
                case INT -> elements.getInt(index * Integer.BYTES);
                case FLOAT -> elements.getFloat(index * Float.BYTES);
                case DOUBLE -> elements.getDouble(index * Double.BYTES);
            };
        }
    }

    private static final int MAX_RANK = 32;
    private static final int BUFFER = 1 << 16;
    /** A gzip file that claims to hold more than this many times its size is counted through before it is believed. */
    private static final long BELIEVED_RATIO = 16;

    private final Content content;
    private final boolean gzip;
    private final ElementType type;
    private final long[] shape;

    private IdxFile(Content content, boolean gzip, ElementType type, long[] shape) {
        this.content = content;
        this.gzip = gzip;
        this.type = type;
        this.shape = shape;
    }

    /**
     * Reads and checks the header.
     *
     * @throws IdxFormatException if magic, type, rank or a dimension is not IDX, or the dimensions ask for more or for
     *                            less than the file holds (of a gzip file, too much is met by {@link #read})
     * @throws IOException        if the file does not exist or cannot be read
     */
    public static IdxFile open(Path path) throws IOException {
        return open(Content.of(path));
    }

    static IdxFile open(Content content) throws IOException {
        boolean gzip;
        try (InputStream in = content.open()) {
            gzip = in.read() == 0x1F && in.read() == 0x8B;
        }
        IdxFile file;
        try (DataInputStream in = stream(content, gzip)) {
            file = header(content, gzip, in);
        } catch (ZipException | EOFException broken) {
            throw brokenGzip(content, 0, broken);
        }
        file.checkSize();
        return file;
    }

    /** How the elements are stored. */
    public ElementType type() {
        return type;
    }

    /** The dimensions, the slowest axis first; each at least 1. */
    public long[] shape() {
        return shape.clone();
    }

    /** The elements as they are; the same as {@code read(dataType, 1)}. */
    public INDArray read(DataType dataType) throws IOException {
        return read(dataType, 1);
    }

    /**
     * Reads the elements, each divided by {@code divisor} in the result's own precision.
     *
     * @param dataType FLOAT, DOUBLE, or (undivided, from whole-numbered elements) INT
     * @return a new array of {@link #shape}, in C order
     * @throws IdxFormatException       if the file holds fewer or more elements than declared, or its gzip stream is
     *                                  broken
     * @throws IOException              if the file cannot be read, or changed since it was opened
     * @throws IllegalArgumentException if the divisor is 0 or not finite, or the data type cannot hold the result
     * @throws OutOfMemoryError         if the elements, which are really there, do not fit into memory
     */
    public INDArray read(DataType dataType, double divisor) throws IOException {
        return read(dataType, divisor, null);
    }

    /** As {@link #read(DataType, double)}; the digest, where there is one, sees the whole gunzipped content. */
    INDArray read(DataType dataType, double divisor, MessageDigest digest) throws IOException {
        IdxElements elements = new IdxElements(content.place(), type, dataType, divisor);
        long position = 0;
        INDArray array = null;
        try (InputStream raw = stream(content, gzip);
                DataInputStream in = new DataInputStream(digest == null ? raw : new DigestInputStream(raw, digest))) {
            IdxFile again = header(content, gzip, in);
            if (again.type != type || !Arrays.equals(again.shape, shape)) {
                throw new IOException(
                        "%s: its header changed since it was opened; open it anew".formatted(content.place()));
            }
            position = headerBytes();
            array = elements.allocate(shape);
            byte[] buffer = new byte[BUFFER];
            for (long element = 0, count = elementCount(); element < count; ) {
                int wanted = (int) Math.min(BUFFER, (count - element) * type.bytes);
                int got = in.readNBytes(buffer, 0, wanted);
                position += got;
                if (got < wanted) {
                    throw tooShort(position);
                }
                elements.put(buffer, got / type.bytes, array, element);
                element += got / type.bytes;
            }
            if (in.read() >= 0) {
                throw tooLong(position);
            }
        } catch (ZipException | EOFException broken) {
            close(array);
            throw brokenGzip(content, position, broken);
        } catch (IOException | RuntimeException failed) {
            close(array);
            throw failed;
        }
        return array;
    }

    private static void close(INDArray array) {
        if (array != null) {
            array.close();
        }
    }

    private static DataInputStream stream(Content content, boolean gzip) throws IOException {
        InputStream stored = content.open();
        try {
            InputStream plain = gzip ? new GZIPInputStream(stored, BUFFER) : new BufferedInputStream(stored, BUFFER);
            return new DataInputStream(plain);
        } catch (IOException broken) {
            stored.close();
            throw broken;
        }
    }

    private static IdxFile header(Content content, boolean gzip, DataInputStream in) throws IOException {
        byte[] magic = in.readNBytes(4);
        String place = content.place();
        if (magic.length < 4) {
            throw new IdxFormatException(
                    place,
                    magic.length,
                    "the content ends here",
                    "an IDX file begins with 4 bytes of magic; fetch or write the file again");
        }
        if (magic[0] != 0 || magic[1] != 0) {
            throw new IdxFormatException(
                    place,
                    0,
                    "magic is 0x%02X%02X".formatted(magic[0], magic[1]),
                    "an IDX file begins with 0x0000; check that this is an IDX file, plain or gzip-compressed");
        }
        ElementType type = Arrays.stream(ElementType.values())
                .filter(t -> t.code == magic[2])
                .findFirst()
                .orElse(null);
        if (type == null) {
            throw new IdxFormatException(
                    place,
                    2,
                    "element type is 0x%02X".formatted(magic[2]),
                    "it must be 08 (ubyte), 09 (byte), 0B (short), 0C (int), 0D (float) or 0E (double); "
                            + "write the file again");
        }
        int rank = magic[3] & 0xFF;
        if (rank < 1 || rank > MAX_RANK) {
            throw new IdxFormatException(
                    place,
                    3,
                    "the number of dimensions is " + rank,
                    "it must be 1 to %d; write the file again".formatted(MAX_RANK));
        }
        long[] shape = new long[rank];
        long elements = 1;
        for (int axis = 0; axis < rank; axis++) {
            long offset = 4 + 4L * axis;
            byte[] size = in.readNBytes(4);
            if (size.length < 4) {
                throw new IdxFormatException(
                        place,
                        offset + size.length,
                        "the content ends here",
                        "%d dimensions of 4 bytes each were declared; fetch or write the file again".formatted(rank));
            }
            shape[axis] = ByteBuffer.wrap(size).getInt() & 0xFFFF_FFFFL;
            if (shape[axis] == 0) {
                throw new IdxFormatException(
                        place,
                        offset,
                        "dimension %d is 0".formatted(axis),
                        "each dimension must be at least 1; write the file again");
            }
            // Each factor is below 2^32 and the product so far below 2^31, so this cannot overflow.
            elements *= shape[axis];
            if (elements > Integer.MAX_VALUE) {
                throw new IdxFormatException(
                        place,
                        offset,
                        "dimension %d is %d, which makes %d elements so far".formatted(axis, shape[axis], elements),
                        "at most %d can be read; split the file, or fetch it again if it is not that large"
                                .formatted(Integer.MAX_VALUE));
            }
        }
        return new IdxFile(content, gzip, type, shape);
    }

    private void checkSize() throws IOException {
        long declared = headerBytes() + elementCount() * type.bytes;
        long stored = content.length();
        if (!gzip && stored > declared) {
            throw tooLong(declared);
        }
        if (!gzip && stored < declared) {
            throw tooShort(stored);
        }
        if (gzip && declared / BELIEVED_RATIO > stored) {
            long held = gunzippedLength(declared);
            if (held < declared) {
                throw tooShort(held);
            }
        }
    }

    private long gunzippedLength(long enough) throws IOException {
        long length = 0;
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = stream(content, true)) {
            for (int got; length < enough && (got = in.read(buffer)) >= 0; ) {
                length += got;
            }
        } catch (ZipException | EOFException broken) {
            throw brokenGzip(content, length, broken);
        }
        return length;
    }

    private long headerBytes() {
        return 4 + 4L * shape.length;
    }

    private long elementCount() {
        return Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    }

    private IdxFormatException tooShort(long position) {
        return new IdxFormatException(
                content.place(),
                position,
                "the content ends here",
                "%s of dimensions %s needs %d bytes; the file is truncated, fetch or write it again"
                        .formatted(type, Arrays.toString(shape), headerBytes() + elementCount() * type.bytes));
    }

    private IdxFormatException tooLong(long position) {
        return new IdxFormatException(
                content.place(),
                position,
                "data follows the last element",
                "%s of dimensions %s ends here; fetch or write the file again".formatted(type, Arrays.toString(shape)));
    }

    private static IdxFormatException brokenGzip(Content content, long position, IOException cause) {
        IdxFormatException broken = new IdxFormatException(
                content.place(),
                position,
                "the gzip stream breaks at or after this byte of its content (%s)".formatted(cause.getMessage()),
                "it must be whole; fetch or compress the file again");
        broken.initCause(cause);
        return broken;
    }
}
