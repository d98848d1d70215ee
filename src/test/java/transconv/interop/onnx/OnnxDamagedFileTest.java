package transconv.interop.onnx;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import transconv.interop.FileFuzzer;
import transconv.layers.Layers;
import transconv.models.Model;
import transconv.models.Sequential;
import transconv.models.file.ModelFileException;

/** Files that chance has damaged are read or refused, and do nothing else. */
class OnnxDamagedFileTest {

    @Test
    void damagedFiles(@TempDir Path folder) throws Exception {
        FileFuzzer.Result uNet = damage(folder, OnnxModelsTest.uNet(), 2_500);
        Sequential row = new Sequential(
                Layers.input(6, 8),
                Layers.conv1DTranspose(4, 3).strides(2).activation("gelu"),
                Layers.layerNormalization(),
                Layers.upSampling1D(2),
                Layers.averagePooling1D(2),
                Layers.cropping1D(1),
                Layers.prelu(),
                Layers.flatten(),
                Layers.dense(3).activation("softmax"));
        FileFuzzer.Result all = uNet.plus(damage(folder, row, 2_500));
        System.out.println("ONNX: " + all);
        assertTrue(all.refused() > 1_500, all.toString());
    }

    private static FileFuzzer.Result damage(Path folder, Model model, int count) throws Exception {
        Path whole = folder.resolve("whole.onnx");
        OnnxFile.save(model, whole);
        byte[] bytes = Files.readAllBytes(whole);
        Files.delete(whole);
        FileFuzzer fuzzer = new FileFuzzer(
                folder,
                "damaged.onnx",
                file -> {
                    OnnxFile.load(file).close();
                    return null;
                },
                ModelFileException.class);
        return fuzzer.damage(bytes, count, 1);
    }
}
