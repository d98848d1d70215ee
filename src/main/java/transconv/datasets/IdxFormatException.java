package transconv.datasets;

import java.io.IOException;

/** A file that breaks the IDX format; the message names the file, the byte offset, the value, the rule, the way out. */
public final class IdxFormatException extends IOException {

    private final long offset;

    IdxFormatException(String place, long offset, String found, String rule) {
        super("%s: byte %d: %s; %s".formatted(place, offset, found, rule));
        this.offset = offset;
    }

    /** Where the fault was met, in bytes from the beginning of the gunzipped content. */
    public long offset() {
        return offset;
    }
}
