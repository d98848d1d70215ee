package transconv.models;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import transconv.engines.Program;
import transconv.engines.ProgramPool;
import transconv.ops.Dot;
import transconv.ops.Gradients;
import transconv.ops.Graph;
import transconv.ops.Parameter;
import transconv.ops.Value;
import transconv.shape.Shape;

/**
 * Loss, and gradients if wanted, of batches that are cut into micro-batches. Each sample weighs 1 / batch; the last
 * micro-batch is filled up with samples of weight 0, so that sums over micro-batches are exactly the batch's.
 */
final class TrainingProgram implements AutoCloseable {

    private final ProgramPool programs;
    private final int micro;
    private final Value x;
    private final Value y;
    private final Value weights;
    private final Value loss;
    private final List<Value> gradients;
    private final List<INDArray> gradientSums;
    private double lossSum;

    TrainingProgram(Network network, Compilation compilation, int batchSize, boolean withGradients) {
        micro = MicroBatch.size(network, batchSize);
        Graph graph = new Graph();
        x = graph.input(network.inputShape().prepend(micro));
        y = graph.input(network.outputShape().prepend(micro));
        weights = graph.input(Shape.of(micro));
        Value losses = compilation.loss.lower(network.lower(x), y);
        loss = graph.apply(new Dot(), losses, weights);
        graph.output(loss);
        List<Parameter> parameters = withGradients ? network.parameters() : List.of();
        gradients = Gradients.of(
                losses, weights, parameters.stream().map(graph::parameter).toList());
        gradients.forEach(graph::output);
        gradientSums = parameters.stream()
                .map(parameter -> Nd4j.zerosLike(parameter.value()))
                .toList();
        programs = new ProgramPool(compilation.engine, graph);
    }

    /**
     * Runs one batch.
     *
     * @param rows which samples of data and targets
     * @return the batch's mean loss, or NaN if the thread was interrupted before its end; gradients are then unfinished
     */
    double run(INDArray data, INDArray targets, int[] rows) {
        gradientSums.forEach(sum -> sum.assign(0));
        lossSum = 0;
        int parts = (rows.length + micro - 1) / micro;
        boolean complete = programs.run(
                parts,
                (program, part) -> {
                    int[] some = Arrays.copyOfRange(rows, part * micro, Math.min((part + 1) * micro, rows.length));
                    program.feed(x, data, some);
                    program.feed(y, targets, some);
                    program.feed(
                            weights,
                            Nd4j.valueArrayOf(some.length, 1f / rows.length),
                            IntStream.range(0, some.length).toArray());
                },
                this::add);
        return complete ? lossSum : Double.NaN;
    }

    private void add(Program program, int part) {
        lossSum += program.read(loss).getDouble(0);
        for (int i = 0; i < gradients.size(); i++) {
            gradientSums.get(i).addi(program.read(gradients.get(i)));
        }
    }

    /** The gradients of the last batch, in the order of the network's parameters. */
    List<INDArray> gradients() {
        return gradientSums;
    }

    void parametersChanged() {
        programs.parametersChanged();
    }

    @Override
    public void close() {
        programs.close();
        gradientSums.forEach(INDArray::close);
    }
}
