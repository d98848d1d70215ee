package transconv.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.shade.jackson.databind.JsonNode;
import transconv.Closeness;
import transconv.EnginesUnderTest;
import transconv.Goldens;
import transconv.engines.Engines;
import transconv.engines.Program;
import transconv.ops.Graph;
import transconv.ops.Value;
import transconv.shape.Padding;
import transconv.shape.Shape;

/** Keras' own grids of transposed convolution arguments, whole: every value of every output, on every engine. */
class KerasGridTest {

    private static final Goldens TENSORFLOW = Goldens.named("layers-grid");
    private static final Goldens JAX = Goldens.named("layers-grid-jax");
    private static final Closeness CLOSENESS = new Closeness();

    @AfterAll
    static void printWorst() {
        System.out.println("Keras' grids, " + CLOSENESS);
    }

    @Test
    void theGridsAreWhole() {
        assertEquals(690, TENSORFLOW.cases().size());
        assertEquals(75, JAX.cases().size());
        List<Case> all = Stream.of(TENSORFLOW, JAX)
                .flatMap(goldens -> cases(goldens).stream())
                .toList();
        // 4 kernels, 2 paddings; output padding unset and 0 to strides - 1 gives 2 + 3 + 4 + 5.
        for (int axes = 1; axes <= 2; axes++) {
            int dimensions = axes;
            assertEquals(
                    4 * 2 * 14,
                    all.stream()
                            .filter(c -> c.axes() == dimensions
                                    && c.isSquare()
                                    && c.dilation()[0] == 1
                                    && c.kernel()[0] <= 4)
                            .map(c -> List.of(c.kernel()[0], c.strides()[0], c.padding(), c.shownOutputPadding()))
                            .distinct()
                            .count());
        }
        assertEquals(
                4 * 4 * 4 * 4 * 2,
                all.stream()
                        .filter(c ->
                                c.axes() == 2 && c.dilation()[0] == 1 && c.dilation()[1] == 1 && c.kernel()[0] <= 4)
                        .map(c -> List.of(c.kernel()[0], c.kernel()[1], c.strides()[0], c.strides()[1], c.padding()))
                        .distinct()
                        .count());
    }

    @TestFactory
    Stream<DynamicTest> computesWhatKerasOnTensorFlowComputes() {
        return onEveryEngine(TENSORFLOW);
    }

    @TestFactory
    Stream<DynamicTest> computesWhatKerasOnJaxComputesWhereTensorFlowRefuses() {
        return onEveryEngine(JAX);
    }

    /** The shapes that Keras' own test of these layers has as literals, channels last. */
    @ParameterizedTest
    @CsvSource({
        "2, 2, VALID, , 8, 16",
        "2, 3, SAME, 2, 8, 23",
        "2, 1, VALID, , 8, 9",
        "3, 1, VALID, , 8, 10",
        "3, 2, VALID, , 8, 17",
        "7, 16, VALID, , 14, 224"
    })
    void shapesOfKerasOwnTest(int kernel, int strides, Padding padding, Integer outputPadding, int size, int output) {
        Conv1DTranspose layer =
                Layers.conv1DTranspose(6, kernel).strides(strides).padding(padding);
        if (outputPadding != null) {
            layer.outputPadding(outputPadding);
        }
        assertEquals(Shape.of(output, 6), layer.outputShape(Shape.of(size, 4)));
    }

    /** What Keras' own test wants refused. */
    @ParameterizedTest
    @CsvSource({"2, 2, 1", "2, 3, 1", "1, 1, 1", "2, 0, 2"})
    void refusedAsInKerasOwnTest(int strides, int outputPadding, int dilationRate) {
        Conv1DTranspose layer = Layers.conv1DTranspose(2, 3)
                .strides(strides)
                .outputPadding(outputPadding)
                .dilationRate(dilationRate);
        String message = assertThrows(IllegalArgumentException.class, () -> layer.outputShape(Shape.of(5, 1)))
                .getMessage();
        assertTrue(
                message.contains("strides=[%d]".formatted(strides))
                        && message.contains(
                                dilationRate > 1
                                        ? "dilationRate=[%d]".formatted(dilationRate)
                                        : "outputPadding=[%d]".formatted(outputPadding)),
                message);
    }

    private record Case(
            String padding, int[] kernel, int[] strides, int[] dilation, int[] outputPadding, int[] in, int[] out) {

        /** From a row of the document: the padding, then the numbers of each field, one an axis. */
        static Case of(JsonNode row) {
            int axes = (row.size() - 1) / 6;
            List<int[]> fields = new ArrayList<>();
            for (int field = 0; field < 6; field++) {
                int first = 1 + field * axes;
                fields.add(
                        row.get(first).isNull()
                                ? null
                                : IntStream.range(first, first + axes)
                                        .map(i -> row.get(i).intValue())
                                        .toArray());
            }
            return new Case(
                    row.get(0).asText().toUpperCase(Locale.ROOT),
                    fields.get(0),
                    fields.get(1),
                    fields.get(2),
                    fields.get(3),
                    fields.get(4),
                    fields.get(5));
        }

        int axes() {
            return kernel.length;
        }

        boolean isSquare() {
            return IntStream.of(kernel).distinct().count() == 1
                    && IntStream.of(strides).distinct().count() == 1
                    && (outputPadding == null
                            || IntStream.of(outputPadding).distinct().count() == 1);
        }

        String shownOutputPadding() {
            return Arrays.toString(outputPadding);
        }

        Layer layer(int filters) {
            TransposedConvolutionLayer<?> layer =
                    switch (axes()) {
                        case 1 -> Layers.conv1DTranspose(filters, kernel);
                        case 2 -> Layers.conv2DTranspose(filters, kernel);
                        default -> Layers.conv3DTranspose(filters, kernel);
                    };
            layer.strides(strides).dilationRate(dilation).padding(Padding.valueOf(padding));
            return outputPadding == null ? layer : layer.outputPadding(outputPadding);
        }
    }

    private static List<Case> cases(Goldens goldens) {
        return goldens.cases().stream().map(Case::of).toList();
    }

    private static Stream<DynamicTest> onEveryEngine(Goldens goldens) {
        int batch = goldens.document().get("batch").intValue();
        int channels = goldens.document().get("channels").intValue();
        int filters = goldens.document().get("filters").intValue();
        List<Case> cases = cases(goldens);
        INDArray outputs = goldens.array("outputs");
        List<DynamicTest> tests = new ArrayList<>();
        long first = 0;
        for (int i = 0; i < cases.size(); i++) {
            Case one = cases.get(i);
            Shape shape = withChannels(one.out(), filters).prepend(batch);
            INDArray wanted = outputs.get(NDArrayIndex.interval(first, first + shape.elements()))
                    .dup()
                    .reshape('c', shape.toLongArray());
            first += shape.elements();
            String row = goldens.cases().get(i).toString();
            EnginesUnderTest.names()
                    .forEach(engine -> tests.add(DynamicTest.dynamicTest(
                            row + ", " + engine, () -> check(one, batch, channels, filters, wanted, engine))));
        }
        assertEquals(outputs.length(), first, "number of values");
        return tests.stream();
    }

    private static void check(Case one, int batch, int channels, int filters, INDArray wanted, String engine) {
        Layer layer = one.layer(filters);
        Shape inputShape = withChannels(one.in(), channels);
        layer.build(inputShape);
        assertEquals(Shape.of(wanted.shape()).from(1), layer.outputShape());
        assign(layer, 0, 5, 13);
        assign(layer, 1, 2, 5);
        Graph graph = new Graph();
        Value input = graph.input(inputShape.prepend(batch));
        Value output = layer.call(input);
        graph.output(output);
        try (Program program = Engines.named(engine).compile(graph)) {
            program.feed(
                    input,
                    whole(input.shape(), 7, 11),
                    IntStream.range(0, batch).toArray());
            program.run();
            CLOSENESS.require("output on " + engine, wanted, program.read(output), 1e-5);
        }
    }

    private static Shape withChannels(int[] sizes, int channels) {
        return Shape.of(
                IntStream.concat(IntStream.of(sizes), IntStream.of(channels)).toArray());
    }

    private static void assign(Layer layer, int weight, int step, int modulus) {
        INDArray value = layer.parameters().get(weight).value();
        value.assign(whole(layer.parameters().get(weight).shape(), step, modulus));
    }

    /** The formula of the script: whole numbers around zero, so that sums of products are exact. */
    private static INDArray whole(Shape shape, int step, int modulus) {
        float[] values = new float[Math.toIntExact(shape.elements())];
        for (int i = 0; i < values.length; i++) {
            values[i] = (step * i + 3) % modulus - modulus / 2;
        }
        INDArray flat = Nd4j.createFromArray(values);
        return shape.rank() == 1 ? flat : flat.reshape('c', shape.toLongArray());
    }
}
