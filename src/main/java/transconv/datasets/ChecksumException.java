package transconv.datasets;

import java.io.IOException;

/** A data file of the wrong gunzipped content; the message names the file, the SHA-256 got and expected, a way out. */
public final class ChecksumException extends IOException {

    ChecksumException(String place, String got, String expected, String wayOut) {
        super("%s: the gunzipped content has SHA-256 %s, but must have %s; %s".formatted(place, got, expected, wayOut));
    }
}
