package transconv.interop.numpy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import transconv.interop.FileFuzzer;
import transconv.interop.ReadingSpeed;
import transconv.interop.StoredArrays;
import transconv.interop.arrays.ArrayFileException;

class NumpyFileTest {

    private static final INDArray SINGLE = Nd4j.create(new float[] {0, 0.25f, 0.5f, 0.75f, 1, 1.25f}, 2, 3);

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"arrays.npz", "compressed.npz"})
    void everyTypeOrderAndShapeThatNumpyWrites(String name) {
        StoredArrays.assertEqual("arrays", NumpyFile.readAll(StoredArrays.file(name)), true);
    }

    @ParameterizedTest
    @ValueSource(strings = {"version-1.npy", "version-2.npy", "version-3.npy", "fortran.npy"})
    void everyVersionOfTheFormat(String name) {
        INDArray read = NumpyFile.read(StoredArrays.file(name));
        assertEquals(DataType.FLOAT, read.dataType());
        assertEquals(SINGLE, read);
        assertEquals(name.startsWith("fortran") ? 'f' : 'c', read.ordering());
    }

    @Test
    void whatIsWrittenIsWhatNumpyWrites() throws IOException {
        Path file = folder.resolve("a.npy");
        NumpyFile.write(SINGLE, file);
        assertArrayEquals(StoredArrays.bytes("version-1.npy"), Files.readAllBytes(file));
        NumpyFile.write(SINGLE.dup('f'), file);
        assertArrayEquals(StoredArrays.bytes("fortran.npy"), Files.readAllBytes(file));
        NumpyFile.write(SINGLE.dup('f').transpose().dup('c').transpose(), file);
        assertArrayEquals(StoredArrays.bytes("fortran.npy"), Files.readAllBytes(file));
    }

    @Test
    void whatIsWrittenIsReadAgain() {
        Map<String, INDArray> arrays = NumpyFile.readAll(StoredArrays.file("arrays.npz"));
        Path file = folder.resolve("again.npz");
        NumpyFile.write(arrays, file);
        StoredArrays.assertEqual("arrays", NumpyFile.readAll(file), true);
        NumpyFile.writeCompressed(arrays, file);
        StoredArrays.assertEqual("arrays", NumpyFile.readAll(file), true);
    }

    @Test
    void aPartOfAnArrayIsWrittenAsItLooks() {
        Path file = folder.resolve("view.npy");
        INDArray column = SINGLE.getColumn(1);
        NumpyFile.write(column, file);
        assertArrayEquals(new float[] {0.25f, 1}, NumpyFile.read(file).toFloatVector());
    }

    private static byte[] npy(String header, int valueBytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] text = header.getBytes(StandardCharsets.ISO_8859_1);
        out.writeBytes(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) text.length, 0});
        out.writeBytes(text);
        out.writeBytes(new byte[valueBytes]);
        return out.toByteArray();
    }

    private String refusal(byte[] content) throws IOException {
        Path file = folder.resolve("refused.npy");
        Files.write(file, content);
        String message = assertThrows(ArrayFileException.class, () -> NumpyFile.read(file))
                .getMessage();
        assertTrue(message.startsWith(file + ": "), message);
        return message.substring(file.toString().length() + 2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "'|O'; descr='|O' stands for Python objects: reading them would run what the file says, which is never"
                        + " done",
                "'<c8'; descr='<c8' stands for complex numbers; save the real and the imaginary part",
                "'<V2'; descr='<V2' stands for raw bytes, which is also what NumPy makes of bfloat16",
                "'|S3'; descr='|S3' stands for byte texts",
                "'<U3'; descr='<U3' stands for texts",
                "'<M8[s]'; descr='<M8[s]' stands for dates",
                "'<m8[s]'; descr='<m8[s]' stands for time spans",
                "'<f16'; descr='<f16' stands for long doubles",
                "'|f4'; descr='|f4' must be one of b1, i1, u1,",
                "'q7'; descr='q7' must be one of b1, i1, u1, i2, u2, i4, u4, i8, u8, f2, f4, f8",
            })
    void typesThatNoArrayHasAreRefusedByName(String type, String wanted) throws IOException {
        String message =
                refusal(npy("{'descr': '" + type.replace("'", "") + "', 'fortran_order': False, 'shape': (2,), }", 4));
        assertTrue(message.startsWith(wanted), message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (2,), }; "
                        + "descr=[('a', '<f4')] is a structured type",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }; shape [3] of float32 needs 79 bytes "
                        + "with its header, there are 75",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (1,), }; shape [1] of float32 needs 71 bytes",
                "{'descr': '<f4', 'fortran_order': 0, 'shape': (2,), }; the header has '0, 'shape': ",
                "{'descr': '<f4', 'fortran_order': False, 'shape': 2, }; the header has '2, }'",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (2), }; the header has '), }' at character 52",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (-2,), }; the header has '-2,), }'",
                "{'descr': '<f4', 'fortran_order': False, 'shape': '2', }; shape=2 must be a tuple",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), 'x': True}; the header has the keys",
                "{'descr': '<f4', 'descr': '<f4', 'shape': (2,), }; the header has the key 'descr' twice",
                "{'descr': '<f4', 'fortran_order': False}; the header has the keys",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), } 5; the header has '5' at character 58; "
                        + "there must be the end",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (999999999999, 999999999999), }; "
                        + "shape [999999999999, 999999999999]; each size must be",
                "__import__('os').system('x'); the header has '__import__('' at character 0; there must be '{'",
            })
    void headersThatDoNotFitAreRefused(String header, String wanted) throws IOException {
        String message = refusal(npy(header, 8));
        assertTrue(message.startsWith(wanted), message);
    }

    @Test
    void otherFilesAreRefused() throws IOException {
        assertTrue(refusal(new byte[] {(byte) 0x80, 4, 'c'}).startsWith("it begins like a pickle"));
        assertTrue(refusal(StoredArrays.bytes("arrays.npz"))
                .startsWith("it is a zip, an .npz file; read it with readAll"));
        assertTrue(refusal("x,y\n1,2".getBytes(StandardCharsets.UTF_8)).startsWith("it does not begin with the magic"));
        assertTrue(refusal(new byte[0]).startsWith("it does not begin with the magic"));
        byte[] later = StoredArrays.bytes("version-1.npy");
        later[6] = 4;
        assertTrue(refusal(later).startsWith("format version 4.0; it must be 1.0, 2.0 or 3.0"));
        assertThrows(UncheckedIOException.class, () -> NumpyFile.read(folder.resolve("none.npy")));
        assertThrows(ArrayFileException.class, () -> NumpyFile.readAll(StoredArrays.file("version-1.npy")));
        assertThrows(UncheckedIOException.class, () -> NumpyFile.readAll(folder));
    }

    @Test
    void partsThatAreNoArraysAreRefused() throws IOException {
        Path file = folder.resolve("parts.npz");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("readme.txt"));
        }
        String message = assertThrows(ArrayFileException.class, () -> NumpyFile.readAll(file))
                .getMessage();
        assertEquals(file + ": part 'readme.txt' is no .npy file; it must hold arrays only", message);
    }

    @Test
    void bfloat16IsRefusedBeforeAnythingIsWritten() {
        Path file = folder.resolve("a.npz");
        INDArray array = Nd4j.ones(DataType.BFLOAT16, 2);
        String message = assertThrows(IllegalArgumentException.class, () -> NumpyFile.write(Map.of("a", array), file))
                .getMessage();
        assertTrue(message.startsWith("array 'a': an array of type BFLOAT16; NumPy has BOOL, BYTE,"), message);
        assertThrows(IllegalArgumentException.class, () -> NumpyFile.write(array, file));
        assertTrue(Files.notExists(file));
    }

    @Test
    void aBombIsRefusedWithoutBeingUnpacked() throws IOException {
        // 100 MB of zeros in a file of 100 KB that says they are an array of 800 MB
        Path file = folder.resolve("bomb.npz");
        byte[] begin = npy("{'descr': '|u1', 'fortran_order': False, 'shape': (800000000,), }", 0);
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("a.npy"));
            zip.write(begin);
            byte[] zeros = new byte[1_000_000];
            for (int i = 0; i < 100; i++) {
                zip.write(zeros);
            }
        }
        String message = assertThrows(ArrayFileException.class, () -> NumpyFile.readAll(file))
                .getMessage();
        assertTrue(message.contains("array 'a.npy': shape [800000000] of uint8 needs 800,000,075 bytes"), message);
    }

    @Test
    void damagedFilesAreReadOrRefused() {
        FileFuzzer single = new FileFuzzer(folder, "damaged.npy", NumpyFile::read, ArrayFileException.class);
        FileFuzzer.Result result = single.damage(StoredArrays.bytes("version-1.npy"), 2_500, 1)
                .plus(single.damage(StoredArrays.bytes("version-3.npy"), 2_500, 2))
                .plus(single.damage(StoredArrays.bytes("fortran.npy"), 1_000, 3));
        System.out.println(".npy: " + result);
        assertTrue(result.refused() > 3_000 && result.read() > 300, result.toString());
    }

    @Test
    void damagedArchivesAreReadOrRefused(@TempDir Path archives) throws IOException {
        Map<String, INDArray> arrays = new LinkedHashMap<>();
        NumpyFile.readAll(StoredArrays.file("arrays.npz")).forEach((name, array) -> {
            if (List.of("float32/two, fortran", "uint8/one", "bool/scalar").contains(name)) {
                arrays.put(name, array);
            }
        });
        Path file = folder.resolve("whole.npz");
        FileFuzzer several = new FileFuzzer(archives, "damaged.npz", NumpyFile::readAll, ArrayFileException.class);
        NumpyFile.write(arrays, file);
        byte[] stored = Files.readAllBytes(file);
        NumpyFile.writeCompressed(arrays, file);
        byte[] compressed = Files.readAllBytes(file);
        FileFuzzer.Result result = several.damage(stored, 2_000, 1)
                .plus(several.damage(compressed, 2_000, 2))
                .plus(several.damageZipParts(stored, 2_000, 3))
                .plus(several.damageZipParts(compressed, 1_000, 4));
        System.out.println(".npz: " + result);
        assertTrue(result.refused() > 3_500 && result.read() > 300, result.toString());
    }

    @Test
    void largeFilesAreReadAtOnce() throws IOException {
        INDArray large = Nd4j.rand(DataType.FLOAT, 25, 1_000_000);
        Path npy = folder.resolve("large.npy");
        NumpyFile.write(large, npy);
        ReadingSpeed.print(".npy", npy, file -> NumpyFile.read(file).close());
        Path npz = folder.resolve("large.npz");
        NumpyFile.write(Map.of("a", large), npz);
        ReadingSpeed.print(".npz", npz, file -> NumpyFile.readAll(file).get("a").close());
        assertEquals(large, NumpyFile.readAll(npz).get("a"));
    }
}
