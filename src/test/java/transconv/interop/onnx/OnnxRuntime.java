package transconv.interop.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What ONNX Runtime computes of a file. */
final class OnnxRuntime {

    private OnnxRuntime() {}

    /** The outputs in the file's order for the inputs in the file's order. */
    static List<INDArray> run(Path file, List<INDArray> inputs) {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        Map<String, OnnxTensor> fed = new LinkedHashMap<>();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            try (OrtSession session = environment.createSession(file.toString(), options)) {
                Iterator<INDArray> values = inputs.iterator();
                for (String name : session.getInputNames()) {
                    INDArray value = values.next();
                    float[] data = value.dup('c').data().asFloat();
                    fed.put(name, OnnxTensor.createTensor(environment, FloatBuffer.wrap(data), value.shape()));
                }
                try (OrtSession.Result result = session.run(fed)) {
                    List<INDArray> outputs = new ArrayList<>();
                    for (Map.Entry<String, ?> entry : result) {
                        OnnxTensor tensor = (OnnxTensor) entry.getValue();
                        float[] data = new float[tensor.getFloatBuffer().remaining()];
                        tensor.getFloatBuffer().get(data);
                        outputs.add(Nd4j.create(data, tensor.getInfo().getShape(), 'c'));
                    }
                    return outputs;
                }
            }
        } catch (OrtException refused) {
            throw new AssertionError("ONNX Runtime: " + refused.getMessage(), refused);
        } finally {
            fed.values().forEach(OnnxTensor::close);
        }
    }
}
