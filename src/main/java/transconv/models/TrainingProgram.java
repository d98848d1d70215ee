package transconv.models;

import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import transconv.engines.Program;
import transconv.ops.Dot;
import transconv.ops.Gradients;
import transconv.ops.Graph;
import transconv.ops.Parameter;
import transconv.ops.Value;
import transconv.shape.Shape;

/**
 * Loss, and gradients if wanted, of batches that are cut into micro-batches. Each sample weighs 1 / batch; the last micro-batch is filled up
 * with samples of weight 0, so that sums over micro-batches are exactly the batch's.
 */
final class TrainingProgram implements AutoCloseable {

    private final Program program;
    private final int micro;
    private final Value x;
    private final Value y;
    private final Value weights;
    private final Value loss;
    private final List<Value> gradients;

    TrainingProgram(Network network, Compilation compilation, int batchSize, boolean withGradients) {
        micro = MicroBatch.size(network, batchSize);
        Graph graph = new Graph();
        x = graph.input(network.inputShape().prepend(micro));
        y = graph.input(network.outputShape().prepend(micro));
        weights = graph.input(Shape.of(micro));
        Value losses = compilation.loss.lower(network.lower(x), y);
        loss = graph.apply(new Dot(), losses, weights);
        graph.sum(loss);
        List<Parameter> parameters = network.parameters();
        gradients = withGradients ? Gradients.of(losses, weights, parameters.stream().map(graph::parameter).toList()) : List.of();
        gradients.forEach(graph::sum);
        program = compilation.engine.compile(graph);
    }

    /**
     * Runs one batch.
     *
     * @param rows which samples of data and targets
     * @return the batch's mean loss, or NaN if the thread was interrupted before its end; gradients are then unfinished
     */
    double run(INDArray data, INDArray targets, int[] rows) {
        program.clearSums();
        for (int start = 0; start < rows.length; start += micro) {
            if (Thread.currentThread().isInterrupted()) {
                return Double.NaN;
            }
            int[] part = Arrays.copyOfRange(rows, start, Math.min(start + micro, rows.length));
            program.feed(x, data, part);
            program.feed(y, targets, part);
            program.feed(weights, Nd4j.valueArrayOf(part.length, 1f / rows.length), firstRows(part.length));
            program.run();
        }
        return program.sum(loss).getDouble(0);
    }

    private static int[] firstRows(int count) {
        int[] rows = new int[count];
        Arrays.setAll(rows, i -> i);
        return rows;
    }

    /** The gradients of the last batch, in the order of the network's parameters. */
    List<INDArray> gradients() {
        return gradients.stream().map(program::sum).toList();
    }

    void parametersChanged() {
        program.parametersChanged();
    }

    @Override
    public void close() {
        program.close();
    }
}
