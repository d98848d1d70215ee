package transconv.interop.keras;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static transconv.models.CompileOption.loss;
import static transconv.models.CompileOption.metrics;
import static transconv.models.CompileOption.optimizer;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import transconv.layers.Layers;
import transconv.models.Model;
import transconv.models.Sequential;
import transconv.models.file.ModelFileException;
import transconv.ops.Ops;
import transconv.training.Loss;

/**
 * Every refusal names the file, the place and what is wrong there; a model is not changed by a file that is refused.
 */
class RefusedKerasFilesTest {

    @TempDir
    Path folder;

    private String refusal(Path file) {
        return assertTimeout(Duration.ofSeconds(20), () -> {
            String message = assertThrows(ModelFileException.class, () -> KerasFile.load(file))
                    .getMessage();
            assertTrue(message.startsWith(file + ": "), message);
            return message.substring(file.toString().length() + 2);
        });
    }

    /** What Keras itself wrote and is not for us. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "lambda | lambda.function: a lambda is code, which is no part of Keras; nothing in a file is ever"
                        + " executed",
                "own-layer | 'Doubled' is code of someone's own (registered as 'somebody>Doubled'",
                "own-activation | dense_24.activation: 'doubled' is code of someone's own",
                "own-loss | compile_config.loss: a lambda is code",
                "unknown-layer | layer 'lstm' is a LSTM, which is not supported; build the model of other layers;"
                        + " there are [",
                "half | dtype 'mixed_float16' is not supported; save the model with float32"
            })
    void codeAndWhatIsUnknown(String name, String message) {
        String refusal = refusal(KerasFiles.unpacked(folder, "refused-%s.keras".formatted(name)));
        assertTrue(refusal.replaceAll("dense_\\d+", "dense_24").contains(message), refusal);
    }

    @Test
    void aLossOfYourOwnIsGivenInstead() {
        Path file = KerasFiles.unpacked(folder, "refused-own-loss.keras");
        Loss own = Loss.of("own", (p, t) -> Ops.subtract(t, p));
        assertEquals(
                "own",
                KerasFile.load(file, loss(own))
                        .compileSettings()
                        .losses()
                        .get(0)
                        .name());
        assertEquals(null, KerasFile.loadUncompiled(file).compileSettings());
    }

    /** Weights that h5py changed. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "missing | layer 'dense' has 2 weights, [kernel, bias]; 'layers/dense/vars' in the file has 1",
                "more | layer 'dense' has 2 weights, [kernel, bias]; 'layers/dense/vars' in the file has 3",
                "gone | layer 'dense' has 2 weights, [kernel, bias]; 'layers/dense/vars' in the file has 0",
                "float64 | needs shape [3, 2] of float32, 'layers/dense/vars/0' has [3, 2] of float64",
                "float16 | needs shape [3, 2] of float32, 'layers/dense/vars/0' has [3, 2] of float16",
                "integers | needs shape [3, 2] of float32, 'layers/dense/vars/0' has [3, 2] of int32",
                "shape | needs shape [3, 2] of float32, 'layers/dense/vars/0' has [3, 3] of float32",
                "text | needs shape [3, 2] of float32, 'layers/dense/vars/0' has [] of VariableLength",
                "chunked | dataset 'layers/dense/vars/0' is stored in pieces or compressed",
                "bomb | dataset 'layers/dense/vars/0' is stored in pieces or compressed",
                "huge | dataset 'layers/dense/vars/0' has shape [1099511627776]; every axis must be",
                "no-values | dataset 'layers/dense/vars/1' has no values in this file",
                "soft-link | 'layers/dense/vars/0' is a link to another place",
                "external-link | 'layers/dense/vars/0' is a link to another place",
                "cycle | layer 'dense' has 2 weights, [kernel, bias]; 'layers/dense/vars' in the file has 0"
            })
    void weightsThatLie(String name, String message) {
        Model model = KerasFile.loadUncompiled(KerasFiles.unpacked(folder, "untrained.keras"));
        List<INDArray> before = model.getWeights();
        Path file = KerasFiles.unpacked(folder, "refused-%s.weights.h5".formatted(name));
        String refusal = assertThrows(ModelFileException.class, () -> KerasFile.loadWeights(model, file))
                .getMessage();
        assertTrue(refusal.startsWith(file + ": "), refusal);
        assertTrue(refusal.replaceAll("layer 'dense_\\d+'", "layer 'dense'").contains(message), refusal);
        assertEquals(before, model.getWeights());
    }

    @Test
    void bytesInTheOtherOrderAreTurned() {
        Model model = KerasFile.load(KerasFiles.unpacked(folder, "untrained.keras"));
        List<INDArray> wanted = model.getWeights();
        KerasFile.loadWeights(model, KerasFiles.unpacked(folder, "big-endian.weights.h5"));
        assertEquals(wanted, model.getWeights());
    }

    /** A file of Keras with another description. */
    private Path described(String name, UnaryOperator<String> change) {
        return repacked(
                name,
                (part, content) -> part.equals("config.json")
                        ? change.apply(new String(content, StandardCharsets.UTF_8))
                                .getBytes(StandardCharsets.UTF_8)
                        : content);
    }

    private interface Change {

        byte[] of(String part, byte[] content);
    }

    private Path repacked(String name, Change change) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(KerasFiles.bytes(name)));
                ZipOutputStream out = new ZipOutputStream(bytes)) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                byte[] content = change.of(entry.getName(), in.readAllBytes());
                if (content != null) {
                    out.putNextEntry(new ZipEntry(entry.getName()));
                    out.write(content);
                }
            }
            out.finish();
            return Files.write(folder.resolve(name), bytes.toByteArray());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** As other tools pack it. */
    @Test
    void deflatedArchivesAreRead() {
        Model model = KerasFile.load(described("row.keras", config -> config));
        assertEquals(KerasFile.load(KerasFiles.unpacked(folder, "row.keras")).getWeights(), model.getWeights());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"units\": 2 | \"units\": 400000000 | shape (3, 400000000): the layers need more weights than the",
                "\"units\": 2 | \"units\": 3 | has [3, 2] of float32",
                "\"units\": 2 | \"units\": -2 | units",
                "\"units\": 2 | \"units\": \"two\" | setting 'units' is two; it must be a whole number",
                "\"units\": 2 | \"ears\": 2 | units",
                "\"class_name\": \"Dense\" | \"class_name\": \"os.system\" | which is not supported",
                "\"module\": \"keras.layers\" | \"module\": \"os\" | code of someone's own",
                "\"class_name\": \"Adam\" | \"class_name\": \"Muon\" | optimizer 'muon' is not known",
                "\"loss\": \"mse\" | \"loss\": \"msx\" | loss 'msx' is not known",
                "\"loss\": \"mse\" | \"loss\": null | it was compiled without a loss; give one",
                "\"weighted_metrics\": null | \"weighted_metrics\": [\"mae\"] | weighted_metrics are not supported",
                "\"batch_shape\": [null, 3] | \"batch_shape\": [null, null] | must be the batch's length and others",
                "{\"module\" | [\"module\" | it is no JSON object"
            })
    void descriptionsThatLie(String old, String now, String message) {
        Path file = described("untrained.keras", config -> config.replaceFirst(Pattern.quote(old), now));
        String refusal = refusal(file);
        assertTrue(refusal.toLowerCase().contains(message.toLowerCase()), refusal);
    }

    @Test
    void aMetricTakesNoMemoryThatTheFileDemands() {
        Path file = described(
                "untrained.keras",
                config -> config.replace(
                        "\"metrics\": null",
                        "\"metrics\": [{\"class_name\": \"MeanIoU\", \"config\": {\"num_classes\": 100000},"
                                + " \"module\": \"keras.metrics\"}]"));
        assertTrue(refusal(file).contains("num_classes=100,000 may be at most 4,000"));
        assertEquals(
                1,
                KerasFile.load(file, metrics("mae")).compileSettings().metrics().size());
    }

    @Test
    void circlesAreRefused() {
        Path file = described("shared.keras", config -> config.replace(
                        "\"keras_history\": [\"input_layer_5\", 0, 0]", "\"keras_history\": [\"dense_4\", 0, 0]")
                .replaceAll(
                        "\"keras_history\": \\[\"input_layer_\\d+\", 0, 0\\]", "\"keras_history\": [\"dense_4\", 0, 0]")
                .replaceAll("\"dense_4\"", "\"" + dense(config) + "\""));
        assertTrue(refusal(file).contains("which is not there or depends on it"), refusal(file));
    }

    private static String dense(String config) {
        Matcher found =
                Pattern.compile("\"keras_history\": \\[\"(dense_\\d+)\"").matcher(config);
        assertTrue(found.find());
        return found.group(1);
    }

    @Test
    void thousandsOfLayersTakeNoTime() {
        String layer = ", {\"module\": \"keras.layers\", \"class_name\": \"ReLU\", \"config\": {\"name\": \"r%d\"},"
                + " \"registered_name\": null}";
        String many = IntStream.range(0, 20_000).mapToObj(layer::formatted).collect(Collectors.joining());
        Path file = described(
                "untrained.keras",
                config -> config.replace("], \"build_input_shape\"", many + "], \"build_input_shape\""));
        assertTrue(refusal(file).contains("its layers are applied more than 2,000 times"), refusal(file));
    }

    /** A model that holds another twice, which holds another twice, and so on, is small on paper alone. */
    @Test
    void nestsThatMultiplyTakeNoTime() {
        String row = "{\"class_name\": \"Sequential\", \"config\": {\"name\": \"n%d\", \"layers\": [%s, %s]}}";
        String layer = "{\"class_name\": \"ReLU\", \"config\": {\"name\": \"r\"}}";
        String twice = layer;
        for (int depth = 0; depth < 11; depth++) {
            twice = row.formatted(depth, twice, layer.replace("r\"", "s" + depth + "\""));
        }
        String nested =
                "{\"class_name\": \"Functional\", \"config\": {\"name\": \"f%d\", \"layers\": [{\"name\": \"m%d\","
                        + " \"inbound_nodes\": [[], []], %s], \"input_layers\": [], \"output_layers\": []}}";
        String doubled = twice;
        for (int depth = 0; depth < 20; depth++) {
            doubled = nested.formatted(depth, depth, doubled.substring(1));
        }
        String inner = doubled;
        Path file =
                described("untrained.keras", config -> config.replace("\"layers\": [", "\"layers\": [" + inner + ", "));
        assertTrue(refusal(file).contains("its layers are applied more than 2,000 times"), refusal(file));
    }

    @Test
    void deepNestsAreRefused() {
        String deep = "[".repeat(100_000);
        assertTrue(
                refusal(described("untrained.keras", config -> config.replace("\"layers\": [", "\"layers\": " + deep)))
                        .contains("depth"));
    }

    @Test
    void archivesThatLie() throws IOException {
        assertTrue(refusal(repacked("row.keras", (part, content) -> part.endsWith("h5") ? null : content))
                .startsWith("it has no part 'model.weights.h5' but [metadata.json, config.json]"));
        assertTrue(refusal(repacked("row.keras", (part, content) -> part.endsWith("h5") ? new byte[70 << 20] : content))
                .contains("part 'model.weights.h5' would have 73,400,320 bytes"));
        byte[] bytes = KerasFiles.bytes("untrained.keras");
        String text = new String(bytes, StandardCharsets.ISO_8859_1).replace("metadata.json", "../../a.json_");
        Path file = Files.write(folder.resolve("out.keras"), text.getBytes(StandardCharsets.ISO_8859_1));
        assertTrue(refusal(file).startsWith("part '../../a.json_' names a place outside the archive"));
        Files.write(file, "version https".getBytes(StandardCharsets.UTF_8));
        assertTrue(refusal(file).startsWith("it is neither a zip, as .keras is, nor HDF5"));
        Files.write(file, new byte[0]);
        assertTrue(refusal(file).startsWith("it is neither a zip"));
        assertTrue(refusal(KerasFiles.unpacked(folder, "row.weights.h5")).startsWith("it has weights alone"));
        assertThrows(UncheckedIOException.class, () -> KerasFile.load(folder.resolve("absent.keras")));
        assertThrows(UncheckedIOException.class, () -> KerasFile.load(folder));
    }

    @Test
    void optionsForAModelThatWasNotCompiled() {
        Path file = KerasFiles.unpacked(folder, "merges.keras");
        String message = assertThrows(ModelFileException.class, () -> KerasFile.load(file, optimizer("sgd")))
                .getMessage();
        assertTrue(message.contains("it was saved before compile"), message);
    }

    /** What Keras has not is not written, and no file is left. */
    @Test
    void whatKerasHasNotIsNotWritten() throws IOException {
        Path file = folder.resolve("own.keras");
        assertNotSaved(
                new Sequential(Layers.input(4, 4, 4), Layers.pixelShuffle(2)),
                file,
                "PixelShuffle, which Keras has not");
        assertNotSaved(
                new Sequential(Layers.input(4, 4, 1), Layers.conv2D(2, 3).padding(1, 0)),
                file,
                "setting 'padding_begin'");
        assertNotSaved(
                new Sequential(
                        Layers.input(4, 4, 2), Layers.conv2DTranspose(2, 3).groups(2)),
                file,
                "setting 'groups' is 2");
        Model own = new Sequential(Layers.input(2), Layers.dense(1));
        own.compile(optimizer("sgd"), loss(Loss.of("mine", Ops::subtract)));
        assertNotSaved(own, file, "code of your own, 'mine'");
        String message = assertThrows(
                        IllegalArgumentException.class, () -> KerasFile.save(own, folder.resolve("own.h5")))
                .getMessage();
        assertTrue(message.endsWith("Keras opens it under no other name than NAME.keras; rename it"), message);
    }

    private void assertNotSaved(Model model, Path file, String message) throws IOException {
        String refusal = assertThrows(IllegalArgumentException.class, () -> KerasFile.save(model, file))
                .getMessage();
        assertTrue(refusal.contains(message), refusal);
        try (var files = Files.list(folder)) {
            assertEquals(0, files.count());
        }
    }

    @Test
    void ourOwnFormatIsNotCalledKeras() {
        Model model = new Sequential(Layers.input(2), Layers.dense(1));
        Path file = folder.resolve("m.keras");
        String message = assertThrows(IllegalArgumentException.class, () -> model.save(file))
                .getMessage();
        assertEquals(
                file
                        + ": the name 'm.keras' is for a file of Keras; call KerasFile.save(model, file), or name it"
                        + " NAME.tcm",
                message);
        assertTrue(assertThrows(IllegalArgumentException.class, () -> Model.load(file))
                .getMessage()
                .contains("call KerasFile.load(file)"));
        assertThrows(IllegalArgumentException.class, () -> model.saveWeights(folder.resolve("m.weights.h5")));
        assertThrows(IllegalArgumentException.class, () -> model.loadWeights(folder.resolve("m.weights.h5")));
    }
}
