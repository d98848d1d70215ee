package transconv.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import transconv.Closeness;
import transconv.EnginesUnderTest;
import transconv.engines.Engines;
import transconv.engines.Program;
import transconv.ops.Graph;
import transconv.ops.Value;
import transconv.reference.Convolution;
import transconv.shape.Shape;

/**
 * Strides and dilation together, which Keras refuses: against the loops of {@code reference} with PyTorch's formula for
 * the size, on every engine.
 */
class StridesWithDilationTest {

    private static final Closeness CLOSENESS = new Closeness();
    private static final int BATCH = 2;
    private static final int CHANNELS = 4;
    private static final int FILTERS = 6;
    private static final int GROUPS = 2;

    @AfterAll
    static void printWorst() {
        System.out.println("strides with dilation, " + CLOSENESS);
    }

    /** The arguments of three axes; those in front that a layer has not are of length one. */
    private record Case(int[] size, int[] kernel, int[] strides, int[] dilation, int[] padding, int[] added) {

        /** torch.nn.ConvTranspose2d: (i - 1) stride - 2 padding + dilation (kernel - 1) + output_padding + 1. */
        int[] output() {
            return IntStream.range(0, 3)
                    .map(a ->
                            (size[a] - 1) * strides[a] - 2 * padding[a] + dilation[a] * (kernel[a] - 1) + added[a] + 1)
                    .toArray();
        }
    }

    private static List<Case> cases(int axes) {
        List<Case> cases = new ArrayList<>();
        for (int kernel = 1; kernel <= 4; kernel++) {
            for (int strides = 2; strides <= 4; strides++) {
                for (int dilation = 2; dilation <= 3; dilation++) {
                    for (int padding = 0; padding <= 1; padding++) {
                        for (int added : new int[] {0, Math.max(strides, dilation) - 1}) {
                            cases.add(new Case(
                                    axes == 1 ? new int[] {1, 1, 5} : new int[] {1, 4, 3},
                                    onAxes(axes, kernel % 4 + 1, kernel),
                                    onAxes(axes, 6 - strides, strides),
                                    onAxes(axes, 5 - dilation, dilation),
                                    axes == 1 ? new int[] {0, 0, padding} : new int[] {0, 1 - padding, padding},
                                    axes == 1 ? new int[] {0, 0, added} : new int[] {0, added == 0 ? 1 : 0, added}));
                        }
                    }
                }
            }
        }
        return cases;
    }

    private static int[] onAxes(int axes, int height, int width) {
        return new int[] {1, axes == 1 ? 1 : height, width};
    }

    @TestFactory
    Stream<DynamicTest> transposedConvolution() {
        return IntStream.rangeClosed(1, 2).boxed().flatMap(axes -> cases(axes).stream()
                .flatMap(one -> EnginesUnderTest.names()
                        .map(engine -> DynamicTest.dynamicTest(
                                "%d-D kernel %s strides %s dilation %s padding %s added %s, %s"
                                        .formatted(
                                                axes,
                                                Arrays.toString(one.kernel),
                                                Arrays.toString(one.strides),
                                                Arrays.toString(one.dilation),
                                                Arrays.toString(one.padding),
                                                Arrays.toString(one.added),
                                                engine),
                                () -> check(one, axes, engine)))));
    }

    private static void check(Case one, int axes, String engine) {
        int[] kernel = last(axes, one.kernel);
        TransposedConvolutionLayer<?> layer =
                axes == 1 ? Layers.conv1DTranspose(FILTERS, kernel) : Layers.conv2DTranspose(FILTERS, kernel);
        layer.strides(last(axes, one.strides))
                .dilationRate(last(axes, one.dilation))
                .padding(last(axes, one.padding), last(axes, one.padding))
                .outputPadding(last(axes, one.added))
                .groups(GROUPS)
                .useBias(false);
        Shape inputShape = withChannels(last(axes, one.size), CHANNELS);
        assertThrows(IllegalArgumentException.class, () -> layer.outputShape(inputShape), "Keras refuses it");
        layer.rule(Rule.PYTORCH).build(inputShape);
        Shape outputShape = withChannels(last(axes, one.output()), FILTERS);
        assertEquals(outputShape, layer.outputShape());

        Random random = new Random(7);
        Shape kernelShape = layer.parameters().get(0).shape();
        double[] x = drawn(random, inputShape.elements() * BATCH);
        double[] weight = drawn(random, kernelShape.elements());
        Convolution reference = new Convolution(
                BATCH,
                FILTERS,
                CHANNELS,
                GROUPS,
                one.output(),
                one.size,
                one.kernel,
                one.strides,
                one.dilation,
                one.padding);
        layer.parameters().get(0).value().assign(array(weight, kernelShape));
        Graph graph = new Graph();
        Value input = graph.input(inputShape.prepend(BATCH));
        Value output = layer.call(input);
        graph.output(output);
        try (Program program = Engines.named(engine).compile(graph)) {
            program.feed(
                    input, array(x, input.shape()), IntStream.range(0, BATCH).toArray());
            program.run();
            CLOSENESS.require(
                    "output on " + engine,
                    reference.transpose(x, weight),
                    program.read(output).dup('c').data().asDouble(),
                    1e-5);
        }
    }

    private static int[] last(int axes, int[] three) {
        return Arrays.copyOfRange(three, 3 - axes, 3);
    }

    private static Shape withChannels(int[] sizes, int channels) {
        return Shape.of(
                IntStream.concat(IntStream.of(sizes), IntStream.of(channels)).toArray());
    }

    private static double[] drawn(Random random, int count) {
        return random.ints(count, -24, 25).mapToDouble(value -> value / 16.0).toArray();
    }

    private static INDArray array(double[] values, Shape shape) {
        return Nd4j.createFromArray(values)
                .castTo(org.nd4j.linalg.api.buffer.DataType.FLOAT)
                .reshape('c', shape.toLongArray());
    }
}
