package transconv.interop.keras;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import transconv.interop.FileFuzzer;
import transconv.models.Model;
import transconv.models.file.ModelFileException;

/** Files that were damaged by chance are read, or refused by name; none takes long or much memory. */
class DamagedKerasFileTest {

    private static final int FILES = 5_000;

    @TempDir
    Path folder;

    private FileFuzzer fuzzer(String name, FileFuzzer.Reader reader) {
        return new FileFuzzer(folder, name, reader, ModelFileException.class);
    }

    private static void require(String what, FileFuzzer.Result result, int least) {
        System.out.println(what + ": " + result);
        assertTrue(result.refused() > least, result.toString());
    }

    @Test
    void archives() {
        FileFuzzer fuzzer = fuzzer("damaged.keras", KerasFile::load);
        require(".keras", fuzzer.damage(KerasFiles.bytes("optimizer-nadam.keras"), FILES, 1), FILES / 2);
    }

    /** Behind right checksums: what is in the parts. */
    @Test
    void partsOfArchives() {
        FileFuzzer fuzzer = fuzzer("damaged.keras", KerasFile::load);
        FileFuzzer.Result result = fuzzer.damageZipParts(KerasFiles.bytes("optimizer-nadam.keras"), FILES / 2, 2);
        require(
                "parts of .keras",
                result.plus(fuzzer.damageZipParts(KerasFiles.bytes("shared.keras"), FILES / 2, 3)),
                FILES / 4);
    }

    @Test
    void wholeModelsInHdf5() {
        FileFuzzer fuzzer = fuzzer("damaged.h5", KerasFile::load);
        FileFuzzer.Result result = fuzzer.damage(KerasFiles.bytes("shared.h5"), FILES / 2, 4);
        require(".h5", result.plus(fuzzer.damage(KerasFiles.bytes("nested.h5"), FILES / 2, 5)), FILES / 4);
    }

    @Test
    void weightsAlone() {
        Model model = KerasFile.load(KerasFiles.unpacked(folder, "row.keras"));
        assertTrue(folder.resolve("row.keras").toFile().delete());
        FileFuzzer fuzzer = fuzzer("damaged.weights.h5", file -> {
            KerasFile.loadWeights(model, file);
            return model;
        });
        require(".weights.h5", fuzzer.damage(KerasFiles.bytes("row.weights.h5"), FILES, 6), FILES / 8);
    }
}
