package transconv.ops;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import transconv.engines.Engines;
import transconv.engines.Program;
import transconv.shape.Shape;

/** A formula or one op on fed arrays, and the gradients of the sum of its output times a seed. */
public final class Computation {

    /** A value computed from others, by ops of their graph. */
    @FunctionalInterface
    public interface Formula {

        Value of(Graph graph, List<Value> inputs);

        static Formula of(Op op) {
            return (graph, inputs) -> graph.apply(op, inputs.toArray(Value[]::new));
        }

        /** The gradient by one of the inputs; the formula's seed is one input more, the last. */
        default Formula gradient(int by) {
            return (graph, inputs) -> {
                int last = inputs.size() - 1;
                return Gradients.of(of(graph, inputs.subList(0, last)), inputs.get(last), List.of(inputs.get(by)))
                        .get(0);
            };
        }
    }

    private Computation() {}

    /** The op's output. */
    public static INDArray run(String engine, Op op, INDArray... inputs) {
        return run(engine, Formula.of(op), inputs);
    }

    /** The formula's output. */
    public static INDArray run(String engine, Formula formula, INDArray... inputs) {
        Graph graph = new Graph();
        List<Value> fed = inputs(graph, inputs);
        Value output = formula.of(graph, fed);
        graph.output(output);
        return read(engine, graph, fed, List.of(inputs), List.of(output)).get(0);
    }

    /** The gradients by the inputs of the given numbers. */
    public static List<INDArray> gradients(String engine, Op op, INDArray seed, int[] by, INDArray... inputs) {
        return gradients(engine, Formula.of(op), seed, by, inputs);
    }

    /** The gradients by the inputs of the given numbers. */
    public static List<INDArray> gradients(
            String engine, Formula formula, INDArray seed, int[] by, INDArray... inputs) {
        Graph graph = new Graph();
        List<Value> fed = inputs(graph, inputs);
        Value output = formula.of(graph, fed);
        Value seedInput = graph.input(output.shape());
        List<Value> gradients = Gradients.of(
                output, seedInput, IntStream.of(by).mapToObj(fed::get).toList());
        gradients.forEach(graph::output);
        List<Value> all = new ArrayList<>(fed);
        all.add(seedInput);
        List<INDArray> arrays = new ArrayList<>(List.of(inputs));
        arrays.add(seed);
        return read(engine, graph, all, arrays, gradients);
    }

    private static List<Value> inputs(Graph graph, INDArray... arrays) {
        return List.of(arrays).stream()
                .map(array -> graph.input(Shape.of(array.shape())))
                .toList();
    }

    private static List<INDArray> read(
            String engine, Graph graph, List<Value> fed, List<INDArray> arrays, List<Value> outputs) {
        List<Value> needed = graph.needed();
        try (Program program = Engines.named(engine).compile(graph)) {
            // Twice, the first time with the values in reverse: nothing of an earlier run may be left over, and row
            // numbers have to stay row numbers.
            for (int run = 0; run < 2; run++) {
                for (int i = 0; i < fed.size(); i++) {
                    if (needed.contains(fed.get(i))) {
                        INDArray array = run == 0 ? reversed(arrays.get(i)) : arrays.get(i);
                        program.feed(
                                fed.get(i),
                                array,
                                IntStream.range(0, (int) array.size(0)).toArray());
                    }
                }
                program.run();
            }
            return outputs.stream().map(output -> program.read(output).dup('c')).toList();
        }
    }

    private static INDArray reversed(INDArray array) {
        double[] values = array.dup('c').data().asDouble();
        double[] reversed = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            reversed[i] = values[values.length - 1 - i];
        }
        return Nd4j.createFromArray(reversed).castTo(array.dataType()).reshape(array.shape());
    }
}
