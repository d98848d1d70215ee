package transconv.interop.numpy;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import transconv.interop.arrays.ArrayFileException;
import transconv.interop.arrays.ArrayFiles;

/** A zip of {@code .npy} files, each named as its array. */
final class NpzFile {

    private static final String ENDING = ".npy";
    private static final int BUFFER = 1 << 16;
    private static final int MOST_PARTS = 1 << 16;

    /** A part that claims more than this many times its compressed size is counted through before it is believed. */
    private static final long BELIEVED_RATIO = 16;

    /** Equal arrays make equal files. */
    private static final LocalDateTime NO_DATE = LocalDateTime.of(1980, 1, 1, 0, 0);

    private NpzFile() {}

    static Map<String, INDArray> read(Path file) throws IOException {
        Map<String, INDArray> arrays = new LinkedHashMap<>();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            requireSizes(file, zip);
            for (ZipEntry part : zip.stream().toList()) {
                String name = part.getName();
                if (!name.endsWith(ENDING)) {
                    throw new ArrayFileException(
                            file, "part '%s' is no %s file; it must hold arrays only".formatted(name, ENDING));
                }
                INDArray array = read(file, zip, part);
                if (arrays.put(name.substring(0, name.length() - ENDING.length()), array) != null) {
                    throw new ArrayFileException(file, "part '%s' is there twice; write it again".formatted(name));
                }
            }
        } catch (IOException | RuntimeException failed) {
            arrays.values().forEach(INDArray::close);
            throw failed;
        }
        return arrays;
    }

    /** Parts that lie over one another could make a large whole of a small file. */
    private static void requireSizes(Path file, ZipFile zip) throws IOException {
        if (zip.size() > MOST_PARTS) {
            throw new ArrayFileException(
                    file, "it has %,d parts; at most %,d are read".formatted(zip.size(), MOST_PARTS));
        }
        long stored = 0;
        for (ZipEntry part : zip.stream().toList()) {
            stored += part.getCompressedSize();
            if (part.getSize() < 0 || part.getCompressedSize() < 0 || stored > Files.size(file)) {
                throw new ArrayFileException(
                        file,
                        "part '%s' of %,d bytes, stored in %,d: the parts are longer than the file; fetch it again"
                                .formatted(part.getName(), part.getSize(), part.getCompressedSize()));
            }
        }
    }

    private static INDArray read(Path file, ZipFile zip, ZipEntry part) {
        try {
            if (part.getSize() / BELIEVED_RATIO > part.getCompressedSize()) {
                requireLength(zip, part);
            }
            CRC32 checksum = new CRC32();
            try (InputStream in =
                    new BufferedInputStream(new CheckedInputStream(zip.getInputStream(part), checksum), BUFFER)) {
                INDArray array = NumpyFile.readNpy(in, part.getSize());
                if (in.read() >= 0 || checksum.getValue() != part.getCrc()) {
                    array.close();
                    throw new IOException(
                            "its checksum is %08x, it must be %08x".formatted(checksum.getValue(), part.getCrc()));
                }
                return array;
            }
        } catch (IOException | RuntimeException damage) {
            throw new ArrayFileException(
                    file,
                    "array '%s': %s; write or fetch the file again".formatted(part.getName(), damage.getMessage()),
                    damage);
        }
    }

    private static void requireLength(ZipFile zip, ZipEntry part) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long length = 0;
        try (InputStream in = zip.getInputStream(part)) {
            for (int got; (got = in.read(buffer)) >= 0 && length <= part.getSize(); ) {
                length += got;
            }
        }
        if (length != part.getSize()) {
            throw new IOException("it is %,d bytes long and claims %,d".formatted(length, part.getSize()));
        }
    }

    static void write(Map<String, INDArray> arrays, Path file, boolean compressed) {
        arrays.forEach((name, array) -> {
            try {
                NpyType.of(array.dataType());
            } catch (IllegalArgumentException refused) {
                throw new IllegalArgumentException("array '%s': %s".formatted(name, refused.getMessage()), refused);
            }
        });
        ArrayFiles.write(file, out -> {
            BufferedOutputStream buffered = new BufferedOutputStream(out, BUFFER);
            ZipOutputStream zip = new ZipOutputStream(buffered);
            for (Map.Entry<String, INDArray> array : arrays.entrySet()) {
                zip.putNextEntry(part(array.getKey(), array.getValue(), compressed));
                OutputStream values = new BufferedOutputStream(zip, BUFFER);
                NumpyFile.writeNpy(array.getValue(), values);
                values.flush();
                zip.closeEntry();
            }
            zip.finish();
            buffered.flush();
        });
    }

    private static ZipEntry part(String name, INDArray array, boolean compressed) throws IOException {
        ZipEntry part = new ZipEntry(name + ENDING);
        part.setTimeLocal(NO_DATE);
        if (!compressed) {
            CRC32 checksum = new CRC32();
            NumpyFile.writeNpy(array, new CheckedOutputStream(OutputStream.nullOutputStream(), checksum));
            part.setMethod(ZipEntry.STORED);
            part.setSize(NumpyFile.length(array));
            part.setCrc(checksum.getValue());
        }
        return part;
    }
}
