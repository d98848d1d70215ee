package transconv.models;

import java.util.List;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import transconv.engines.Engines;
import transconv.engines.Program;
import transconv.layers.Pass;
import transconv.ops.Graph;
import transconv.ops.Value;

/** What a model puts out in a step of training, noise included; a user never sees it. */
final class NoisyPass {

    private NoisyPass() {}

    /** The first output for samples, cut into parts of the given size. */
    static INDArray output(Model model, INDArray x, NoiseSource source, int micro) {
        return outputs(model, x, source, micro).get(0);
    }

    static List<INDArray> outputs(Model model, INDArray x, NoiseSource source, int micro) {
        Network network = model.network();
        Graph graph = new Graph();
        List<Value> inputs = network.inputShapes().stream()
                .map(shape -> graph.input(shape.prepend(micro)))
                .toList();
        Pass pass = Pass.training(graph);
        List<Value> outputs = network.lower(inputs, pass);
        outputs.forEach(graph::output);
        NoiseInputs noises = new NoiseInputs(pass);
        int count = (int) x.size(0);
        List<INDArray> results = network.outputShapes().stream()
                .map(shape -> Nd4j.create(DataType.FLOAT, shape.prepend(count).toLongArray()))
                .toList();
        try (Program program = Engines.named("nd4j").compile(graph)) {
            for (int begin = 0; begin < count; begin += micro) {
                int end = Math.min(begin + micro, count);
                int[] rows = IntStream.range(begin, end).toArray();
                inputs.forEach(input -> program.feed(input, x, rows));
                noises.feed(program, source, begin, rows.length);
                program.run();
                for (int i = 0; i < results.size(); i++) {
                    results.get(i)
                            .get(NDArrayIndex.interval(begin, end))
                            .assign(program.read(outputs.get(i)).get(NDArrayIndex.interval(0, rows.length)));
                }
            }
        }
        return results;
    }
}
