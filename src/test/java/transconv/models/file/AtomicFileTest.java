package transconv.models.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A file is there whole or as it was. */
class AtomicFileTest {

    @TempDir
    Path folder;

    @Test
    void anEarlierFileStaysWholeWhenTheDiskIsFull() throws IOException {
        Path file = folder.resolve("model.tcm");
        Files.writeString(file, "earlier");
        IOException full = assertThrows(
                IOException.class,
                () -> AtomicFile.write(file, out -> {
                    out.write(new byte[100_000]);
                    throw new IOException("No space left on device");
                }));
        assertEquals("No space left on device", full.getMessage());
        assertEquals("earlier", Files.readString(file));
        assertEquals(List.of("model.tcm"), names());
    }

    @Test
    void whileItIsWrittenTheEarlierFileIsThere() throws IOException {
        Path file = folder.resolve("model.tcm");
        Files.writeString(file, "earlier");
        AtomicFile.write(file, out -> {
            out.write("la".getBytes());
            out.flush();
            assertEquals("earlier", Files.readString(file));
            out.write("ter".getBytes());
        });
        assertEquals("later", Files.readString(file));
        assertEquals(List.of("model.tcm"), names());
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aLinkStaysALink() throws IOException {
        Path real = Files.writeString(folder.resolve("real"), "earlier");
        Path link = Files.createSymbolicLink(folder.resolve("link"), real);
        AtomicFile.write(link, out -> out.write("later".getBytes()));
        assertEquals("later", Files.readString(real));
        assertEquals(real.toRealPath(), link.toRealPath());
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void othersMayReadItAsAnyNewFile() throws IOException {
        Path plain = Files.writeString(folder.resolve("plain"), "");
        AtomicFile.write(folder.resolve("new"), out -> {});
        assertEquals(Files.getPosixFilePermissions(plain), Files.getPosixFilePermissions(folder.resolve("new")));
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
