package transconv.datasets;

import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** Where a download is written to, and goes on after an interruption. */
interface Sink extends AutoCloseable {

    /** The bytes that are there, perhaps of an earlier, interrupted run. */
    long size() throws IOException;

    void write(byte[] bytes, int count) throws IOException;

    /** Forgets all bytes. */
    void restart() throws IOException;

    /** The bytes so far, to be verified. */
    Content content() throws IOException;

    /** Keeps the verified bytes under their final name, and gives them. */
    Content commit() throws IOException;

    /** Frees what is held; uncommitted bytes may stay for a later run. */
    @Override
    void close();

    static Sink inMemory(String place) {
        return new Sink() {
            private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

            @Override
            public long size() {
                return bytes.size();
            }

            @Override
            public void write(byte[] chunk, int count) {
                bytes.write(chunk, 0, count);
            }

            @Override
            public void restart() {
                bytes.reset();
            }

            @Override
            public Content content() {
                return Content.of(place, bytes.toByteArray());
            }

            @Override
            public Content commit() {
                return content();
            }

            @Override
            public void close() {
                bytes.reset();
            }
        };
    }
}
