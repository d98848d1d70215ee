package transconv.interop.numpy;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import transconv.interop.arrays.ArrayBytes;
import transconv.interop.arrays.ArrayFileException;
import transconv.interop.arrays.ArrayFiles;

/**
 * NumPy's files: {@code .npy} with one array, {@code .npz} with several by name. Shape, type and order of the axes in
 * memory stay as they are: an array in Fortran order comes as one of ND4J's order {@code f}.
 *
 * <p>Read are bool, int8 to int64, uint8 to uint64, float16, float32 and float64 of either byte order, in format
 * versions 1.0 to 3.0, stored and compressed. Complex numbers, texts, dates, structured types and Python objects are
 * refused by name; nothing in a file is ever executed. Sizes are checked against the file before anything is allocated.
 * Written are version 1.0, little-endian.
 *
 * <pre>{@code
 * Path file = java.nio.file.Files.createTempFile("array", ".npy");
 * NumpyFile.write(Nd4j.arange(6).reshape(2, 3), file); // in Python: np.load(file)
 * System.out.println(NumpyFile.read(file).getDouble(1, 2)); // 5.0
 * }</pre>
 *
 * <p>Source: NumPy 2, {@code numpy.lib.format}.
 */
public final class NumpyFile {

    private static final String NPY = ".npy";
    private static final int BUFFER = 1 << 16;

    private NumpyFile() {}

    /**
     * The array of a {@code .npy} file.
     *
     * @throws ArrayFileException           if it is none, is damaged, or holds what no array can
     * @throws java.io.UncheckedIOException if there is no such file
     */
    public static INDArray read(Path file) {
        return ArrayFiles.read(file, NPY, () -> {
            try (InputStream in = new BufferedInputStream(ArrayFiles.open(file), BUFFER)) {
                in.mark(4);
                int first = in.read();
                if (first == 'P' && in.read() == 'K') {
                    throw new ArrayFileException(file, "it is a zip, an .npz file; read it with readAll");
                }
                if (first == 0x80) {
                    throw new ArrayFileException(
                            file,
                            "it begins like a pickle, which could run anything and is never read; save it with"
                                    + " np.save");
                }
                in.reset();
                return readNpy(in, Files.size(file));
            }
        });
    }

    /** @param bytes of the whole: neither more nor less may be there */
    static INDArray readNpy(InputStream in, long bytes) throws IOException {
        NpyHeader header = NpyHeader.read(in);
        long needed = header.bytes() + header.valueBytes();
        if (needed != bytes) {
            throw new IOException("shape %s of %s needs %,d bytes with its header, there are %,d"
                    .formatted(
                            Arrays.toString(header.shape()),
                            header.type().name().toLowerCase(Locale.ROOT),
                            needed,
                            bytes));
        }
        return ArrayBytes.read(in, header.type().dataType(), header.order(), header.layout(), header.shape());
    }

    /**
     * The arrays of an {@code .npz} file by their names, in the file's order.
     *
     * @throws ArrayFileException           if it is none, is damaged, or holds what no array can
     * @throws java.io.UncheckedIOException if there is no such file
     */
    public static Map<String, INDArray> readAll(Path file) {
        return ArrayFiles.read(file, ".npz", () -> NpzFile.read(file));
    }

    /**
     * Writes a {@code .npy} file, as {@code np.save} does.
     *
     * @throws IllegalArgumentException     if NumPy has no such type: BFLOAT16
     * @throws java.io.UncheckedIOException if the file cannot be written
     */
    public static void write(INDArray array, Path file) {
        NpyType.of(array.dataType());
        ArrayFiles.write(file, out -> {
            OutputStream buffered = new BufferedOutputStream(out, BUFFER);
            writeNpy(array, buffered);
            buffered.flush();
        });
    }

    private static char layout(INDArray array) {
        return !ArrayBytes.isContiguous(array, 'c') && ArrayBytes.isContiguous(array, 'f') ? 'f' : 'c';
    }

    /** Bytes of the array with its header. */
    static long length(INDArray array) throws IOException {
        return NpyHeader.write(array.dataType(), layout(array), array.shape()).length
                + ArrayBytes.count(array.dataType(), array.shape());
    }

    static void writeNpy(INDArray array, OutputStream out) throws IOException {
        char layout = layout(array);
        out.write(NpyHeader.write(array.dataType(), layout, array.shape()));
        ArrayBytes.write(ArrayBytes.contiguous(array, layout), ByteOrder.LITTLE_ENDIAN, out);
    }

    /**
     * Writes an {@code .npz} file, as {@code np.savez} does.
     *
     * @throws IllegalArgumentException     if NumPy has no such type: BFLOAT16
     * @throws java.io.UncheckedIOException if the file cannot be written
     */
    public static void write(Map<String, INDArray> arrays, Path file) {
        NpzFile.write(arrays, file, false);
    }

    /** The same in less space and more time, as {@code np.savez_compressed} does. */
    public static void writeCompressed(Map<String, INDArray> arrays, Path file) {
        NpzFile.write(arrays, file, true);
    }
}
