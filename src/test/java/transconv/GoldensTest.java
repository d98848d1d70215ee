package transconv;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.NoSuchElementException;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.databind.JsonNode;

class GoldensTest {
    private static final long[] SHAPE = {2, 3, 4, 2, 2};

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5})
    void readsFloatsOfEveryRank(int rank) {
        INDArray array = Goldens.named("reader").array("rank " + rank);
        assertEquals(DataType.FLOAT, array.dataType());
        assertArrayEquals(Arrays.copyOf(SHAPE, rank), array.shape());
        float[] values = array.dup('c').data().asFloat();
        assertEquals(new int[] {1, 2, 6, 24, 48, 96}[rank], values.length);
        for (int i = 0; i < values.length; i++) {
            assertEquals(i + 0.5f, values[i]);
        }
    }

    @Test
    void lastAxisRunsFastest() {
        INDArray array = Goldens.named("reader").array("rank 4");
        assertEquals(0.5f, array.getFloat(0, 0, 0, 0));
        assertEquals(1.5f, array.getFloat(0, 0, 0, 1));
        assertEquals(2.5f, array.getFloat(0, 0, 1, 0));
        assertEquals(8.5f, array.getFloat(0, 1, 0, 0));
        assertEquals(24.5f, array.getFloat(1, 0, 0, 0));
    }

    @Test
    void readsWhatNumpyHeldInAnotherOrder() {
        INDArray array = Goldens.named("reader").array("transposed");
        assertArrayEquals(new float[][] {{0, 3}, {1, 4}, {2, 5}}, array.toFloatMatrix());
    }

    @Test
    void readsBytesAsFloats() {
        assertArrayEquals(
                new float[][] {{0, 1, 127}, {128, 254, 255}},
                Goldens.named("reader").array("bytes").toFloatMatrix());
    }

    @Test
    void keepsExtremeFloats() {
        assertArrayEquals(
                new float[] {Float.MIN_VALUE, -0.0f, Float.MAX_VALUE, Float.POSITIVE_INFINITY, Float.NaN},
                Goldens.named("reader").array("extremes").toFloatVector());
    }

    @Test
    void handsOutCopies() {
        Goldens goldens = Goldens.named("reader");
        goldens.array("rank 1").addi(1);
        assertArrayEquals(new float[] {0.5f, 1.5f}, goldens.array("rank 1").toFloatVector());
    }

    @Test
    void unknownNamesAreErrors() {
        assertThrows(IllegalStateException.class, () -> Goldens.named("absent"));
        assertThrows(IllegalStateException.class, () -> Goldens.text("absent.txt"));
        Goldens goldens = Goldens.named("reader");
        NoSuchElementException unknown = assertThrows(NoSuchElementException.class, () -> goldens.array("rank 6"));
        assertTrue(unknown.getMessage().contains("rank 5"), unknown.getMessage());
        assertThrows(NoSuchElementException.class, () -> goldens.list("absent"));
    }

    @Test
    void refusesWhatItWouldMisread() {
        String header = "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }\n";
        assertThrows(IOException.class, () -> Goldens.readNpy("double", npy(header.replace("f4", "f8"), 16)));
        assertThrows(IOException.class, () -> Goldens.readNpy("order", npy(header.replace("False", "True"), 8)));
        assertThrows(IOException.class, () -> Goldens.readNpy("cut", npy(header, 7)));
        assertThrows(IOException.class, () -> Goldens.readNpy("trailing", npy(header, 9)));
        assertThrows(IOException.class, () -> Goldens.readNpy("magic", new byte[40]));
    }

    @Test
    void everyLayerCaseIsComplete() {
        Goldens layers = Goldens.named("layers");
        TreeSet<String> expected = new TreeSet<>();
        for (JsonNode entry : layers.cases()) {
            String name = entry.get("name").asText();
            entry.get("arrays").forEach(key -> expected.add(name + "/" + key.asText()));
            assertArrayEquals(Goldens.ints(entry.get("input_shape")), ints(layers.array(entry, "input")), name);
            assertArrayEquals(Goldens.ints(entry.get("output_shape")), ints(layers.array(entry, "output")), name);
            assertArrayEquals(Goldens.ints(entry.get("output_shape")), ints(layers.array(entry, "upstream")), name);
            assertArrayEquals(ints(layers.array(entry, "input")), ints(layers.array(entry, "gradient.input")), name);
            assertEquals(layers.has(entry, "kernel"), layers.has(entry, "gradient.kernel"), name);
            assertEquals(layers.has(entry, "bias"), layers.has(entry, "gradient.bias"), name);
        }
        assertEquals(expected, new TreeSet<>(layers.keys()));
        assertEquals(146, layers.cases().size());
        assertEquals(44, layers.list("refused").size());
        assertFalse(layers.has(layers.cases().get(0), "weights"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"layers", "layers-jax", "losses", "optimizers", "training", "fit"})
    void everyValueIsANumber(String name) {
        Goldens goldens = Goldens.named(name);
        for (String key : goldens.keys()) {
            assertTrue(Double.isFinite(goldens.array(key).sumNumber().doubleValue()), key);
        }
        assertEquals("3.15.0", goldens.document().at("/made_with/keras").asText());
    }

    @Test
    void readsTexts() {
        assertTrue(Goldens.text("summary-autoencoder.txt").contains(" Total params: 12,785 (49.94 KB)\n"));
    }

    private static int[] ints(INDArray array) {
        return Arrays.stream(array.shape()).mapToInt(Math::toIntExact).toArray();
    }

    private static byte[] npy(String header, int valueBytes) {
        byte[] text = header.getBytes(StandardCharsets.ISO_8859_1);
        return ByteBuffer.allocate(10 + text.length + valueBytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0})
                .putShort((short) text.length)
                .put(text)
                .array();
    }
}
