package transconv.interop.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.onnx.proto.OnnxMl.AttributeProto;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.databind.JsonNode;
import transconv.Closeness;
import transconv.Goldens;
import transconv.models.Model;

/** The node cases of ConvTranspose that the onnx package generates, read from files. */
class OnnxNodeCasesLoadedTest {

    private static final Goldens GOLDENS = Goldens.named("layers-onnx");
    private static final Closeness CLOSENESS = new Closeness();

    @TempDir
    Path folder;

    @AfterAll
    static void printWorst() {
        System.out.println("ONNX node cases read, " + CLOSENESS);
    }

    @Test
    void thereAreElevenCases() {
        assertEquals(11, GOLDENS.cases().size());
    }

    @TestFactory
    Stream<DynamicTest> theyGiveTheValues() {
        return GOLDENS.cases().stream()
                .map(entry -> DynamicTest.dynamicTest(entry.get("name").asText(), () -> check(entry)));
    }

    private void check(JsonNode entry) throws Exception {
        INDArray x = GOLDENS.array(entry, "input");
        GraphMaker graph = new GraphMaker();
        graph.input("X", x.shape()).weight("W", GOLDENS.array(entry, "weight"));
        List<AttributeProto> attributes = new ArrayList<>();
        entry.get("attributes")
                .fields()
                .forEachRemaining(field -> attributes.add(
                        field.getValue().isTextual()
                                ? Attributes.text(
                                        field.getKey(), field.getValue().asText())
                                : field.getValue().isInt()
                                        ? Attributes.integer(
                                                field.getKey(), field.getValue().asInt())
                                        : Attributes.ints(field.getKey(), Goldens.ints(field.getValue()))));
        graph.node("ConvTranspose", "Y", List.of("X", "W"), attributes.toArray(AttributeProto[]::new))
                .output("Y");
        try (Model model = OnnxFile.load(graph.write(folder.resolve("case.onnx")))) {
            CLOSENESS.require("output", GOLDENS.array(entry, "output"), model.predict(x), 1e-5);
        }
    }
}
