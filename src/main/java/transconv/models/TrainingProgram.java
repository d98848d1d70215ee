package transconv.models;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import transconv.engines.Program;
import transconv.engines.ProgramPool;
import transconv.layers.Pass;
import transconv.ops.Dot;
import transconv.ops.Gradients;
import transconv.ops.Graph;
import transconv.ops.Ops;
import transconv.ops.Parameter;
import transconv.ops.Value;
import transconv.shape.Shape;

/**
 * Loss, and in training gradients, of batches that are cut into micro-batches. Each sample weighs 1 / batch, times its
 * own weight; the last micro-batch is filled up with samples of weight 0, so that sums over micro-batches are exactly
 * the batch's.
 */
final class TrainingProgram implements AutoCloseable {

    private final ProgramPool programs;
    private final int micro;
    private final boolean whole;
    private final List<Value> x;
    private final List<Value> y;
    private final Value weights;
    private final Value shares;
    private final Value loss;
    private final List<Value> outputs;
    private final List<Value> outputLosses = new ArrayList<>();
    private final Compilation compilation;
    private final List<Value> gradients;
    private final List<Parameter> parameters;
    private final List<INDArray> gradientSums;
    private final NoiseInputs noises;
    private final Map<Parameter, Value> updates;
    private final WeightPenalties penalties;
    private final double[] lossSums;

    TrainingProgram(Network network, Compilation compilation, int batchSize, boolean training) {
        this.compilation = compilation;
        Graph graph = new Graph();
        Pass pass = training ? Pass.training(graph, compilation.trainable) : Pass.inference(graph);
        // Losses may mix samples in evaluation too.
        whole = network.mixesSamples(pass) || compilation.mixesSamples();
        micro = whole ? batchSize : MicroBatch.size(network, batchSize);
        x = inputs(graph, network.inputShapes());
        y = inputs(graph, compilation.targetShapes(network));
        weights = graph.input(Shape.of(micro));
        outputs = network.lower(x, pass);
        if (!compilation.metrics.isEmpty()) {
            outputs.forEach(graph::output);
            y.forEach(graph::output);
        }
        Value losses = losses(graph);
        Value ofSamples = Ops.multiply(losses, weights);
        shares = pass.penalties().isEmpty() ? null : graph.input(Shape.of(micro));
        for (Value penalty : pass.penalties()) {
            ofSamples = Ops.add(ofSamples, Ops.multiply(penalty, shares));
        }
        Value ones = Ops.fill(graph, ofSamples.shape(), 1);
        loss = graph.apply(new Dot(), ofSamples, ones);
        graph.output(loss);
        parameters = training ? compilation.parameters() : List.of();
        gradients = Gradients.of(
                ofSamples, ones, parameters.stream().map(graph::parameter).toList());
        gradients.forEach(graph::output);
        gradientSums = parameters.stream()
                .map(parameter -> Nd4j.zerosLike(parameter.value()))
                .toList();
        noises = new NoiseInputs(pass);
        updates = pass.updates();
        updates.values().forEach(graph::output);
        penalties = WeightPenalties.of(compilation.trainable, compilation.engine);
        lossSums = new double[1 + outputLosses.size()];
        programs = new ProgramPool(compilation.engine, graph);
    }

    private List<Value> inputs(Graph graph, List<Shape> shapes) {
        return shapes.stream().map(shape -> graph.input(shape.prepend(micro))).toList();
    }

    /** The weighted sum of the outputs' losses, (batch). */
    private Value losses(Graph graph) {
        Value sum = null;
        for (int i = 0; i < outputs.size(); i++) {
            Value one = compilation.loss(i).lower(outputs.get(i), y.get(i));
            if (outputs.size() > 1) {
                Value mean = graph.apply(new Dot(), one, weights);
                graph.output(mean);
                outputLosses.add(mean);
            }
            double weight = compilation.lossWeight(i);
            Value weighted = weight == 1 ? one : Ops.affine(one, weight, 0);
            sum = sum == null ? weighted : Ops.add(sum, weighted);
        }
        return sum;
    }

    /** Whether it is made for batches of this size, if need be by cutting them or filling them up. */
    boolean takes(int batchSize) {
        return !whole || micro == batchSize;
    }

    /**
     * Runs one batch; in training, moving averages are brought up to date.
     *
     * @param batch which samples of which data
     * @param noise of this step; null outside training
     * @return the batch's loss, and behind it that of each output if there are several; null if the thread was
     *     interrupted before its end, gradients and metrics are then unfinished
     */
    double[] run(Rows batch, NoiseSource noise) {
        // An assignment of 0 is an operation, which costs a small array a hundred times as much.
        gradientSums.forEach(Nd4j.getMemoryManager()::memset);
        Arrays.fill(lossSums, 0);
        int count = batch.rows().length;
        int parts = (count + micro - 1) / micro;
        boolean complete = programs.run(
                parts,
                (program, part) -> feed(program, batch, part * micro, Math.min((part + 1) * micro, count), noise),
                (program, part) -> add(program, Math.min(micro, count - part * micro)));
        if (!complete) {
            return null;
        }
        if (penalties != null) {
            lossSums[0] += penalties.run();
            for (int i = 0; i < parameters.size(); i++) {
                penalties.addGradient(parameters.get(i), gradientSums.get(i));
            }
        }
        return lossSums.clone();
    }

    private void feed(Program program, Rows batch, int begin, int end, NoiseSource noise) {
        int[] rows = Arrays.copyOfRange(batch.rows(), begin, end);
        for (int i = 0; i < x.size(); i++) {
            program.feed(x.get(i), batch.x().get(i), rows);
        }
        for (int i = 0; i < y.size(); i++) {
            program.feed(y.get(i), batch.y().get(i), rows);
        }
        float share = 1f / batch.rows().length;
        float[] weighted = new float[rows.length];
        for (int i = 0; i < rows.length; i++) {
            weighted[i] = batch.weights() == null ? share : share * batch.weights()[rows[i]];
        }
        int[] all = IntStream.range(0, rows.length).toArray();
        program.feed(weights, Nd4j.createFromArray(weighted), all);
        if (shares != null) {
            program.feed(shares, Nd4j.valueArrayOf(rows.length, share), all);
        }
        noises.feed(program, noise, begin, rows.length);
    }

    private void add(Program program, int samples) {
        lossSums[0] += program.read(loss).getDouble(0);
        for (int i = 0; i < outputLosses.size(); i++) {
            lossSums[1 + i] += program.read(outputLosses.get(i)).getDouble(0);
        }
        compilation.metrics.forEach(metric -> metric.update(
                first(program.read(y.get(metric.output())), samples),
                first(program.read(outputs.get(metric.output())), samples)));
        for (int i = 0; i < gradients.size(); i++) {
            program.addTo(gradientSums.get(i), gradients.get(i));
        }
        updates.forEach((parameter, value) -> {
            parameter.value().assign(program.read(value));
            parameter.changed();
        });
    }

    private static INDArray first(INDArray rows, int count) {
        return rows.size(0) == count ? rows : Nd4j.create(rows.data(), sizes(rows, count), rows.stride(), 0, 'c');
    }

    private static long[] sizes(INDArray rows, int count) {
        long[] sizes = rows.shape().clone();
        sizes[0] = count;
        return sizes;
    }

    /** The gradients of the last batch by the weights that it was compiled for. */
    List<INDArray> gradients() {
        return gradientSums;
    }

    @Override
    public void close() {
        programs.close();
        gradientSums.forEach(INDArray::close);
        if (penalties != null) {
            penalties.close();
        }
    }
}
