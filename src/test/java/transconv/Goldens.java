package transconv;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/**
 * Values made with Keras: the document {@code goldens/NAME.json} and the arrays {@code goldens/NAME.npz}, if any.
 *
 * <p>The scripts that made them stand beside them in {@code src/test/resources/goldens}. ND4J's own npz reader fails on
 * every npz file tried (compressed or not), so the arrays are read here, after the format's description: NumPy
 * Enhancement Proposal 1, "A Simple File Format for NumPy Arrays".
 *
 * <pre>{@code
 * Goldens layers = Goldens.named("layers");
 * for (JsonNode c : layers.cases()) check(c.get("config"), layers.array(c, "input"), layers.array(c, "output"));
 * }</pre>
 */
public final class Goldens {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final Pattern HEADER =
            Pattern.compile("\\{'descr': '([^']+)', 'fortran_order': (True|False), 'shape': \\(([0-9, ]*)\\), \\}\\s*");

    private final String name;
    private final JsonNode document;
    private final Map<String, INDArray> arrays;

    private Goldens(String name, JsonNode document, Map<String, INDArray> arrays) {
        this.name = name;
        this.document = document;
        this.arrays = arrays;
    }

    /** The goldens of one subject, such as {@code "layers"}. */
    public static Goldens named(String name) {
        try {
            return new Goldens(
                    name,
                    new ObjectMapper().readTree(content(name + ".json")),
                    Goldens.class.getResource("/goldens/" + name + ".npz") == null ? Map.of() : readNpz(name + ".npz"));
        } catch (IOException e) {
            throw new IllegalStateException("goldens/%s cannot be read: %s".formatted(name, e.getMessage()), e);
        }
    }

    /** The whole JSON document. */
    public JsonNode document() {
        return document;
    }

    /** The entries of the document's list {@code cases}, never none. */
    public List<JsonNode> cases() {
        return list("cases");
    }

    /** The entries of a list of the document, never none. */
    public List<JsonNode> list(String key) {
        List<JsonNode> entries = new ArrayList<>();
        document.path(key).forEach(entries::add);
        if (entries.isEmpty()) {
            throw new NoSuchElementException("goldens/%s.json has no entries in '%s'".formatted(name, key));
        }
        return entries;
    }

    /** A copy of the array of that full name; whole numbers of one byte (images) come as floats of 0 to 255. */
    public INDArray array(String key) {
        INDArray found = arrays.get(key);
        if (found == null) {
            throw new NoSuchElementException(
                    "goldens/%s.npz has no '%s' among %s".formatted(name, key, arrays.keySet()));
        }
        return found.dup();
    }

    /** The array of a case: that of the full name {@code CASE/KEY}. */
    public INDArray array(JsonNode entry, String key) {
        return array(entry.get("name").asText() + "/" + key);
    }

    /** Whether the case has such an array (a layer without bias has none for it). */
    public boolean has(JsonNode entry, String key) {
        return arrays.containsKey(entry.get("name").asText() + "/" + key);
    }

    /** The full names of all arrays, in the file's order. */
    public Set<String> keys() {
        return arrays.keySet();
    }

    /** A plain text beside the goldens, such as {@code summary-autoencoder.txt}. */
    public static String text(String file) {
        try {
            return new String(content(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("goldens/%s cannot be read: %s".formatted(file, e.getMessage()), e);
        }
    }

    /** A list of whole numbers, such as {@code "strides": [2, 1]}. */
    public static int[] ints(JsonNode list) {
        int[] values = new int[list.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = list.get(i).intValue();
        }
        return values;
    }

    private static byte[] content(String file) throws IOException {
        try (InputStream in = Goldens.class.getResourceAsStream("/goldens/" + file)) {
            if (in == null) {
                throw new IOException("no file goldens/" + file + " among the test resources; its script makes it");
            }
            return in.readAllBytes();
        }
    }

    private static Map<String, INDArray> readNpz(String file) throws IOException {
        Map<String, INDArray> found = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(content(file)))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                String key = entry.getName().replaceFirst("\\.npy$", "");
                found.put(key, readNpy(file + ", " + key, zip.readAllBytes()));
            }
        }
        return found;
    }

    static INDArray readNpy(String place, byte[] content) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
        byte[] magic = new byte[MAGIC.length];
        bytes.get(magic);
        int version = bytes.getShort();
        if (!Arrays.equals(magic, MAGIC) || version != 1) {
            throw new IOException(place + ": not an npy of version 1.0");
        }
        byte[] header = new byte[bytes.getShort() & 0xffff];
        bytes.get(header);
        Matcher fields = HEADER.matcher(new String(header, StandardCharsets.ISO_8859_1));
        if (!fields.matches() || fields.group(2).equals("True")) {
            throw new IOException(place + ": header " + new String(header, StandardCharsets.ISO_8859_1).strip()
                    + " is not one that golden.py writes (C order)");
        }
        long[] shape = Pattern.compile(", ?")
                .splitAsStream(fields.group(3))
                .filter(s -> !s.isBlank())
                .mapToLong(Long::parseLong)
                .toArray();
        String type = fields.group(1);
        int width =
                switch (type) {
                    case "<f4" -> Float.BYTES;
                    case "|u1" -> 1;
                    default -> throw new IOException(place + ": type " + type + " is neither <f4 nor |u1");
                };
        int count = 1;
        for (long length : shape) {
            count = Math.multiplyExact(count, Math.toIntExact(length));
        }
        if (bytes.remaining() != (long) count * width) {
            throw new IOException("%s: %d bytes of values, but its shape needs %d"
                    .formatted(place, bytes.remaining(), (long) count * width));
        }
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = width == 1 ? bytes.get() & 0xff : bytes.getFloat();
        }
        return shape.length == 0
                ? Nd4j.scalar(values[0])
                : Nd4j.createFromArray(values).reshape('c', shape);
    }
}
