package transconv.models;

import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import transconv.engines.Engine;
import transconv.engines.ProgramPool;
import transconv.ops.Graph;
import transconv.ops.Value;

/** The network's output for samples, micro-batch by micro-batch. */
final class PredictionProgram implements AutoCloseable {

    private final Network network;
    private final ProgramPool programs;
    private final int micro;
    private final Value input;
    private final Value output;

    PredictionProgram(Network network, Engine engine, int batchSize) {
        this.network = network;
        micro = MicroBatch.size(network, batchSize);
        Graph graph = new Graph();
        input = graph.input(network.inputShape().prepend(micro));
        output = network.lower(input);
        graph.output(output);
        programs = new ProgramPool(engine, graph);
    }

    /** How many samples it takes at once. */
    int micro() {
        return micro;
    }

    INDArray predict(INDArray samples) {
        int count = Math.toIntExact(samples.size(0));
        INDArray result =
                Nd4j.create(DataType.FLOAT, network.outputShape().prepend(count).toLongArray());
        int parts = (count + micro - 1) / micro;
        boolean complete = programs.run(
                parts,
                (program, part) -> program.feed(
                        input,
                        samples,
                        IntStream.range(part * micro, Math.min((part + 1) * micro, count))
                                .toArray()),
                (program, part) -> {
                    int begin = part * micro;
                    int end = Math.min(begin + micro, count);
                    result.get(NDArrayIndex.interval(begin, end))
                            .assign(program.read(output).get(NDArrayIndex.interval(0, end - begin)));
                });
        if (!complete) {
            throw new IllegalStateException(
                    "predict: interrupted before all %d samples were done; call it again".formatted(count));
        }
        return result;
    }

    void parametersChanged() {
        programs.parametersChanged();
    }

    @Override
    public void close() {
        programs.close();
    }
}
