package transconv.interop.arrays;

import java.nio.file.Path;

/**
 * A file of arrays that is damaged, or holds what cannot be taken; the message names file, place, value and way out.
 */
public final class ArrayFileException extends RuntimeException {

    public ArrayFileException(Path file, String what) {
        super("%s: %s".formatted(file, what));
    }

    public ArrayFileException(Path file, String what, Throwable cause) {
        super("%s: %s".formatted(file, what), cause);
    }
}
