package transconv.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/** That the fuzzer finds what it is there to find. */
class FileFuzzerTest {

    private static final byte[] WHOLE = "{\"size\": 12, \"name\": \"abc\"}".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    private AssertionError found(FileFuzzer.Reader reader) {
        FileFuzzer fuzzer = new FileFuzzer(folder, "file", reader, IOException.class);
        return assertThrows(AssertionError.class, () -> fuzzer.damage(WHOLE, 20, 1));
    }

    private static boolean isWhole(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                .equals(new String(WHOLE, StandardCharsets.UTF_8));
    }

    private static IOException refused(Path file) {
        return new IOException(file + ": damaged");
    }

    @Test
    void whatIsReadAndWhatIsRefusedIsCounted() {
        FileFuzzer fuzzer = new FileFuzzer(
                folder,
                "file",
                file -> {
                    if (!isWhole(file)) {
                        throw refused(file);
                    }
                    return file;
                },
                IOException.class);
        FileFuzzer.Result result = fuzzer.damage(WHOLE, 1_000, 1);
        assertEquals(1_000, result.refused() + result.read());
        assertTrue(result.refused() > 900, result.toString());
        assertEquals(result.refused(), fuzzer.damage(WHOLE, 1_000, 1).refused(), "the same seed, the same damage");
    }

    @Test
    void damageIsOfManyKinds() throws IOException {
        Set<String> contents = new HashSet<>();
        FileFuzzer.Reader reader = file -> contents.add(Files.readString(file, StandardCharsets.ISO_8859_1));
        new FileFuzzer(folder, "file", reader, IOException.class).damage(WHOLE, 2_000, 1);
        assertTrue(contents.size() > 1_000, "different files: " + contents.size());
        assertTrue(contents.stream().anyMatch(content -> content.matches("\\{\"size\": 12, \"na?m?")), "cut off");
        assertTrue(
                contents.stream().anyMatch(content -> content.matches(".*: [0-9]{10,}, \"name.*")),
                "a number made large");
        assertTrue(contents.stream().anyMatch(content -> content.contains("\"size\": -1")), "a number made negative");
    }

    @Test
    void otherExceptionsAreFound() {
        AssertionError error = found(file -> {
            if (!isWhole(file)) {
                throw new IndexOutOfBoundsException("5");
            }
            return file;
        });
        assertTrue(error.getMessage().contains("IndexOutOfBoundsException"), error.getMessage());
    }

    @Test
    void aMessageWithoutTheFileIsFound() {
        AssertionError error = found(file -> {
            if (!isWhole(file)) {
                throw new IOException("damaged");
            }
            return file;
        });
        assertTrue(error.getMessage().contains("names no file: damaged"), error.getMessage());
    }

    @Test
    void aRefusalOfTheUnharmedFileIsFound() {
        AssertionError error = found(file -> {
            throw refused(file);
        });
        assertTrue(error.getMessage().endsWith("the unharmed file is refused"), error.getMessage());
    }

    @Test
    void heapAllocationsAreFound() {
        AssertionError error = found(file -> new byte[257 << 20].length);
        assertTrue(error.getMessage().contains("bytes of heap"), error.getMessage());
    }

    @Test
    void nativeMemoryIsFoundThoughItIsGivenBackUntouched() {
        Nd4j.createUninitialized(DataType.BYTE, 900L << 20).close();
        AssertionError error = found(file -> {
            Nd4j.createUninitialized(DataType.BYTE, 600L << 20).close();
            return file;
        });
        assertTrue(error.getMessage().contains("bytes of native memory"), error.getMessage());
    }

    @Test
    void timeIsFound() {
        AssertionError error = found(file -> {
            long end = System.nanoTime() + 30_000_000_000L;
            java.lang.management.ThreadMXBean threads = java.lang.management.ManagementFactory.getThreadMXBean();
            long begun = threads.getCurrentThreadCpuTime();
            long spins = 0;
            while (threads.getCurrentThreadCpuTime() - begun < 2_100_000_000L && System.nanoTime() < end) {
                spins++;
            }
            return spins;
        });
        assertTrue(error.getMessage().contains(" s, "), error.getMessage());
    }

    @Test
    void aFileLeftBehindIsFound() {
        AssertionError error = found(file -> Files.writeString(file.resolveSibling("draft"), "x"));
        assertTrue(error.getMessage().contains("left another file"), error.getMessage());
    }

    @Test
    void damagedPartsOfAZipHaveRightChecksums() throws IOException {
        ByteArrayOutputStream zip = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(zip)) {
            for (String name : new String[] {"a", "b"}) {
                out.putNextEntry(new ZipEntry(name));
                out.write((name + " 12").getBytes(StandardCharsets.UTF_8));
            }
        }
        Set<String> parts = new HashSet<>();
        FileFuzzer.Reader reader = file -> {
            try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(Files.readAllBytes(file)))) {
                for (ZipEntry entry; (entry = in.getNextEntry()) != null; ) {
                    parts.add(entry.getName() + ":" + new String(in.readAllBytes(), StandardCharsets.UTF_8));
                }
            }
            return parts;
        };
        FileFuzzer.Result result = new FileFuzzer(folder, "file.zip", reader, IOException.class)
                .damageZipParts(zip.toByteArray(), 1_000, 1);
        assertEquals(1_000, result.read(), "a wrong checksum would be thrown");
        assertTrue(parts.stream().anyMatch(part -> part.matches("a:a [0-9]{9,}")), "a number within a part");
        assertTrue(parts.contains("../evil.npy:b 12"), "a path that climbs out");
        assertTrue(parts.contains("a:b 12"), "exchanged contents");
    }
}
