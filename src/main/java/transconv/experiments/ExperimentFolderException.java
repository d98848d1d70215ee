package transconv.experiments;

import java.nio.file.Path;

/** A folder or file that is damaged or of another experiment; the message names file, field, value and way out. */
public final class ExperimentFolderException extends RuntimeException {

    ExperimentFolderException(Path file, String what) {
        super("%s: %s".formatted(file, what));
    }

    ExperimentFolderException(Path file, String what, Throwable cause) {
        super("%s: %s".formatted(file, what), cause);
    }
}
