package transconv.models;

import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import transconv.engines.Engine;
import transconv.engines.Program;
import transconv.ops.Graph;
import transconv.ops.Value;

/** The network's output for samples, micro-batch by micro-batch. */
final class PredictionProgram implements AutoCloseable {

    private final Network network;
    private final Program program;
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
        program = engine.compile(graph);
    }

    /** How many samples it takes at once. */
    int micro() {
        return micro;
    }

    INDArray predict(INDArray samples) {
        int count = Math.toIntExact(samples.size(0));
        INDArray result = Nd4j.create(DataType.FLOAT, network.outputShape().prepend(count).toLongArray());
        for (int start = 0; start < count; start += micro) {
            if (Thread.currentThread().isInterrupted()) {
                throw new IllegalStateException("predict: interrupted after %d of %d samples; call it again".formatted(start, count));
            }
            int end = Math.min(start + micro, count);
            program.feed(input, samples, IntStream.range(start, end).toArray());
            program.run();
            INDArray part = program.read(output).get(NDArrayIndex.interval(0, end - start));
            result.get(NDArrayIndex.interval(start, end)).assign(part);
        }
        return result;
    }

    void parametersChanged() {
        program.parametersChanged();
    }

    @Override
    public void close() {
        program.close();
    }
}
