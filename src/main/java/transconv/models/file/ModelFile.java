package transconv.models.file;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import transconv.config.Config;

/**
 * transconv's own file format, extension {@code .tcm}: a zip of three parts, none of them compressed.
 *
 * <ol>
 *   <li>{@code model.json}: {@code format} ("transconv model"), {@code version} (1), {@code contents} ("model" or
 *       "weights"), {@code settings}, and for the other two parts {@code weights} and {@code optimizer}: a list of
 *       {@code name}, {@code type} (float32, float64, int64) and {@code shape} of each array.
 *   <li>{@code weights.bin}, {@code optimizer.bin}: the arrays' values in that order, without gaps, each in C order,
 *       little-endian.
 * </ol>
 *
 * <p>Each part is checked against the zip's CRC-32, and no more memory is taken than the file is long. Reading a file
 * writes none and runs nothing that is in it.
 *
 * <pre>{@code
 * Path file = java.nio.file.Files.createTempFile("dense", ".tcm");
 * new Sequential(Layers.input(3), Layers.dense(2)).saveWeights(file);
 * System.out.println(ModelFile.read(file).weights().keySet()); // [dense/kernel, dense/bias]
 * }</pre>
 *
 * @param contents  what it is: {@code model} or {@code weights}
 * @param settings  JSON's types alone: text, finite numbers, truth values, lists, maps and null
 * @param weights   by name, of type float32 or float64
 * @param optimizer the optimizer's state by name, of type float32, float64 or int64
 */
public record ModelFile(
        String contents, Map<String, ?> settings, Map<String, INDArray> weights, Map<String, INDArray> optimizer) {

    private static final String FORMAT = "transconv model";
    private static final int VERSION = 1;
    private static final String DESCRIPTION = "model.json";
    private static final List<String> PARTS = List.of(DESCRIPTION, "weights.bin", "optimizer.bin");

    /** The description of a thousand layers has about two megabytes. */
    private static final long MAX_DESCRIPTION = 64L << 20;

    private static final int MAX_PARTS = 100;

    private static final String MEND = "save the model again, or take a backup";

    public ModelFile {
        weights = Collections.unmodifiableMap(new LinkedHashMap<>(weights));
        optimizer = Collections.unmodifiableMap(new LinkedHashMap<>(optimizer));
    }

    /**
     * Writes a file; an earlier one of that name stays whole until the new one is on disk.
     *
     * @throws IllegalArgumentException if a setting or an array's type cannot be written down
     * @throws UncheckedIOException     if the file cannot be written
     */
    public void write(Path file) {
        try {
            Map<String, Object> description = new LinkedHashMap<>();
            description.put("format", FORMAT);
            description.put("version", VERSION);
            description.put("contents", contents);
            description.put("settings", settings);
            description.put("weights", ArrayPart.describe(weights));
            description.put("optimizer", ArrayPart.describe(optimizer));
            byte[] text = Json.write(description);
            AtomicFile.write(file, out -> writeParts(text, out));
        } catch (IOException failure) {
            throw new UncheckedIOException(
                    "%s: cannot be written (%s); an earlier file of that name is as it was".formatted(file, failure),
                    failure);
        }
    }

    private void writeParts(byte[] text, OutputStream file) throws IOException {
        CRC32 checksum = new CRC32();
        checksum.update(text);
        try (ZipOutputStream zip = new ZipOutputStream(new BufferedOutputStream(file, 1 << 16)) {
            @Override
            public void close() throws IOException {
                // the file is closed by its owner, when it is on disk
                finish();
                flush();
            }
        }) {
            StoredEntry.begin(zip, PARTS.get(0), text.length, checksum.getValue());
            zip.write(text);
            StoredEntry.begin(zip, PARTS.get(1), ArrayPart.bytes(weights), ArrayPart.checksum(weights));
            ArrayPart.write(weights, zip);
            StoredEntry.begin(zip, PARTS.get(2), ArrayPart.bytes(optimizer), ArrayPart.checksum(optimizer));
            ArrayPart.write(optimizer, zip);
        }
    }

    /**
     * Reads a file whole.
     *
     * @throws ModelFileException   if it is no such file, of another version, cut off or damaged
     * @throws UncheckedIOException if it cannot be read
     */
    public static ModelFile read(Path file) {
        try {
            if (!Files.isRegularFile(file)) {
                throw new NoSuchFileException(file.toString());
            }
            return readZip(file);
        } catch (NoSuchFileException missing) {
            throw new UncheckedIOException("%s: there is no such file; check the path".formatted(file), missing);
        } catch (ModelFileException refused) {
            throw refused;
        } catch (IOException | RuntimeException damage) {
            throw new ModelFileException(
                    file, "%s; it is no model file, or damaged: %s".formatted(damage.getMessage(), MEND), damage);
        }
    }

    private static ModelFile readZip(Path file) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            Map<String, ZipEntry> parts = parts(file, zip);
            ZipEntry part = parts.get(DESCRIPTION);
            if (part == null) {
                throw new ModelFileException(
                        file,
                        "it has no part '%s' but %s; it is a zip, but no model file of transconv"
                                .formatted(DESCRIPTION, parts.keySet()));
            }
            Config description = Config.of(DESCRIPTION, description(file, zip, part));
            requireFormat(file, description);
            if (!parts.keySet().equals(Set.copyOf(PARTS))) {
                throw new ModelFileException(
                        file, "it has the parts %s; they must be %s; %s".formatted(parts.keySet(), PARTS, MEND));
            }
            return new ModelFile(
                    description.text("contents"),
                    description.part("settings").values(),
                    arrays(file, zip, parts.get(PARTS.get(1)), "weights", description),
                    arrays(file, zip, parts.get(PARTS.get(2)), "optimizer", description));
        }
    }

    private static void requireFormat(Path file, Config description) {
        if (!description.has("format") || !FORMAT.equals(description.values().get("format"))) {
            throw new ModelFileException(
                    file,
                    "format is %s; it must be '%s': this is no model file of transconv"
                            .formatted(description.values().get("format"), FORMAT));
        }
        if (description.integer("version") != VERSION) {
            throw new ModelFileException(
                    file,
                    "version=%d must be %d; read it with the release of transconv that wrote it, or a newer one"
                            .formatted(description.integer("version"), VERSION));
        }
    }

    private static Map<String, ZipEntry> parts(Path file, ZipFile zip) throws IOException {
        long bytes = 0;
        Map<String, ZipEntry> parts = new LinkedHashMap<>();
        if (zip.size() > MAX_PARTS) {
            throw new ModelFileException(
                    file, "it is a zip of %d parts, but no model file of transconv".formatted(zip.size()));
        }
        for (ZipEntry entry : zip.stream().toList()) {
            if (parts.put(entry.getName(), entry) != null) {
                throw new ModelFileException(file, "part '%s' is there twice; %s".formatted(entry.getName(), MEND));
            }
            bytes += entry.getSize();
            boolean stored = entry.getMethod() == ZipEntry.STORED && entry.getSize() == entry.getCompressedSize();
            if (PARTS.contains(entry.getName()) && (!stored || entry.getSize() < 0 || bytes > Files.size(file))) {
                throw new ModelFileException(
                        file,
                        "part '%s' is compressed or longer than the file (%d bytes as %d); parts are stored as they are; %s"
                                .formatted(entry.getName(), entry.getSize(), entry.getCompressedSize(), MEND));
            }
        }
        return parts;
    }

    private static Map<String, Object> description(Path file, ZipFile zip, ZipEntry part) throws IOException {
        if (part.getSize() > MAX_DESCRIPTION) {
            throw new ModelFileException(
                    file,
                    "part '%s' has %,d bytes; it may have %,d"
                            .formatted(part.getName(), part.getSize(), MAX_DESCRIPTION));
        }
        try (CheckedInputStream in = open(zip, part)) {
            byte[] text = in.readNBytes((int) part.getSize());
            requireWhole(file, part, in);
            return Json.read(text);
        }
    }

    private static Map<String, INDArray> arrays(Path file, ZipFile zip, ZipEntry part, String list, Config description)
            throws IOException {
        try (CheckedInputStream in = open(zip, part)) {
            Map<String, INDArray> arrays = ArrayPart.read(list, description.list(list), part.getSize(), in);
            requireWhole(file, part, in);
            return arrays;
        }
    }

    private static CheckedInputStream open(ZipFile zip, ZipEntry part) throws IOException {
        InputStream in = zip.getInputStream(part);
        return new CheckedInputStream(in, new CRC32());
    }

    private static void requireWhole(Path file, ZipEntry part, CheckedInputStream in) throws IOException {
        if (in.read() >= 0 || in.getChecksum().getValue() != part.getCrc()) {
            throw new ModelFileException(
                    file,
                    "part '%s' has the checksum %08x, it must be %08x; it is damaged: %s"
                            .formatted(part.getName(), in.getChecksum().getValue(), part.getCrc(), MEND));
        }
    }
}
