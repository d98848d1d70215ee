package transconv.models.file;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Writes a file that is there whole or not at all: an earlier one of that name stays until the new one is on disk.
 *
 * <pre>{@code
 * Path file = java.nio.file.Files.createTempFile("note", ".txt");
 * AtomicFile.write(file, out -> out.write('a'));
 * System.out.println(java.nio.file.Files.readString(file)); // a
 * }</pre>
 */
public final class AtomicFile {

    /** Writes a file's content. */
    @FunctionalInterface
    public interface Content {

        void writeTo(OutputStream out) throws IOException;
    }

    private AtomicFile() {}

    /**
     * @param file replaced once the content is whole
     * @throws IOException if it is a folder, or cannot be written; then an earlier file is as it was
     */
    public static void write(Path file, Content content) throws IOException {
        // what a link points to is replaced, not the link
        Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
        if (Files.isDirectory(target)) {
            throw new FileAlreadyExistsException(file.toString(), null, "it is a folder; give the name of a file");
        }
        Path draft = draft(target);
        try {
            // a FileChannel would be closed by an interrupt, and training that was interrupted still saves
            try (FileOutputStream out = new FileOutputStream(draft.toFile())) {
                content.writeTo(out);
                out.flush();
                out.getFD().sync();
            }
            move(draft, target);
        } catch (IOException | RuntimeException | Error failure) {
            Files.deleteIfExists(draft);
            throw failure;
        }
        syncFolder(target.getParent());
    }

    /** A new empty file beside the target, with the access rights of any new file. */
    private static Path draft(Path target) throws IOException {
        while (true) {
            String name = ".%s.%08x.draft"
                    .formatted(target.getFileName(), ThreadLocalRandom.current().nextInt());
            try {
                return Files.createFile(target.resolveSibling(name));
            } catch (FileAlreadyExistsException taken) {
                // another name will do
            }
        }
    }

    private static void move(Path draft, Path target) throws IOException {
        try {
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException refused) {
            Files.move(draft, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** So that the new name, too, outlives a power failure; Windows does not offer it and does not need it. */
    private static void syncFolder(Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException notOffered) {
            // the file itself is on disk
        }
    }
}
