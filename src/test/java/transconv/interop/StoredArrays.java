package transconv.interop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.databind.JsonNode;
import transconv.Goldens;
import transconv.interop.arrays.ArrayBytes;

/** The small files in {@code goldens/formats}, and what {@code formats.json} says is in them. */
public final class StoredArrays {

    private static final Map<String, DataType> TYPES = Map.ofEntries(
            Map.entry("bool", DataType.BOOL),
            Map.entry("int8", DataType.BYTE),
            Map.entry("uint8", DataType.UBYTE),
            Map.entry("int16", DataType.SHORT),
            Map.entry("uint16", DataType.UINT16),
            Map.entry("int32", DataType.INT),
            Map.entry("uint32", DataType.UINT32),
            Map.entry("int64", DataType.LONG),
            Map.entry("uint64", DataType.UINT64),
            Map.entry("float16", DataType.HALF),
            Map.entry("bfloat16", DataType.BFLOAT16),
            Map.entry("float32", DataType.FLOAT),
            Map.entry("float64", DataType.DOUBLE));

    private StoredArrays() {}

    public static Path file(String name) {
        try {
            return Path.of(
                    StoredArrays.class.getResource("/goldens/formats/" + name).toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    public static byte[] bytes(String name) {
        try {
            return Files.readAllBytes(file(name));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Demands the arrays of a list of {@code formats.json}: names, types, shapes, layouts in memory and every bit. */
    public static void assertEqual(String list, Map<String, INDArray> got, boolean sameOrder) {
        List<JsonNode> wanted = Goldens.named("formats").list(list);
        List<String> names =
                wanted.stream().map(entry -> entry.get("name").asText()).toList();
        List<String> found = new ArrayList<>(got.keySet());
        if (!sameOrder) {
            names = names.stream().sorted().toList();
            found.sort(null);
        }
        assertEquals(names, found);
        wanted.forEach(entry -> assertEqual(entry, got.get(entry.get("name").asText())));
    }

    private static void assertEqual(JsonNode wanted, INDArray got) {
        String name = wanted.get("name").asText();
        assertEquals(TYPES.get(wanted.get("dtype").asText()), got.dataType(), name);
        long[] shape = new long[wanted.get("shape").size()];
        for (int axis = 0; axis < shape.length; axis++) {
            shape[axis] = wanted.get("shape").get(axis).asLong();
        }
        assertArrayEquals(shape, got.shape(), name);
        if (wanted.get("layout").asText().equals("f")) {
            assertEquals('f', got.ordering(), name);
        }
        assertEquals(wanted.get("bytes").asText(), hex(got), name);
        assertValues(wanted, got);
    }

    /** By way of ND4J's own reading of single values, where it can. */
    private static void assertValues(JsonNode wanted, INDArray got) {
        List<DataType> unreadable = List.of(DataType.UINT16, DataType.UINT32, DataType.UINT64);
        for (int i = 0; i < got.length() && !got.isEmpty() && !unreadable.contains(got.dataType()); i++) {
            String value = wanted.get("values").get(i).asText();
            double number = Double.parseDouble(value.replace("inf", "Infinity").replace("nan", "NaN"));
            INDArray flat = got.rank() == 0 ? got : got.dup('c').reshape(got.length());
            assertEquals(number, flat.getDouble(i), wanted.get("name").asText() + " [" + i + "]");
        }
    }

    /** The values in C order, little-endian. */
    public static String hex(INDArray array) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ArrayBytes.write(ArrayBytes.contiguous(array, 'c'), ByteOrder.LITTLE_ENDIAN, out);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return HexFormat.of().formatHex(out.toByteArray());
    }
}
