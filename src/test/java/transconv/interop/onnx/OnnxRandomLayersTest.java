package transconv.interop.onnx;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import org.nd4j.linalg.api.ndarray.INDArray;
import transconv.Closeness;
import transconv.layers.Input;
import transconv.layers.Layers;
import transconv.layers.RandomLayers;
import transconv.layers.RandomLayers.Drawn;
import transconv.layers.Tensor;
import transconv.models.Model;
import transconv.shape.Shape;

/** Layers of every type with random arguments: ONNX Runtime and what is read again compute what they compute. */
class OnnxRandomLayersTest {

    private static final Closeness CLOSENESS = new Closeness();
    private static final Set<String> REFUSED = new TreeSet<>();

    @AfterContainer
    static void printWorst() {
        System.out.println("ONNX, random layers, " + CLOSENESS + " refused: " + REFUSED);
    }

    @Provide
    Arbitrary<Drawn> layers() {
        return RandomLayers.any();
    }

    @Property(tries = 400)
    void theRuntimeAndTheReaderAgree(@ForAll("layers") Drawn drawn) throws Exception {
        List<Input> inputs = new ArrayList<>();
        for (Shape shape : drawn.inputShapes()) {
            inputs.add(Layers.input(shape.toArray()));
        }
        Model model;
        try {
            model = new Model(inputs, List.of(drawn.layer().apply(inputs.toArray(Tensor[]::new))));
        } catch (IllegalArgumentException refused) {
            return;
        }
        Path file = Files.createTempFile("layer", ".onnx");
        try (model) {
            OnnxModels.randomWeights(model, 5);
            List<INDArray> x = OnnxModels.samples(model, 3, 7);
            try {
                OnnxFile.save(model, file);
            } catch (UnsupportedOperationException refused) {
                REFUSED.add(refused.getMessage());
                return;
            }
            List<INDArray> expected = model.predict(x);
            List<INDArray> actual = OnnxRuntime.run(file, x);
            CLOSENESS.require(drawn.type(), expected.get(0), actual.get(0), 1e-5);
            try (Model again = OnnxFile.load(file)) {
                CLOSENESS.require(
                        drawn.type() + " read",
                        expected.get(0),
                        again.predict(x).get(0),
                        1e-5);
            }
        } finally {
            Files.delete(file);
        }
    }
}
