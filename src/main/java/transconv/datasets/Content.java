package transconv.datasets;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Bytes that can be read more than once, and the name that errors call them by. */
interface Content {

    String place();

    /** The number of bytes as stored, before any gunzipping. */
    long length() throws IOException;

    InputStream open() throws IOException;

    static Content of(Path path) throws IOException {
        if (!Files.isRegularFile(path)) {
            throw new NoSuchFileException(
                    path.toString(),
                    null,
                    Files.exists(path)
                            ? "is not a regular file; name the file itself"
                            : "does not exist; check the path");
        }
        return new Content() {
            @Override
            public String place() {
                return path.toString();
            }

            @Override
            public long length() throws IOException {
                return Files.size(path);
            }

            @Override
            public InputStream open() throws IOException {
                return Files.newInputStream(path);
            }
        };
    }

    static Content of(String place, byte[] bytes) {
        return new Content() {
            @Override
            public String place() {
                return place;
            }

            @Override
            public long length() {
                return bytes.length;
            }

            @Override
            public InputStream open() {
                return new ByteArrayInputStream(bytes);
            }
        };
    }
}
