package transconv.interop.safetensors;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import transconv.interop.arrays.ArrayBytes;
import transconv.interop.arrays.ArrayFileException;
import transconv.interop.arrays.ArrayFiles;

/**
 * Files {@code .safetensors}: arrays by name, with a JSON header and nothing that could be executed.
 *
 * <p>Types stay as they are: BOOL, I8 to I64, U8 to U64, F16, BF16, F32 and F64. The types of 8 bits and less that are
 * no whole numbers, and complex numbers, are refused by name. Before anything is allocated, the header is checked: each
 * tensor's offsets against its shape, and that the tensors fill the file without holes or overlaps.
 *
 * <pre>{@code
 * Path file = java.nio.file.Files.createTempFile("model", ".safetensors");
 * Safetensors.write(java.util.Map.of("fc.weight", Nd4j.ones(DataType.BFLOAT16, 2, 3)), file);
 * System.out.println(Safetensors.read(file).get("fc.weight").dataType()); // BFLOAT16
 * }</pre>
 *
 * <p>Source: safetensors 0.8, README, "Format".
 */
public final class Safetensors {

    private static final String FORMAT = ".safetensors";
    private static final int BUFFER = 1 << 16;

    /** The format's own limit. */
    private static final long MOST_HEADER = 100_000_000;

    /** Reads on behind the header. */
    @FunctionalInterface
    private interface Reading<T> {

        T read(TensorHeader header, InputStream values) throws IOException;
    }

    private Safetensors() {}

    /**
     * The arrays by their names, in the order of their values.
     *
     * @throws ArrayFileException           if it is no such file, is damaged, or holds what no array can
     * @throws java.io.UncheckedIOException if there is no such file
     */
    public static Map<String, INDArray> read(Path file) {
        return read(file, (header, values) -> {
            Map<String, INDArray> arrays = new LinkedHashMap<>();
            for (TensorHeader.Tensor tensor : header.tensors()) {
                arrays.put(
                        tensor.name(),
                        ArrayBytes.read(
                                values, tensor.type().dataType(), ByteOrder.LITTLE_ENDIAN, 'c', tensor.shape()));
            }
            return arrays;
        });
    }

    /** The texts that stand beside the arrays, with the same errors; none where the file has none. */
    public static Map<String, String> metadata(Path file) {
        return read(file, (header, values) -> header.metadata());
    }

    private static <T> T read(Path file, Reading<T> reading) {
        return ArrayFiles.read(file, FORMAT, () -> {
            try (InputStream in = new BufferedInputStream(ArrayFiles.open(file), BUFFER)) {
                long behind = Files.size(file) - Long.BYTES;
                byte[] length = in.readNBytes(Long.BYTES);
                if (length.length < Long.BYTES) {
                    throw new IOException("it ends within the 8 bytes of the header's length");
                }
                long bytes =
                        ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getLong();
                if (bytes < 2 || bytes > Math.min(behind, MOST_HEADER)) {
                    throw new IOException("the header's length is %,d; it must be 2 to %,d"
                            .formatted(bytes, Math.min(behind, MOST_HEADER)));
                }
                byte[] text = in.readNBytes((int) bytes);
                return reading.read(TensorHeader.read(text, behind - bytes), in);
            }
        });
    }

    /**
     * Writes a file; an earlier one of that name stays until the new one is on disk. Wide types come first, so that all
     * values are aligned.
     *
     * @throws IllegalArgumentException     if an array is of text, or named {@code __metadata__}
     * @throws java.io.UncheckedIOException if the file cannot be written
     */
    public static void write(Map<String, INDArray> arrays, Path file) {
        write(arrays, Map.of(), file);
    }

    /** The same with texts beside the arrays, such as {@code format: pt}. */
    public static void write(Map<String, INDArray> arrays, Map<String, String> metadata, Path file) {
        List<String> names = new ArrayList<>(arrays.keySet());
        names.forEach(name -> StoredType.of(name, arrays.get(name).dataType()));
        if (arrays.containsKey("__metadata__")) {
            throw new IllegalArgumentException("an array is named '__metadata__', which the format keeps for texts");
        }
        names.sort(Comparator.comparingInt(name -> -arrays.get(name).dataType().width()));
        List<TensorHeader.Tensor> tensors = new ArrayList<>();
        long at = 0;
        for (String name : names) {
            INDArray array = arrays.get(name);
            long end = at + ArrayBytes.count(array.dataType(), array.shape());
            tensors.add(new TensorHeader.Tensor(name, StoredType.of(name, array.dataType()), array.shape(), at, end));
            at = end;
        }
        ArrayFiles.write(file, out -> {
            byte[] header = new TensorHeader(tensors, metadata).write();
            OutputStream buffered = new BufferedOutputStream(out, BUFFER);
            buffered.write(ByteBuffer.allocate(Long.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(header.length)
                    .array());
            buffered.write(header);
            for (String name : names) {
                ArrayBytes.write(ArrayBytes.contiguous(arrays.get(name), 'c'), ByteOrder.LITTLE_ENDIAN, buffered);
            }
            buffered.flush();
        });
    }
}
