package transconv.datasets;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A download on its way into the cache: it grows as {@code NAME.part} and takes its name, in one step, when it is
 * verified. The part file outlives an interrupted run. Of two processes that fetch the same file, the second writes
 * to a part file of its own.
 */
final class CacheFile implements Sink {

    /** The cache cannot be written to: no right, no space, no such place. */
    static final class WriteException extends IOException {
        WriteException(Path path, IOException cause) {
            super(
                    "%s cannot be written (%s); free space there or mend its rights, or set TRANSCONV_HOME to a checkout "
                                    .formatted(path, cause.getMessage())
                            + "that may be written",
                    cause);
        }
    }

    private final Path target;
    private Path part;
    private RandomAccessFile file;
    private boolean ownPart;

    CacheFile(Path target) throws WriteException {
        this.target = target;
        this.part = target.resolveSibling(target.getFileName() + ".part");
        try {
            Files.createDirectories(target.getParent());
            // Not a FileChannel: a thread's interruption would close it, and with it lose what came so far.
            file = new RandomAccessFile(part.toFile(), "rw");
            if (!locked()) {
                file.close();
                part = Files.createTempFile(target.getParent(), target.getFileName() + ".", ".part");
                ownPart = true;
                file = new RandomAccessFile(part.toFile(), "rw");
            }
            file.seek(file.length());
        } catch (IOException failed) {
            throw new WriteException(part, failed);
        }
    }

    private boolean locked() throws IOException {
        try {
            // A byte far behind the data: Windows lets nobody else read what is locked.
            FileLock lock = file.getChannel().tryLock(Long.MAX_VALUE - 1, 1, false);
            return lock != null;
        } catch (OverlappingFileLockException heldByThisProcess) {
            return false;
        }
    }

    @Override
    public long size() throws IOException {
        return file.length();
    }

    @Override
    public void write(byte[] bytes, int count) throws WriteException {
        try {
            file.write(bytes, 0, count);
        } catch (IOException failed) {
            throw new WriteException(part, failed);
        }
    }

    @Override
    public void restart() throws WriteException {
        try {
            if (file.length() > 0) {
                file.setLength(0);
            }
        } catch (IOException failed) {
            throw new WriteException(part, failed);
        }
    }

    @Override
    public Content content() throws IOException {
        return Content.of(part);
    }

    @Override
    public Content commit() throws IOException {
        try {
            file.getFD().sync();
            file.close();
            try {
                Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
            } catch (AtomicMoveNotSupportedException unusual) {
                Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException failed) {
            throw new WriteException(target, failed);
        }
        return Content.of(target);
    }

    /** Removes the part file, so that it holds no space. */
    void discard() {
        close();
        try {
            Files.deleteIfExists(part);
        } catch (IOException stays) {
            // It does no harm: a later download goes on from it or starts anew.
        }
    }

    @Override
    public void close() {
        try {
            boolean empty = file.getChannel().isOpen() && file.length() == 0;
            file.close();
            if (ownPart || empty) {
                Files.deleteIfExists(part);
            }
        } catch (IOException stays) {
            // As in discard.
        }
    }
}
