package transconv.models.file;

import java.nio.file.Path;

/** A file that is no whole model file, or not one for this model; the message names file, field, value and way out. */
public final class ModelFileException extends RuntimeException {

    public ModelFileException(Path file, String what) {
        super("%s: %s".formatted(file, what));
    }

    public ModelFileException(Path file, String what, Throwable cause) {
        super("%s: %s".formatted(file, what), cause);
    }
}
