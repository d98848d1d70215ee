package transconv.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import transconv.engines.Engines;
import transconv.engines.Program;
import transconv.ops.Gradients;
import transconv.ops.Graph;
import transconv.ops.Ops;
import transconv.ops.Value;
import transconv.shape.Shape;

/** Where single precision is tried hard: large means, and nothing but zeros. */
class NormalizationPrecisionTest {

    /** The mean of squares less the square of the mean would be -16 to 16 here, in single precision. */
    @ParameterizedTest
    @MethodSource("transconv.EnginesUnderTest#names")
    void aLargeMeanLeavesTheVarianceItsDigits(String engine) {
        int batch = 1024;
        float[] values = new float[batch * 2];
        for (int i = 0; i < batch; i++) {
            values[2 * i] = 10_000 + i % 2;
            values[2 * i + 1] = -i % 4;
        }
        BatchNormalization layer = Layers.batchNormalization().momentum(0).epsilon(0);
        layer.build(Shape.of(2));
        Graph graph = new Graph();
        Value x = graph.input(Shape.of(batch, 2));
        Pass pass = Pass.training(graph);
        Value y = layer.call(List.of(x), pass).get(0);
        graph.output(y);
        pass.updates().values().forEach(graph::output);
        try (Program program = Engines.named(engine).compile(graph)) {
            program.feed(
                    x,
                    Nd4j.createFromArray(values).reshape(batch, 2),
                    IntStream.range(0, batch).toArray());
            program.run();
            Map<?, Value> updates = pass.updates();
            assertEquals(
                    Nd4j.createFromArray(10_000.5f, -1.5f),
                    program.read(updates.get(layer.parameters().get(2))).castTo(DataType.FLOAT));
            assertEquals(
                    Nd4j.createFromArray(0.25f, 1.25f),
                    program.read(updates.get(layer.parameters().get(3))).castTo(DataType.FLOAT));
            INDArray output = program.read(y);
            assertEquals(-1, output.getDouble(0, 0), 1e-6);
            assertEquals(1, output.getDouble(1, 0), 1e-6);
            assertEquals(1.5 / Math.sqrt(1.25), output.getDouble(0, 1), 1e-6);
        }
    }

    /** As in Keras, whose largest factor is 1e12. */
    @ParameterizedTest
    @MethodSource("transconv.EnginesUnderTest#names")
    void zerosHaveNoLengthAndStayZeros(String engine) {
        Layer layer = Layers.unitNormalization();
        layer.build(Shape.of(2));
        Graph graph = new Graph();
        Value x = graph.input(Shape.of(2, 2));
        Value y = layer.call(x);
        Value slope = Gradients.of(y, Ops.fill(graph, y.shape(), 1), List.of(x)).get(0);
        List.of(y, slope).forEach(graph::output);
        try (Program program = Engines.named(engine).compile(graph)) {
            program.feed(x, Nd4j.createFromArray(new float[][] {{0, 0}, {3, 4}}), new int[] {0, 1});
            program.run();
            assertEquals(0, program.read(y).getDouble(0, 1));
            assertEquals(0.8, program.read(y).getDouble(1, 1), 1e-7);
            assertEquals(1e12, program.read(slope).getDouble(0, 1), 1e6);
        }
    }
}
