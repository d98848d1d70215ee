package transconv.interop.safetensors;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import transconv.interop.FileFuzzer;
import transconv.interop.ReadingSpeed;
import transconv.interop.StoredArrays;
import transconv.interop.arrays.ArrayFileException;

class SafetensorsTest {

    @TempDir
    Path folder;

    @Test
    void everyTypeAndShapeThatTheLibraryWrites() {
        Path file = StoredArrays.file("tensors.safetensors");
        StoredArrays.assertEqual("tensors", Safetensors.read(file), false);
        assertEquals(Map.of("format", "np", "names", "\u00e4 \"quoted\""), Safetensors.metadata(file));
        assertEquals(Map.of(), Safetensors.metadata(StoredArrays.file("three.safetensors")));
    }

    @Test
    void whatIsWrittenIsWhatTheLibraryWrites() throws IOException {
        Map<String, INDArray> arrays = new LinkedHashMap<>();
        arrays.put("c", Nd4j.scalar(true));
        arrays.put(
                "b",
                Nd4j.create(new float[] {0, 1, 0.25f, 1.25f, 0.5f, 0.75f}, 3, 2).transpose());
        arrays.put("a", Nd4j.createFromArray(1L, 2L));
        arrays.get("b").assign(Nd4j.create(new float[] {0, 0.25f, 0.5f, 0.75f, 1, 1.25f}, 2, 3));
        Path file = folder.resolve("three.safetensors");
        Safetensors.write(arrays, file);
        assertArrayEquals(StoredArrays.bytes("three.safetensors"), Files.readAllBytes(file));
    }

    @Test
    void whatIsWrittenIsReadAgain() {
        Path file = folder.resolve("again.safetensors");
        Path library = StoredArrays.file("tensors.safetensors");
        Safetensors.write(Safetensors.read(library), Safetensors.metadata(library), file);
        StoredArrays.assertEqual("tensors", Safetensors.read(file), false);
        assertEquals(Safetensors.metadata(library), Safetensors.metadata(file));
    }

    private static byte[] file(String header, int bytes) {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(8 + text.length + bytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(text.length)
                .put(text)
                .array();
    }

    private String refusal(byte[] content) throws IOException {
        Path file = folder.resolve("refused.safetensors");
        Files.write(file, content);
        String message = assertThrows(ArrayFileException.class, () -> Safetensors.read(file))
                .getMessage();
        assertTrue(message.startsWith(file + ": "), message);
        return message.substring(file.toString().length() + 2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,4]}}; tensor 'a': shape [2] of F32 needs 8 bytes, "
                        + "data_offsets are [0, 4]",
                "{'a':{'dtype':'F32','shape':[2],'data_offsets':[8,0]}}; tensor 'a': shape [2] of F32 needs 8 bytes",
                "{'a':{'dtype':'F32','shape':[2],'data_offsets':[-8,0]}}; tensor 'a': shape [2] of F32 needs 8 bytes",
                "{'a':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}}; tensor 'a': data_offsets begin at 4; "
                        + "they must at 0",
                "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4]}}; the tensors have 4 bytes, the file has 8",
                "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]},'b':{'dtype':'F32','shape':[1],"
                        + "'data_offsets':[4,8]}}; tensor 'b': data_offsets begin at 4; they must at 8",
                "{'a':{'dtype':'F32','shape':[4],'data_offsets':[0,16]}}; the tensors have 16 bytes, the file has 8",
                "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]},'a':{}}; Duplicate field 'a'",
                "{'a':{'dtype':'F8_E4M3','shape':[8],'data_offsets':[0,8]}}; tensor 'a': dtype 'F8_E4M3' has no equal",
                "{'a':{'dtype':'f32','shape':[2],'data_offsets':[0,8]}}; tensor 'a': dtype 'f32' is unknown",
                "{'a':{'dtype':'F32','shape':[2.0],'data_offsets':[0,8]}}; tensor 'a': shape must be a list of whole",
                "{'a':{'dtype':'F32','shape':[99999999999999999999],'data_offsets':[0,8]}}; tensor 'a': shape must be",
                "{'a':{'dtype':'F32','shape':2,'data_offsets':[0,8]}}; tensor 'a': shape must be a list",
                "{'a':{'dtype':'F32','shape':[-2],'data_offsets':[0,8]}}; tensor 'a': shape [-2]; each size",
                "{'a':{'dtype':'F32','shape':[2]}}; tensor 'a': it must have dtype, shape and data_offsets",
                "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8],'x':1}}; tensor 'a': x is no field",
                "{'__metadata__':{'a':1}}; __metadata__ 'a' must be a text, is VALUE_NUMBER_INT",
                "{'a':[]}; 'a' must be a JSON object, is START_ARRAY",
                "[]; the header must be a JSON object",
            })
    void headersThatDoNotFitAreRefused(String header, String wanted) throws IOException {
        String message = refusal(file(header.replace('\'', '"'), 8));
        assertTrue(message.replace('"', '\'').startsWith(wanted), message);
    }

    @Test
    void aHeaderLongerThanTheFileIsRefused() throws IOException {
        byte[] content = file("{}", 0);
        content[7] = 0x7F;
        assertTrue(refusal(content).startsWith("the header's length is 9,151,314,442,816,847,874; it must be 2 to 2"));
        assertTrue(refusal(new byte[5]).startsWith("it ends within the 8 bytes of the header's length"));
        assertTrue(refusal(file("{} {}", 0)).startsWith("there is more behind the header's JSON object"));
        assertThrows(UncheckedIOException.class, () -> Safetensors.read(folder.resolve("none.safetensors")));
    }

    @Test
    void namesAndTypesThatTheFormatLacksAreRefused() {
        Path file = folder.resolve("a.safetensors");
        assertThrows(
                IllegalArgumentException.class, () -> Safetensors.write(Map.of("__metadata__", Nd4j.scalar(1f)), file));
        assertTrue(Files.notExists(file));
    }

    @Test
    void damagedFilesAreReadOrRefused() {
        FileFuzzer fuzzer = new FileFuzzer(folder, "damaged.safetensors", Safetensors::read, ArrayFileException.class);
        FileFuzzer.Result result = fuzzer.damage(StoredArrays.bytes("three.safetensors"), 4_000, 1)
                .plus(fuzzer.damage(StoredArrays.bytes("tensors.safetensors"), 2_000, 2));
        System.out.println(".safetensors: " + result);
        assertTrue(result.refused() > 3_000 && result.read() > 300, result.toString());
    }

    @Test
    void largeFilesAreReadAtOnce() throws IOException {
        INDArray large = Nd4j.rand(DataType.FLOAT, 25, 1_000_000);
        Path file = folder.resolve("large.safetensors");
        Safetensors.write(Map.of("a", large), file);
        ReadingSpeed.print(
                ".safetensors", file, path -> Safetensors.read(path).get("a").close());
        assertEquals(large, Safetensors.read(file).get("a"));
    }
}
