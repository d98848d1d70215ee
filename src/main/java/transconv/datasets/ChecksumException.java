package transconv.datasets;

import java.io.IOException;

/** A data file whose gunzipped content is not the known one; the message names file, SHA-256 got and expected, way out. */
public final class ChecksumException extends IOException {

    ChecksumException(String place, String got, String expected, String wayOut) {
        super("%s: the gunzipped content has SHA-256 %s, but must have %s; %s".formatted(place, got, expected, wayOut));
    }
}
