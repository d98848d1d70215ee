package transconv.datasets;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static transconv.datasets.IdxBytes.gzip;
import static transconv.datasets.IdxBytes.hex;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

class IdxFileTest {

    /** 2 x 3 ubytes: 0, 1, 127; 128, 254, 255. */
    private static final byte[] UBYTES = hex("00000802 00000002 00000003", "00017F 80FEFF");

    @TempDir
    private Path folder;

    private Path file(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("some idx ä"), bytes);
    }

    private static IdxFormatException refused(Path path) {
        return assertThrows(IdxFormatException.class, () -> IdxFile.open(path).read(DataType.FLOAT));
    }

    static Stream<Arguments> elementTypes() {
        return Stream.of(
                Arguments.of("ubyte", "00000801 00000003 00 7F FF", new double[] {0, 127, 255}),
                Arguments.of("byte", "00000901 00000003 00 7F FF", new double[] {0, 127, -1}),
                Arguments.of("short", "00000B01 00000003 0001 7FFF FF00", new double[] {1, 32767, -256}),
                Arguments.of("int", "00000C01 00000003 00000001 7FFFFFFF FFFFFFFE", new double[] {1, 2147483647, -2}),
                Arguments.of("float", "00000D01 00000003 3F800000 BF000000 40490FDB", new double[] {
                    1, -0.5, 3.1415927410125732
                }),
                Arguments.of("double", "00000E01 00000002 3FF0000000000000 C005BF0A8B145769", new double[] {
                    1, -2.718281828459045
                }));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("elementTypes")
    void readsEveryElementType(String name, String content, double[] expected) throws IOException {
        IdxFile plain = IdxFile.open(file(hex(content)));
        assertEquals(name.toUpperCase(Locale.ROOT), plain.type().name());
        assertArrayEquals(expected, plain.read(DataType.DOUBLE).toDoubleVector());
        INDArray zipped = IdxFile.open(file(gzip(hex(content)))).read(DataType.FLOAT);
        assertEquals(DataType.FLOAT, zipped.dataType());
        for (int i = 0; i < expected.length; i++) {
            assertEquals((float) expected[i], zipped.getFloat(i));
        }
    }

    @Test
    void readsWholeNumbersAsInt() throws IOException {
        INDArray array =
                IdxFile.open(file(hex("00000C01 00000002 7FFFFFFF FFFFFFFE"))).read(DataType.INT);
        assertEquals(DataType.INT, array.dataType());
        assertArrayEquals(new int[] {2147483647, -2}, array.toIntVector());
    }

    @Test
    void dividesInFloatAsKerasTutorialsDo() throws IOException {
        INDArray array = IdxFile.open(file(UBYTES)).read(DataType.FLOAT, 255);
        assertArrayEquals(
                new float[][] {{0, 0.003921569f, 0.49803922f}, {0.5019608f, 0.99607843f, 1}}, array.toFloatMatrix());
    }

    @Test
    void keepsTheLastAxisFastest() throws IOException {
        IdxFile file =
                IdxFile.open(file(hex("00000804 00000002 00000001 00000003 00000002", "000102030405060708090A0B")));
        assertArrayEquals(new long[] {2, 1, 3, 2}, file.shape());
        INDArray array = file.read(DataType.FLOAT);
        assertArrayEquals(new long[] {2, 1, 3, 2}, array.shape());
        assertEquals('c', array.ordering());
        assertEquals(9, array.getFloat(1, 0, 1, 1));
    }

    @Test
    void readsArraysLongerThanItsBuffer() throws IOException {
        byte[] content = Arrays.copyOf(hex("00000B02 00000003 0000C351"), 12 + 2 * 3 * 50_001);
        content[content.length - 1] = 7;
        content[12 + 2 * 100_000 + 1] = 5;
        INDArray array = IdxFile.open(file(gzip(content))).read(DataType.FLOAT);
        assertEquals(7, array.getFloat(2, 50_000));
        assertEquals(5, array.getFloat(1, 49_999));
        assertEquals(12, array.sumNumber().doubleValue());
    }

    static Stream<Arguments> malformed() {
        return Stream.of(
                Arguments.of("empty", "", 0, "the content ends here"),
                Arguments.of("magic cut", "000008", 3, "the content ends here"),
                Arguments.of("text", "50350A32 00000000", 0, "magic is 0x5035"),
                Arguments.of("second byte of the magic", "00010801 00000001 00", 0, "magic is 0x0001"),
                Arguments.of("little-endian magic", "01080000 01000000 00", 0, "magic is 0x0108"),
                Arguments.of("unknown type", "00000A01 00000001 00", 2, "element type is 0x0A"),
                Arguments.of("no dimension", "00000800 00", 3, "the number of dimensions is 0"),
                Arguments.of(
                        "33 dimensions", "00000821" + "00000001".repeat(33) + "00", 3, "number of dimensions is 33"),
                Arguments.of("dimensions cut", "00000802 00000002 0000", 10, "the content ends here"),
                Arguments.of("zero dimension", "00000802 00000002 00000000", 8, "dimension 1 is 0"),
                Arguments.of("one huge dimension", "00000801 FFFFFFFF 00", 4, "dimension 0 is 4294967295"),
                Arguments.of("huge product", "00000803 00010000 00010000 00010000 00", 8, "makes 4294967296 elements"),
                Arguments.of(
                        "product that wraps to 0",
                        "00000804 00010000 00010000 00010000 00010000",
                        8,
                        "dimension 1 is 65536"),
                Arguments.of("large, and nothing behind it", "00000E01 7FFFFFFF", 8, "needs 17179869184 bytes"),
                Arguments.of("no elements", "00000801 00000002", 8, "the content ends here"),
                Arguments.of("truncated", "00000802 00000002 00000003 0001020304", 17, "the content ends here"),
                Arguments.of("truncated within an element", "00000C01 00000001 000102", 11, "the content ends here"),
                Arguments.of(
                        "trailing byte", "00000802 00000001 00000003 000102 03", 15, "data follows the last element"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("malformed")
    void refusesMalformedContent(String name, String content, long offset, String found) throws IOException {
        for (byte[] stored : new byte[][] {hex(content), gzip(hex(content))}) {
            Path path = file(stored);
            IdxFormatException error = refused(path);
            assertEquals(offset, error.offset(), error.getMessage());
            assertTrue(error.getMessage().startsWith(path + ": byte " + offset + ": "), error.getMessage());
            assertTrue(error.getMessage().contains(found), error.getMessage());
        }
    }

    @Test
    void refusesAGzipStreamThatIsCut() throws IOException {
        byte[] whole = gzip(UBYTES);
        for (int length : new int[] {2, 9, 10, 14, whole.length - 8, whole.length - 1}) {
            Path path = file(Arrays.copyOf(whole, length));
            IdxFormatException error = refused(path);
            assertTrue(error.getMessage().contains("the gzip stream breaks"), length + ": " + error.getMessage());
        }
    }

    @Test
    void refusesAGzipStreamWithAWrongCrc() throws IOException {
        byte[] stored = gzip(UBYTES);
        stored[stored.length - 8] ^= 1;
        Path path = file(stored);
        IdxFormatException error = refused(path);
        assertEquals(18, error.offset());
    }

    @Test
    void takesNoMemoryForASmallGzipFileThatDeclaresMuch() throws IOException {
        Path path = file(gzip(hex("00000801 7FFFFFFF 00")));
        IdxFormatException error = assertThrows(IdxFormatException.class, () -> IdxFile.open(path));
        assertEquals(9, error.offset());
    }

    @Test
    void readsAFileThatCompressesWell() throws IOException {
        Path path = file(gzip(Arrays.copyOf(hex("00000801 00100000"), 8 + 0x100000)));
        assertTrue(Files.size(path) < 0x100000 / 16);
        assertEquals(0x100000, IdxFile.open(path).read(DataType.FLOAT).length());
    }

    @Test
    void refusesAFileThatChangedSinceItWasOpened() throws IOException {
        IdxFile opened = IdxFile.open(file(UBYTES));
        file(hex("00000801 00000001 00"));
        IOException error = assertThrows(IOException.class, () -> opened.read(DataType.FLOAT));
        assertTrue(error.getMessage().contains("changed since it was opened"), error.getMessage());
    }

    @Test
    void namesAnAbsentFileAndAFolder() {
        Path absent = folder.resolve("absent");
        assertTrue(assertThrows(NoSuchFileException.class, () -> IdxFile.open(absent))
                .getMessage()
                .contains("absent: does not exist"));
        assertTrue(assertThrows(NoSuchFileException.class, () -> IdxFile.open(folder))
                .getMessage()
                .contains("is not a regular file"));
    }

    static Stream<Arguments> impossibleReads() {
        return Stream.of(
                Arguments.of("divided by 0", "00000801 00000001 00", DataType.FLOAT, 0.0, "divisor 0.0"),
                Arguments.of("divided by NaN", "00000801 00000001 00", DataType.FLOAT, Double.NaN, "divisor NaN"),
                Arguments.of(
                        "divided by 0 once a float", "00000801 00000001 00", DataType.FLOAT, 1e-60, "divisor 1.0E-60"),
                Arguments.of(
                        "divided into INT", "00000801 00000001 00", DataType.INT, 255.0, "UBYTE elements divided by"),
                Arguments.of("floats into INT", "00000D01 00000001 3F000000", DataType.INT, 1.0, "FLOAT elements"),
                Arguments.of("into BOOL", "00000801 00000001 00", DataType.BOOL, 1.0, "data type BOOL"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("impossibleReads")
    void refusesImpossibleReads(String name, String content, DataType type, double divisor, String found)
            throws IOException {
        IdxFile file = IdxFile.open(file(hex(content)));
        IllegalArgumentException error = assertThrows(IllegalArgumentException.class, () -> file.read(type, divisor));
        assertTrue(error.getMessage().contains(found), error.getMessage());
    }

    @Test
    void meetsFiveThousandMutationsWithAFormatErrorOrAnArray() {
        byte[] plain = Arrays.copyOf(hex("00000803 00000004 00000005 00000006"), 16 + 120);
        Random random = new Random(7);
        int refused = 0;
        for (int i = 0; i < 5_000; i++) {
            byte[] bytes = i % 2 == 0 ? plain.clone() : gzip(plain);
            for (int m = random.nextInt(3); m >= 0; m--) {
                // Half of the mutations hit the header, where they matter.
                int at = random.nextInt(random.nextBoolean() ? 16 : bytes.length);
                bytes[at] = (byte) (random.nextBoolean() ? bytes[at] ^ 1 << random.nextInt(8) : random.nextInt(256));
            }
            if (random.nextInt(4) == 0) {
                bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length + 20));
            }
            try {
                INDArray array =
                        IdxFile.open(Content.of("mutation " + i, bytes)).read(DataType.FLOAT);
                assertTrue(array.length() <= 120, "mutation " + i);
            } catch (IdxFormatException expected) {
                refused++;
            } catch (IOException | RuntimeException | Error other) {
                throw new AssertionError("mutation " + i, other);
            }
        }
        assertTrue(refused > 2_000 && refused < 4_900, refused + " refused");
    }
}
