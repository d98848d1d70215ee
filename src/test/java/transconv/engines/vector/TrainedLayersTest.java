package transconv.engines.vector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import transconv.engines.Explanation;
import transconv.engines.Program;
import transconv.layers.AveragePooling2D;
import transconv.layers.BatchNormalization;
import transconv.layers.Concatenate;
import transconv.layers.Dropout;
import transconv.layers.Layer;
import transconv.layers.LayerNormalization;
import transconv.layers.LeakyReLU;
import transconv.layers.MaxPooling2D;
import transconv.layers.Pass;
import transconv.layers.UpSampling2D;
import transconv.layers.ZeroPadding2D;
import transconv.ops.BinaryFunction;
import transconv.ops.Gradients;
import transconv.ops.Graph;
import transconv.ops.Value;
import transconv.shape.Shape;

/**
 * Layers beside convolutions in training, forward and backward: by which loops each op is computed, all of them written
 * for this engine.
 */
class TrainedLayersTest {

    private static final Map<String, List<String>> WAYS = Map.ofEntries(
            Map.entry("AddBias", List.of("loop over vectors of channels")),
            Map.entry("Affine", List.of("loop of multiply and add")),
            Map.entry(
                    "Binary",
                    Stream.of(BinaryFunction.values())
                            .map(each -> "loop of " + each)
                            .toList()),
            Map.entry("Broadcast", List.of("copies of the values")),
            Map.entry("Concatenate", List.of("copy of each input")),
            Map.entry("Fill", List.of("one value everywhere")),
            Map.entry("MaxPool", List.of("maxima of windows")),
            Map.entry("MaxPoolGradient", List.of("sums at the maxima of windows")),
            Map.entry("Pad", List.of("zeros and copy of a box", "copy of a box")),
            Map.entry("Resample", List.of("weighted sums of slices")),
            Map.entry("Sum", List.of("sums in double of rows", "sums in double of slices")),
            Map.entry("SumPositions", List.of("sums of vectors of channels")),
            Map.entry("Unary", List.of("loop of SQUARE", "loop of SQRT", "loop of RECIPROCAL")));

    @TestFactory
    Stream<DynamicTest> useLoopsOfThisEngine() {
        return Stream.of(
                test(new BatchNormalization(), 1, "AddBias Affine Binary Broadcast Sum SumPositions Unary"),
                test(new LayerNormalization(), 1, "AddBias Affine Binary Broadcast Sum SumPositions Unary"),
                test(new MaxPooling2D(2), 1, "MaxPool MaxPoolGradient"),
                test(new AveragePooling2D(2), 1, "Resample"),
                test(new UpSampling2D(2), 1, "Resample"),
                test(new Concatenate(), 2, "Concatenate Pad"),
                test(new ZeroPadding2D(), 1, "Pad"),
                test(new LeakyReLU(), 1, "Affine Binary Fill"),
                test(new Dropout(0.5), 1, "Affine Binary Fill"));
    }

    /** @param ops in alphabetical order; each must be there and no other may */
    private static DynamicTest test(Layer layer, int inputs, String ops) {
        return DynamicTest.dynamicTest(layer.type(), () -> {
            Map<String, List<String>> found = new TreeMap<>();
            for (Explanation.Line line : trained(layer, inputs).lines()) {
                String op = line.value().op().getClass().getSimpleName();
                found.computeIfAbsent(op, any -> new ArrayList<>()).add(line.algorithm());
            }
            assertEquals(ops, String.join(" ", found.keySet()), found.toString());
            found.forEach((op, algorithms) ->
                    algorithms.forEach(each -> assertTrue(WAYS.get(op).contains(each), op + ": " + each)));
        });
    }

    private static Explanation trained(Layer layer, int inputs) {
        Shape shape = Shape.of(2, 4, 6, 3);
        layer.build(IntStream.range(0, inputs).mapToObj(any -> shape.from(1)).toList());
        Graph graph = new Graph();
        List<Value> x =
                IntStream.range(0, inputs).mapToObj(any -> graph.input(shape)).toList();
        Pass pass = Pass.training(graph);
        Value output = layer.call(x, pass).get(0);
        List<Value> by = new ArrayList<>(x);
        layer.trainableWeights().forEach(weight -> by.add(graph.parameter(weight.parameter())));
        graph.output(output);
        Gradients.of(output, graph.input(output.shape()), by).forEach(graph::output);
        pass.updates().values().forEach(graph::output);
        try (Program program = new VectorEngine().compile(graph)) {
            return program.explain();
        }
    }
}
