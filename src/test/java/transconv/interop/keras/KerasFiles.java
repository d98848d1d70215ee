package transconv.interop.keras;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.databind.JsonNode;
import transconv.Goldens;

/** Files that Keras itself wrote, out of {@code goldens/keras-files.zip}, and what Keras computes with them. */
final class KerasFiles {

    static final Goldens GOLDENS = Goldens.named("keras-files");

    private KerasFiles() {}

    /** A file as it was written. */
    static byte[] bytes(String name) {
        try (InputStream packed = KerasFiles.class.getResourceAsStream("/goldens/keras-files.zip");
                ZipInputStream zip = new ZipInputStream(packed)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (entry.getName().equals(name)) {
                    return zip.readAllBytes();
                }
            }
            throw new IllegalArgumentException("keras-files.zip has no " + name);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The same, in a folder. */
    static Path unpacked(Path folder, String name) {
        try {
            return Files.write(folder.resolve(name), bytes(name));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static JsonNode entry(String name) {
        return GOLDENS.cases().stream()
                .filter(entry -> entry.get("name").asText().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Arrays {@code x0, x1}, {@code y0} or {@code output0, output1} of a case. */
    static List<INDArray> arrays(JsonNode entry, String what, int count) {
        List<INDArray> arrays = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            arrays.add(GOLDENS.array(entry, what + i));
        }
        return arrays;
    }

    static List<INDArray> inputs(JsonNode entry) {
        return arrays(entry, "x", entry.get("inputs").asInt());
    }
}
