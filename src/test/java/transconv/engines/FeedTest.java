package transconv.engines;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import transconv.ops.Binary;
import transconv.ops.BinaryFunction;
import transconv.ops.Graph;
import transconv.ops.Value;
import transconv.shape.Shape;

/** The rows that a program computes with are the rows it was told to take. */
class FeedTest {

    private static final INDArray SAMPLES =
            Nd4j.createFromArray(new float[][] {{1, 2}, {10, 20}, {100, 200}, {1000, 2000}, {5, 7}});

    @ParameterizedTest
    @MethodSource("transconv.EnginesUnderTest#names")
    void takesRowsInTheOrderAskedFor(String engine) {
        assertArrayEquals(new double[] {2000, 4000, 2, 4, 200, 400}, doubled(engine, SAMPLES, 3, 0, 2));
    }

    @ParameterizedTest
    @MethodSource("transconv.EnginesUnderTest#names")
    void fillsMissingRowsWithZeros(String engine) {
        assertArrayEquals(new double[] {20, 40, 0, 0, 0, 0}, doubled(engine, SAMPLES, 1));
    }

    @ParameterizedTest
    @MethodSource("transconv.EnginesUnderTest#names")
    void takesRowsOfAPartOfAnArray(String engine) {
        INDArray part = SAMPLES.get(NDArrayIndex.interval(2, 5), NDArrayIndex.all());
        assertArrayEquals(new double[] {10, 14, 200, 400, 2000, 4000}, doubled(engine, part, 2, 0, 1));
    }

    @ParameterizedTest
    @MethodSource("transconv.EnginesUnderTest#names")
    void takesDoublesToo(String engine) {
        assertArrayEquals(new double[] {200, 400, 2, 4, 0, 0}, doubled(engine, SAMPLES.castTo(DataType.DOUBLE), 2, 0));
    }

    /** Fed twice, so that leftovers of an earlier run would show. */
    private static double[] doubled(String engine, INDArray samples, int... rows) {
        Graph graph = new Graph();
        Value input = graph.input(Shape.of(3, 2));
        Value output = graph.apply(new Binary(BinaryFunction.ADD), input, input);
        graph.output(output);
        try (Program program = Engines.named(engine).compile(graph)) {
            program.feed(input, samples, new int[] {1, 1, 1});
            program.run();
            program.feed(input, samples, rows);
            program.run();
            return program.read(output).dup('c').data().asDouble();
        }
    }
}
