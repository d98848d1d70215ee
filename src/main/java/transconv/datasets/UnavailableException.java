package transconv.datasets;

import java.io.IOException;

/** No mirror gave the file; the message names each and why. */
final class UnavailableException extends IOException {

    UnavailableException(String message) {
        super(message);
    }
}
