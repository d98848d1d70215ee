package transconv.datasets;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;

/** On a set of three training digits and one test digit, and on generated digits. */
class MnistTest {

    private final List<String> notices = new ArrayList<>();
    private final DownloadListener listener = new DownloadListener() {
        @Override
        public void onProgress(String file, long received, long total) {}

        @Override
        public void onNotice(String message) {
            notices.add(message);
        }
    };

    private static byte[] images(int... values) {
        byte[] bytes = Arrays.copyOf(
                IdxBytes.hex("00000803", "%08x".formatted(values.length), "0000001C0000001C"),
                16 + 784 * values.length);
        for (int i = 0; i < values.length; i++) {
            // Row 2, column 5: tells height from width.
            bytes[16 + 784 * i + 2 * 28 + 5] = (byte) values[i];
        }
        return bytes;
    }

    private Mnist tiny(Path folder, List<byte[]> contents) throws IOException {
        List<KnownFile> files = new ArrayList<>();
        for (byte[] content : contents) {
            String name = Mnist.FILES.get(files.size()).name();
            Files.write(folder.resolve(name), content);
            String sha256 = HexFormat.of().formatHex(KnownFile.digest().digest(content));
            files.add(new KnownFile(name, content.length, sha256));
        }
        Download offline = new Download(List.of(), Duration.ofSeconds(1), listener);
        return Mnist.load(
                new FileChain(folder, folder.resolve("cache"), "mnist", files, offline, listener),
                files,
                new int[] {20, 10},
                listener);
    }

    private Mnist generated(Path folder) throws IOException {
        Download offline = new Download(List.of(), Duration.ofSeconds(1), listener);
        Path cache = folder.resolve("cache");
        return Mnist.load(
                new FileChain(null, cache, "mnist", Mnist.FILES, offline, listener),
                Mnist.FILES,
                new int[] {20, 10},
                listener);
    }

    @Test
    void givesChannelsLastFloatsAndIntLabels(@TempDir Path folder) throws IOException {
        Mnist mnist = tiny(
                folder,
                List.of(
                        images(51, 102, 255),
                        IdxBytes.hex("00000801 00000003 050004"),
                        images(7),
                        IdxBytes.hex("00000801 00000001 09")));
        assertArrayEquals(new long[] {3, 28, 28, 1}, mnist.trainImages().shape());
        assertArrayEquals(new long[] {1, 28, 28, 1}, mnist.testImages().shape());
        assertEquals(DataType.FLOAT, mnist.trainImages().dataType());
        assertEquals(0.4f, mnist.trainImages().getFloat(1, 2, 5, 0));
        assertEquals(0f, mnist.trainImages().getFloat(1, 5, 2, 0));
        assertEquals(DataType.INT, mnist.trainLabels().dataType());
        assertArrayEquals(new int[] {5, 0, 4}, mnist.trainLabels().toIntVector());
        assertArrayEquals(new int[] {9}, mnist.testLabels().toIntVector());
        assertFalse(mnist.generated());
        assertEquals("MNIST from " + folder, mnist.source());
        assertEquals(List.of(), notices);
    }

    @Test
    void takesACopyOfTheFirst(@TempDir Path folder) throws IOException {
        Mnist mnist = generated(folder);
        Mnist few = mnist.take(15);
        assertArrayEquals(new long[] {15, 28, 28, 1}, few.trainImages().shape());
        assertArrayEquals(new long[] {10, 28, 28, 1}, few.testImages().shape());
        assertArrayEquals(new long[] {15}, few.trainLabels().shape());
        assertEquals(
                mnist.trainImages().getFloat(14, 14, 14, 0), few.trainImages().getFloat(14, 14, 14, 0));
        assertEquals(mnist.trainLabels().getInt(14), few.trainLabels().getInt(14));
        few.trainImages().assign(0.5);
        assertTrue(mnist.trainImages().getFloat(0, 0, 0, 0) == 0);
        assertEquals(mnist.source(), few.source());
    }

    @Test
    void refusesToTakeWhatIsNotThere(@TempDir Path folder) throws IOException {
        Mnist mnist = generated(folder);
        for (int n : new int[] {-1, 0, 21}) {
            String message = assertThrows(IllegalArgumentException.class, () -> mnist.take(n))
                    .getMessage();
            assertTrue(message.contains("Mnist.take(" + n + "): n must be 1 to 20"), message);
        }
    }

    @Test
    void generatesDigitsOnlyWithANoticeWhereThereAreNone(@TempDir Path folder) throws IOException {
        Mnist mnist = generated(folder);
        assertTrue(mnist.generated());
        assertEquals("generated digits, NOT the real MNIST", mnist.source());
        assertEquals(1, notices.size());
        assertTrue(notices.get(0).contains("NOT the real MNIST"), notices.get(0));
        assertTrue(notices.get(0).contains("set TRANSCONV_DATA"), notices.get(0));
        assertArrayEquals(new long[] {20, 28, 28, 1}, mnist.trainImages().shape());
        assertArrayEquals(new long[] {10}, mnist.testLabels().shape());
        GeneratedDigits digits = new GeneratedDigits(20_131_221);
        for (int i = 0; i < 10; i++) {
            assertEquals(digits.label(20 + i), mnist.testLabels().getInt(i));
            float pixel = (digits.image(20 + i)[14 * 28 + 8] & 0xFF) / 255f;
            assertEquals(pixel, mnist.testImages().getFloat(i, 14, 8, 0));
        }
    }
}
