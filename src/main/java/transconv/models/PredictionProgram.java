package transconv.models;

import java.util.List;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import transconv.engines.Engine;
import transconv.engines.Program;
import transconv.engines.ProgramPool;
import transconv.layers.Pass;
import transconv.ops.Graph;
import transconv.ops.Value;

/** The network's outputs for samples, micro-batch by micro-batch. */
final class PredictionProgram implements AutoCloseable {

    private final Network network;
    private final ProgramPool programs;
    private final int micro;
    private final List<Value> inputs;
    private final List<Value> outputs;

    /** @param micro how many samples it takes at once */
    PredictionProgram(Network network, Engine engine, int micro) {
        this.network = network;
        this.micro = micro;
        Graph graph = new Graph();
        inputs = network.inputShapes().stream()
                .map(shape -> graph.input(shape.prepend(micro)))
                .toList();
        outputs = network.lower(inputs, Pass.inference(graph));
        outputs.forEach(graph::output);
        programs = new ProgramPool(engine, graph);
    }

    /** How many samples it takes at once. */
    int micro() {
        return micro;
    }

    List<INDArray> predict(List<INDArray> samples) {
        int count = Math.toIntExact(samples.get(0).size(0));
        List<INDArray> results = network.outputShapes().stream()
                .map(shape -> Nd4j.create(DataType.FLOAT, shape.prepend(count).toLongArray()))
                .toList();
        int parts = (count + micro - 1) / micro;
        boolean complete = programs.run(
                parts,
                (program, part) -> feed(program, samples, part * micro, Math.min((part + 1) * micro, count)),
                (program, part) -> take(program, results, part * micro, Math.min((part + 1) * micro, count)));
        if (!complete) {
            throw new IllegalStateException(
                    "predict: interrupted before all %d samples were done; call it again".formatted(count));
        }
        return results;
    }

    private void feed(Program program, List<INDArray> samples, int begin, int end) {
        int[] rows = IntStream.range(begin, end).toArray();
        for (int i = 0; i < inputs.size(); i++) {
            program.feed(inputs.get(i), samples.get(i), rows);
        }
    }

    private void take(Program program, List<INDArray> results, int begin, int end) {
        for (int i = 0; i < outputs.size(); i++) {
            program.copyTo(outputs.get(i), end - begin, results.get(i), begin);
        }
    }

    @Override
    public void close() {
        programs.close();
    }
}
