package transconv.interop.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import transconv.Closeness;
import transconv.layers.Input;
import transconv.layers.Layer;
import transconv.layers.Layers;
import transconv.models.Model;

/** A model to a file, through ONNX Runtime, and back. */
final class RoundTrip {

    private RoundTrip() {}

    /** Fails unless the runtime and what is read from the file predict as the model does. */
    static List<String> check(String what, Model model, Closeness closeness) {
        OnnxModels.randomWeights(model, 3);
        return check(what, model, OnnxModels.samples(model, 3, 7), closeness);
    }

    /** @return the operators in the file */
    static List<String> check(String what, Model model, List<INDArray> x, Closeness closeness) {
        try {
            Path file = Files.createTempFile("model", ".onnx");
            try {
                OnnxFile.save(model, file);
                List<INDArray> expected = model.predict(x);
                List<INDArray> computed = OnnxRuntime.run(file, x);
                try (Model again = OnnxFile.load(file)) {
                    List<INDArray> read = again.predict(x);
                    for (int i = 0; i < expected.size(); i++) {
                        closeness.require(what + " run", expected.get(i), computed.get(i), 1e-5);
                        closeness.require(what + " read", expected.get(i), read.get(i), 1e-5);
                    }
                }
                return ModelProto.parseFrom(Files.readAllBytes(file)).getGraph().getNodeList().stream()
                        .map(NodeProto::getOpType)
                        .toList();
            } finally {
                Files.delete(file);
                model.close();
            }
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }

    /** A model of one layer. */
    static Model of(Layer layer, int... inputShape) {
        Input input = Layers.input(inputShape);
        return new Model(input, layer.apply(input));
    }
}
