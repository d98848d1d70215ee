package transconv.interop.onnx;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.databind.JsonNode;
import transconv.Closeness;
import transconv.Goldens;
import transconv.models.Model;

/** Files that PyTorch's exporter wrote predict what PyTorch predicted. */
class OnnxTorchFilesTest {

    private static final Goldens GOLDENS = Goldens.named("onnx-torch");
    private static final Closeness CLOSENESS = new Closeness();

    @TempDir
    Path folder;

    @AfterAll
    static void printWorst() {
        System.out.println("ONNX files of PyTorch, " + CLOSENESS);
    }

    @TestFactory
    Stream<DynamicTest> theyPredictTheSame() {
        return GOLDENS.cases().stream().flatMap(entry -> Stream.of("open", "fixed")
                .map(kind ->
                        DynamicTest.dynamicTest(entry.get("name").asText() + ", " + kind, () -> check(entry, kind))));
    }

    private void check(JsonNode entry, String kind) throws Exception {
        double[] numbers = GOLDENS.array(entry, kind).dup('c').data().asDouble();
        byte[] bytes = new byte[numbers.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (int) numbers[i];
        }
        Path file = Files.write(folder.resolve("torch.onnx"), bytes);
        try (Model model = OnnxFile.load(file)) {
            List<INDArray> outputs = model.predict(List.of(GOLDENS.array(entry, "input")));
            for (int i = 0; i < entry.get("outputs").asInt(); i++) {
                CLOSENESS.require(entry.get("name").asText(), GOLDENS.array(entry, "output" + i), outputs.get(i), 1e-5);
            }
        }
    }
}
