package transconv.interop.arrays;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import transconv.models.file.AtomicFile;

/** How files of arrays are opened and written: what fails says so in the same words in every format. */
public final class ArrayFiles {

    /** Reads what is in an existing file. */
    @FunctionalInterface
    public interface Reading<T> {

        T read() throws IOException;
    }

    private ArrayFiles() {}

    /**
     * Whatever goes wrong while an existing file is read becomes a message about that file.
     *
     * @throws ArrayFileException   if the file is damaged
     * @throws UncheckedIOException if there is none
     */
    public static <T> T read(Path file, String format, Reading<T> reading) {
        if (!Files.isRegularFile(file)) {
            throw new UncheckedIOException(
                    "%s: there is no such file; check the path".formatted(file),
                    new NoSuchFileException(file.toString()));
        }
        try {
            return reading.read();
        } catch (ArrayFileException refused) {
            throw refused;
        } catch (IOException | RuntimeException damage) {
            throw new ArrayFileException(
                    file,
                    "%s; it is no %s file, or damaged: write or fetch it again"
                            .formatted(damage.getMessage() == null ? damage : damage.getMessage(), format),
                    damage);
        }
    }

    /** The bytes of an existing file; unlike a channel's, they go on through an interrupt, as training does. */
    public static InputStream open(Path file) throws IOException {
        return new FileInputStream(file.toFile());
    }

    /** Writes a file whole; an earlier one of that name stays until the new one is on disk. */
    public static void write(Path file, AtomicFile.Content content) {
        try {
            AtomicFile.write(file, content);
        } catch (IOException failure) {
            throw new UncheckedIOException(
                    "%s: cannot be written (%s); an earlier file of that name is as it was".formatted(file, failure),
                    failure);
        }
    }
}
