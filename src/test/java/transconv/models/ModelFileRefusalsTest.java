package transconv.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static transconv.models.CompileOption.loss;
import static transconv.models.CompileOption.optimizer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import transconv.layers.Layers;
import transconv.models.file.ModelFileException;

/** Files that were made wrong on purpose, their checksums right, and what is said to each. */
class ModelFileRefusalsTest {

    @TempDir
    Path folder;

    private Path file;
    private Map<String, byte[]> parts;

    @BeforeEach
    void save() throws IOException {
        file = folder.resolve("model.tcm");
        Model model = new Sequential(Layers.input(2).name("x"), Layers.dense(3).name("d")).name("m");
        model.compile(optimizer("sgd"), loss("mse"));
        model.save(file);
        parts = new LinkedHashMap<>();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (ZipEntry entry : zip.stream().toList()) {
                parts.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
            }
        }
    }

    private void write(int method) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (Map.Entry<String, byte[]> part : parts.entrySet()) {
                CRC32 checksum = new CRC32();
                checksum.update(part.getValue());
                ZipEntry entry = new ZipEntry(part.getKey());
                entry.setMethod(method);
                entry.setSize(part.getValue().length);
                entry.setCrc(checksum.getValue());
                zip.putNextEntry(entry);
                zip.write(part.getValue());
            }
        }
    }

    private void change(String part, UnaryOperator<String> change) {
        parts.compute(part, (name, bytes) -> change.apply(new String(bytes, StandardCharsets.UTF_8))
                .getBytes(StandardCharsets.UTF_8));
    }

    private void assertRefused(String message) {
        String got =
                assertThrows(ModelFileException.class, () -> Model.load(file)).getMessage();
        assertTrue(got.startsWith(file + ": "), got);
        assertTrue(got.contains(message), got);
    }

    @Test
    void unchangedItLoads() throws IOException {
        write(ZipEntry.STORED);
        assertEquals(9, Model.load(file).parameterCount());
    }

    /** One text of the description for another. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            textBlock =
                    """
            "transconv model" | "other" | format is other; it must be 'transconv model'
            "version" : 1 | "version" : 2 | version=2 must be 1; read it with the release of transconv that wrote it
            "version" : 1 | "version" : "1" | setting 'version' is 1; it must be a whole number
            "contents" : "model" | "contents" : "weights" | draw the model and call its loadWeights
            "Dense" | "Runtime" | layer class 'Runtime' is not known; there are [
            "Sequential" | "java.lang.Runtime" | model class 'java.lang.Runtime' is not known
            "SGD" | "Sgdx" | optimizer 'Sgdx' is not known
            "MeanSquaredError" | "Mean" | loss class 'Mean' is not known
            "units" : 3 | "units" : 2000000000 | more than 2,147,483,647 elements
            "units" : 3 | "units" : 1000000000 | weight 'd/kernel' needs shape (2, 1000000000), the file has [2, 3]
            "units" : 3 | "units" : 4 | weight 'd/kernel' needs shape (2, 4), the file has [2, 3] of FLOAT
            "d/kernel", | "e/kernel", | weight 'd/kernel' needs shape (2, 3), the file has none
            "use_bias" : true | "use_bias" : false | weights [d/bias] belong to no layer
            "use_bias" : true | "use_bias" : "yes" | setting 'use_bias' is yes; it must be true or false
            "float32" | "float16" | weights: array 'd/kernel' is of type 'float16'; it must be one of
            "d/bias", | "d/kernel", | weights: there are two arrays 'd/kernel'
            [ 2, 3 ] | [ 2000000, 300 ] | array 'd/kernel' has shape [2000000, 300]; every axis must be at least 1
            [ 2, 3 ] | [ 2000, 3000 ] | weights: the arrays' shapes need at least 24,000,000 bytes, the file has 36
            [ 2, 3 ] | [ 2, 2 ] | weights: the arrays' shapes need 28 bytes, the file has 36
            [ 2, 3 ] | [ 2, -3 ] | array 'd/kernel' has shape [2, -3]
            [ 2, 3 ] | [ 3, 2 ] | weight 'd/kernel' needs shape (2, 3), the file has [3, 2]
            "trainable" : [ "d/kernel" | "trainable" : [ "d/other" | trainable has 'd/other', which is no weight
            "steps" : 0 | "steps" : -1 | chance: steps=-1 and draws=0 must be at least 0
            "seed" : null | "seed" : 0.5 | setting 'seed' is 0.5; it must be a whole number
            "chance" | "chances" | settings: setting 'chances' is not known
            "iterations" | "iteration" | 'iterations' is missing
            "metrics" : [ ] | "metrics" : [ 3 ] | compile: metrics has '3'; it must be class_name and config
            "metrics" : [ ] | "metrics" : [ "speed" ] | metric 'speed' is not known; choose one of
            "metrics" : [ ] | "metrics" : [ {"class_name": "MeanIoU", "config": {"num_classes": 2000000000}} ] | its settings need more memory than there is
            "loss_weights" : [ ] | "loss_weights" : [ "much" ] | compile: loss_weights=[much] must be numbers
            "loss_weights" : [ ] | "loss_weights" : [ 1, 2 ] | compile: 2 lossWeights for 1 outputs
            "format" | "version" | Duplicate
            """)
    void whatTheDescriptionHasWrongIsRefused(String written, String instead, String message) throws IOException {
        change("model.json", text -> {
            assertTrue(text.contains(written), written + " is not in " + text);
            return text.replace(written, instead);
        });
        write(ZipEntry.STORED);
        assertRefused(message);
    }

    @Test
    void whatIsNoZipIsRefused() throws IOException {
        Files.writeString(file, "a text");
        assertRefused("it is no model file, or damaged: save the model again");
        Files.write(file, new byte[0]);
        assertRefused("it is no model file, or damaged");
    }

    @Test
    void aMissingFileIsNoDamagedOne() {
        Path missing = folder.resolve("missing.tcm");
        assertEquals(
                missing + ": there is no such file; check the path",
                assertThrows(UncheckedIOException.class, () -> Model.load(missing))
                        .getMessage());
        assertThrows(UncheckedIOException.class, () -> Model.load(folder));
    }

    @Test
    void anotherZipIsRefused() throws IOException {
        parts = Map.of("config.json", "{}".getBytes(StandardCharsets.UTF_8));
        write(ZipEntry.STORED);
        assertRefused("it has no part 'model.json' but [config.json]; it is a zip, but no model file of transconv");
    }

    @Test
    void compressedPartsAreRefused() throws IOException {
        // what a zip bomb is made of
        parts.put("weights.bin", new byte[50_000_000]);
        write(ZipEntry.DEFLATED);
        assertTrue(Files.size(file) < 100_000);
        assertRefused("is compressed or longer than the file");
    }

    @Test
    void missingPartsAreRefused() throws IOException {
        parts.remove("optimizer.bin");
        write(ZipEntry.STORED);
        assertRefused("it has the parts [model.json, weights.bin]; they must be [model.json, weights.bin, optimizer");
    }

    @Test
    void aPathOutOfTheFolderIsNeitherFollowedNorTaken() throws IOException {
        parts.put("../../out.txt", new byte[] {1});
        write(ZipEntry.STORED);
        assertRefused("it has the parts [model.json, weights.bin, optimizer.bin, ../../out.txt]; they must be");
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(1, files.count());
        }
    }

    @Test
    void aPartThatIsThereTwiceIsRefused() throws IOException {
        parts.put("weights.bi_", parts.get("weights.bin"));
        write(ZipEntry.STORED);
        byte[] bytes = Files.readAllBytes(file);
        byte[] name = "weights.bi_".getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i + name.length <= bytes.length; i++) {
            if (java.util.Arrays.equals(bytes, i, i + name.length, name, 0, name.length)) {
                bytes[i + name.length - 1] = 'n';
            }
        }
        Files.write(file, bytes);
        assertRefused("part 'weights.bin' is there twice");
    }

    @Test
    void aChangedWeightIsFoundByItsChecksum() throws IOException {
        parts.put("weights.bin", "0123456789abcdef0123456789abcdef0123".getBytes(StandardCharsets.US_ASCII));
        write(ZipEntry.STORED);
        byte[] bytes = Files.readAllBytes(file);
        for (int i = 0; i < bytes.length - 4; i++) {
            if (bytes[i] == 'a' && bytes[i + 1] == 'b' && bytes[i + 2] == 'c' && bytes[i + 3] == 'd') {
                bytes[i] = 'z';
            }
        }
        Files.write(file, bytes);
        assertRefused("part 'weights.bin' has the checksum ");
    }

    @Test
    void nestingWithoutEndIsRefused() throws IOException {
        change("model.json", text -> "{\"settings\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}");
        write(ZipEntry.STORED);
        assertRefused("nesting depth");
    }

    @Test
    void layersWithoutEndAreRefused() throws IOException {
        StringBuilder nested = new StringBuilder();
        for (int depth = 0; depth < 5_000; depth++) {
            nested.append("{\"class_name\":\"Sequential\",\"config\":{\"layers\":[");
        }
        change("model.json", text -> text.replace("\"model\" : {", "\"model\" : " + nested + "{"));
        write(ZipEntry.STORED);
        assertRefused("nesting depth");
    }

    @Test
    void moreBehindTheDescriptionIsRefused() throws IOException {
        change("model.json", text -> text + "{}");
        write(ZipEntry.STORED);
        assertRefused("there is more behind the JSON object");
    }

    @Test
    void ofWeightsThatDoNotFitNothingIsTaken() throws IOException {
        Model other = new Sequential(Layers.input(2), Layers.dense(4).name("d")).name("other");
        var before = other.getWeights();
        String message = assertThrows(ModelFileException.class, () -> other.loadWeights(file))
                .getMessage();
        assertEquals(
                file + ": weight 'd/kernel' is [2, 4] of FLOAT in other, [2, 3] of FLOAT in the file; "
                        + "load it into a model of the same layers and names",
                message);
        assertEquals(before, other.getWeights());
        Model fewer =
                new Sequential(Layers.input(2), Layers.dense(3).useBias(false).name("d")).name("fewer");
        assertTrue(assertThrows(ModelFileException.class, () -> fewer.loadWeights(file))
                .getMessage()
                .contains("weights [d/bias] are not in fewer"));
    }

    @Test
    void theFileIsAsItIsDescribed() {
        byte[] weights = parts.get("weights.bin");
        float[] kernel = Model.load(file).getWeights().get(0).data().asFloat();
        for (int i = 0; i < kernel.length; i++) {
            int bits = weights[4 * i] & 0xff
                    | (weights[4 * i + 1] & 0xff) << 8
                    | (weights[4 * i + 2] & 0xff) << 16
                    | weights[4 * i + 3] << 24;
            assertEquals(kernel[i], Float.intBitsToFloat(bits));
        }
        assertEquals("[model.json, weights.bin, optimizer.bin]", parts.keySet().toString());
        // iterations, an int64, and learning_rate, a float64
        assertEquals(16, parts.get("optimizer.bin").length);
        assertEquals(36, weights.length);
    }
}
