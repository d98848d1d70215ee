package transconv.datasets;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The way of a file: own folder, cache, mirrors; and what may go wrong on it. */
class FileChainTest {

    private static final int LENGTH = 5_000;
    private static final byte[] CONTENT = content();
    private static final KnownFile FILE = known("a-idx1-ubyte", CONTENT);
    private static final KnownFile OTHER = known("b-idx1-ubyte", CONTENT);

    @TempDir
    private Path folder;

    private Path cache;
    private MirrorServer mirror;
    private final List<String> seen = new ArrayList<>();

    private final DownloadListener listener = new DownloadListener() {
        @Override
        public void onProgress(String file, long received, long total) {
            seen.add("progress %s %d/%d".formatted(file, received, total));
        }

        @Override
        public void onEnd(String file, boolean verified) {
            seen.add("end %s %s".formatted(file, verified));
        }

        @Override
        public void onNotice(String message) {
            seen.add("notice " + message);
        }
    };

    /** Random, so that it does not compress, and a part of the stored file is a part of the content. */
    private static byte[] content() {
        byte[] bytes = new byte[8 + LENGTH];
        new Random(3).nextBytes(bytes);
        ByteBuffer.wrap(bytes).putInt(0x0801).putInt(LENGTH);
        return bytes;
    }

    private static KnownFile known(String name, byte[] content) {
        return new KnownFile(
                name,
                content.length,
                HexFormat.of().formatHex(KnownFile.digest().digest(content)));
    }

    @BeforeEach
    void startMirror() throws IOException {
        cache = folder.resolve("cache").resolve("set");
        mirror = new MirrorServer();
        mirror.files.put("a-idx1-ubyte.gz", IdxBytes.gzip(CONTENT));
    }

    @AfterEach
    void stopMirror() {
        mirror.close();
    }

    private FileChain chain(Path own, URI... mirrors) {
        Download download = new Download(List.of(mirrors), Duration.ofMillis(1_500), listener);
        return new FileChain(own, cache, "set", List.of(FILE, OTHER), download, listener);
    }

    private static void assertWhole(INDArray array) {
        int[] expected = new int[LENGTH];
        Arrays.setAll(expected, i -> CONTENT[8 + i] & 0xFF);
        assertArrayEquals(expected, array.toIntVector());
    }

    private List<String> cached() throws IOException {
        if (!Files.exists(cache)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(cache)) {
            return files.map(f -> f.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void readsFromTheOwnFolderAndAsksNoMirror() throws IOException {
        for (String place : List.of("one/set/a-idx1-ubyte", "two/a-idx1-ubyte", "three/set/a.idx1-ubyte")) {
            Path path = folder.resolve(place);
            Files.createDirectories(path.getParent());
            Files.write(path, CONTENT);
            FileChain chain = chain(folder.resolve(place.substring(0, place.indexOf('/'))), mirror.uri());
            assertWhole(chain.read(FILE, DataType.INT, 1));
            assertEquals(path.getParent().toString(), chain.origin());
        }
        assertEquals(List.of(), mirror.asked);
        assertEquals(List.of(), seen);
    }

    @Test
    void aWrongFileInTheOwnFolderIsAnErrorAndNotPassedOver() throws IOException {
        byte[] wrong = CONTENT.clone();
        wrong[100] ^= 1;
        Path path = Files.write(folder.resolve("a-idx1-ubyte.gz"), IdxBytes.gzip(wrong));
        FileChain chain = chain(folder, mirror.uri());
        String message = assertThrows(ChecksumException.class, () -> chain.read(FILE, DataType.INT, 1))
                .getMessage();
        assertTrue(message.startsWith(path + ": "), message);
        assertTrue(message.contains("has SHA-256 " + known("", wrong).sha256()), message);
        assertTrue(message.contains("must have " + FILE.sha256()), message);
        assertTrue(message.contains("unset TRANSCONV_DATA"), message);
        assertEquals(List.of(), mirror.asked);
    }

    @Test
    void aTruncatedFileInTheOwnFolderIsAnErrorAndNotPassedOver() throws IOException {
        Files.write(folder.resolve("a-idx1-ubyte"), Arrays.copyOf(CONTENT, 77));
        FileChain chain = chain(folder, mirror.uri());
        assertEquals(
                77,
                assertThrows(IdxFormatException.class, () -> chain.read(FILE, DataType.INT, 1))
                        .offset());
        assertEquals(List.of(), mirror.asked);
    }

    @Test
    void anOwnFolderThatLacksOneFileOfTheSetIsAnError() throws IOException {
        Files.write(folder.resolve("b-idx1-ubyte"), CONTENT);
        FileChain chain = chain(folder, mirror.uri());
        String message = assertThrows(NoSuchFileException.class, () -> chain.read(FILE, DataType.INT, 1))
                .getMessage();
        assertTrue(message.contains("a-idx1-ubyte.gz: is missing"), message);
    }

    @Test
    void anOwnFolderWithoutTheSetIsPassedOverWithANotice() throws IOException {
        assertWhole(chain(folder, mirror.uri()).read(FILE, DataType.INT, 1));
        assertTrue(seen.get(0).contains("holds no file of set"), seen.get(0));
    }

    @Test
    void downloadsOnceAndThenReadsTheCache() throws IOException {
        FileChain first = chain(null, mirror.uri());
        assertWhole(first.read(FILE, DataType.INT, 1));
        assertEquals("a download, kept in " + cache, first.origin());
        FileChain second = chain(null, mirror.uri());
        assertWhole(second.read(FILE, DataType.INT, 1));
        assertEquals("the cache " + cache, second.origin());
        assertEquals(List.of("a-idx1-ubyte.gz"), mirror.asked);
        assertEquals(List.of("a-idx1-ubyte.gz"), cached());
        int size = mirror.files.get("a-idx1-ubyte.gz").length;
        assertEquals("progress a-idx1-ubyte.gz 0/" + size, seen.get(0));
        assertEquals("progress a-idx1-ubyte.gz %d/%d".formatted(size, size), seen.get(seen.size() - 2));
        assertEquals("end a-idx1-ubyte.gz true", seen.get(seen.size() - 1));
    }

    @Test
    void aBrokenFileInTheCacheIsFetchedAnew() throws IOException {
        Files.createDirectories(cache);
        byte[] cut = Arrays.copyOf(IdxBytes.gzip(CONTENT), 99);
        for (byte[] broken : new byte[][] {new byte[0], IdxBytes.gzip(new byte[9]), cut}) {
            Files.write(cache.resolve("a-idx1-ubyte.gz"), broken);
            seen.clear();
            assertWhole(chain(null, mirror.uri()).read(FILE, DataType.INT, 1));
            assertTrue(seen.get(0).startsWith("notice In the cache: "), seen.get(0));
            assertArrayEquals(IdxBytes.gzip(CONTENT), Files.readAllBytes(cache.resolve("a-idx1-ubyte.gz")));
        }
    }

    @Test
    void goesOnWhereTheMirrorBrokeOff() throws IOException {
        mirror.breakOff.add(1_000);
        assertWhole(chain(null, mirror.uri()).read(FILE, DataType.INT, 1));
        assertEquals(List.of("a-idx1-ubyte.gz", "a-idx1-ubyte.gz bytes=1000-"), mirror.asked);
    }

    @Test
    void goesOnInALaterRun() throws IOException {
        mirror.breakOff.addAll(List.of(1_000, 500, 500));
        FileChain first = chain(null, mirror.uri());
        String message = assertThrows(UnavailableException.class, () -> first.read(FILE, DataType.INT, 1))
                .getMessage();
        assertTrue(message.contains("broke off after 2000"), message);
        assertEquals(List.of("a-idx1-ubyte.gz.part"), cached());
        mirror.asked.clear();
        assertWhole(chain(null, mirror.uri()).read(FILE, DataType.INT, 1));
        assertEquals(List.of("a-idx1-ubyte.gz bytes=2000-"), mirror.asked);
        assertEquals(List.of("a-idx1-ubyte.gz"), cached());
    }

    @Test
    void startsAnewWhereTheMirrorKnowsNoRanges() throws IOException {
        mirror.knowsRanges = false;
        mirror.breakOff.add(1_000);
        assertWhole(chain(null, mirror.uri()).read(FILE, DataType.INT, 1));
    }

    @Test
    void startsAnewWhereTheKeptPartDoesNotFit() throws IOException {
        Files.createDirectories(cache);
        for (int length : new int[] {1_000, 1_000_000}) {
            Files.deleteIfExists(cache.resolve("a-idx1-ubyte.gz"));
            Files.write(cache.resolve("a-idx1-ubyte.gz.part"), new byte[length]);
            assertWhole(chain(null, mirror.uri()).read(FILE, DataType.INT, 1));
            assertEquals(List.of("a-idx1-ubyte.gz"), cached());
        }
    }

    @Test
    void twoAtOnceDoNotWriteIntoOneFile() throws IOException {
        Files.createDirectories(cache);
        Path part = cache.resolve("a-idx1-ubyte.gz.part");
        try (CacheFile held = new CacheFile(cache.resolve("a-idx1-ubyte.gz"))) {
            held.write(new byte[10], 10);
            assertWhole(chain(null, mirror.uri()).read(FILE, DataType.INT, 1));
            assertEquals(10, Files.size(part));
        }
        assertEquals(List.of("a-idx1-ubyte.gz", "a-idx1-ubyte.gz.part"), cached());
    }

    @Test
    void asksTheNextMirrorWhereOneHasOtherContent() throws IOException {
        try (MirrorServer wrong = new MirrorServer()) {
            for (byte[] body : new byte[][] {
                "<html>please log in</html>".getBytes(),
                IdxBytes.gzip(new byte[50]),
                Arrays.copyOf(CONTENT, 200_000),
                {}
            }) {
                wrong.files.put("a-idx1-ubyte.gz", body);
                Files.deleteIfExists(cache.resolve("a-idx1-ubyte.gz"));
                assertWhole(chain(null, wrong.uri(), mirror.uri()).read(FILE, DataType.INT, 1));
                assertEquals(List.of("a-idx1-ubyte.gz"), cached());
            }
        }
    }

    @Test
    void wrongContentEverywhereLeavesNothingToBeUsed() throws IOException {
        mirror.files.put("a-idx1-ubyte.gz", IdxBytes.gzip(new byte[50]));
        FileChain chain = chain(null, mirror.uri());
        String message = assertThrows(UnavailableException.class, () -> chain.read(FILE, DataType.INT, 1))
                .getMessage();
        assertTrue(message.contains("must have " + FILE.sha256()), message);
        assertEquals(List.of(), cached());
    }

    @Test
    void aMirrorWithoutTheFileIsNamedWithItsStatus() {
        FileChain chain = chain(null, mirror.uri());
        String message = assertThrows(UnavailableException.class, () -> chain.read(OTHER, DataType.INT, 1))
                .getMessage();
        assertTrue(message.contains(mirror.uri() + "b-idx1-ubyte.gz: HTTP status 404"), message);
    }

    @Test
    void aSilentMirrorIsGivenUpSoonAndAskedOnce() throws IOException {
        mirror.silent = true;
        FileChain chain = chain(null, mirror.uri());
        assertTimeoutPreemptively(Duration.ofSeconds(4), () -> {
            assertThrows(UnavailableException.class, () -> chain.read(FILE, DataType.INT, 1));
            assertThrows(UnavailableException.class, () -> chain.read(OTHER, DataType.INT, 1));
        });
        assertEquals(1, mirror.asked.size());
    }

    @Test
    void nobodyListeningIsGivenUpAtOnce() {
        URI closed = mirror.uri();
        mirror.close();
        FileChain chain = chain(null, closed, URI.create("http://host.invalid/"));
        assertTimeoutPreemptively(
                Duration.ofSeconds(5),
                () -> assertThrows(UnavailableException.class, () -> chain.read(FILE, DataType.INT, 1)));
    }

    @Test
    void interruptionEndsAStalledDownloadAndKeepsThePart() throws Exception {
        mirror.stallAfter = 1_200;
        FileChain chain = chain(null, mirror.uri());
        List<Object> outcome = new ArrayList<>();
        Thread reader = new Thread(() -> {
            try {
                outcome.add(chain.read(FILE, DataType.INT, 1));
            } catch (IOException ended) {
                outcome.add(ended);
                outcome.add(Thread.currentThread().isInterrupted());
            }
        });
        reader.start();
        Path part = cache.resolve("a-idx1-ubyte.gz.part");
        for (int i = 0; i < 100 && !(Files.exists(part) && Files.size(part) == 1_200); i++) {
            Thread.sleep(20);
        }
        reader.interrupt();
        reader.join(5_000);
        assertFalse(reader.isAlive());
        assertEquals(InterruptedIOException.class, outcome.get(0).getClass(), outcome.toString());
        assertEquals(true, outcome.get(1));
        assertEquals(1_200, Files.size(part));
        mirror.stallAfter = -1;
        assertWhole(chain(null, mirror.uri()).read(FILE, DataType.INT, 1));
    }

    @Test
    void aCacheThatCannotBeWrittenLeavesTheFileInMemory() throws IOException {
        // A file where the folder should be: even root cannot write there.
        Files.createDirectories(cache.getParent());
        Files.write(cache, new byte[0]);
        assertWhole(chain(null, mirror.uri()).read(FILE, DataType.INT, 1));
        assertTrue(seen.get(0).contains("cannot be written"), seen.get(0));
        assertTrue(seen.get(0).contains("stays in memory for this run"), seen.get(0));
    }

    @Test
    void aFullDiskLeavesTheFileInMemory() throws IOException {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full), "this system has no device that is always full");
        Files.createDirectories(cache);
        Files.createSymbolicLink(cache.resolve("a-idx1-ubyte.gz.part"), full);
        assertWhole(chain(null, mirror.uri()).read(FILE, DataType.INT, 1));
        assertTrue(seen.stream().anyMatch(s -> s.contains("No space left on device")), seen.toString());
        assertEquals(List.of(), cached());
    }

    @Test
    void theTextBarShowsStartAndEnd() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DownloadListener text = DownloadListener.text(new PrintStream(bytes, true));
        text.onProgress("a.gz", 0, 10_000_000);
        text.onProgress("a.gz", 5_000_000, 10_000_000);
        text.onProgress("a.gz", 5_000_001, 10_000_000);
        text.onEnd("a.gz", true);
        assertEquals(
                "\ra.gz [--------------------]   0 % of 10.0 MB"
                        + "\ra.gz [##########----------]  50 % of 10.0 MB  verified" + System.lineSeparator(),
                bytes.toString());
    }
}
