package transconv.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static transconv.layers.Layers.conv1D;
import static transconv.layers.Layers.conv1DTranspose;
import static transconv.layers.Layers.conv2D;
import static transconv.layers.Layers.conv2DTranspose;
import static transconv.layers.Layers.conv3D;
import static transconv.layers.Layers.conv3DTranspose;
import static transconv.layers.Layers.depthwiseConv2D;
import static transconv.layers.Layers.separableConv2D;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import transconv.EnginesUnderTest;
import transconv.engines.Engines;
import transconv.engines.Program;
import transconv.ops.Graph;
import transconv.ops.Value;
import transconv.shape.Padding;
import transconv.shape.Shape;

/** What the arguments of convolutions mean beyond Keras, by values worked out by hand, and what is refused. */
class ConvolutionFamilyTest {

    /** One channel in, one filter, no bias: the outputs of all engines, which must agree. */
    private static List<Double> outputs(Layer layer, double[] kernel, double... input) {
        Shape shape = Shape.of(1, input.length, 1);
        layer.build(shape.from(1));
        layer.parameters()
                .get(0)
                .value()
                .assign(Nd4j.createFromArray(kernel)
                        .reshape('c', layer.parameters().get(0).shape().toLongArray()));
        List<List<Double>> each = EnginesUnderTest.names()
                .map(engine -> {
                    Graph graph = new Graph();
                    Value x = graph.input(shape);
                    Value y = layer.call(x);
                    graph.output(y);
                    try (Program program = Engines.named(engine).compile(graph)) {
                        program.feed(
                                x,
                                Nd4j.createFromArray(input)
                                        .castTo(org.nd4j.linalg.api.buffer.DataType.FLOAT)
                                        .reshape('c', shape.toLongArray()),
                                new int[] {0});
                        program.run();
                        INDArray read = program.read(y);
                        return IntStream.range(0, (int) read.length())
                                .mapToObj(i -> read.getDouble(i))
                                .toList();
                    }
                })
                .toList();
        each.forEach(outputs -> assertEquals(each.get(0), outputs));
        return each.get(0);
    }

    private static Conv1DTranspose transposed(int kernelSize) {
        return conv1DTranspose(1, kernelSize).useBias(false);
    }

    private static final double[] KERNEL = {1, 10, 100};

    /** 1, 2 and 3, each 2 apart, stamped by (1, 10, 100): the full result from which the cases below cut. */
    @Test
    void transposedConvolutionStampsTheKernel() {
        assertEquals(
                List.of(1., 10., 102., 20., 203., 30., 300.),
                outputs(transposed(3).strides(2), KERNEL, 1, 2, 3));
    }

    @Test
    void explicitPaddingCutsTheEndsOfATransposedConvolution() {
        assertEquals(
                List.of(102., 20., 203., 30.), outputs(transposed(3).strides(2).padding(2, 1), KERNEL, 1, 2, 3));
        assertEquals(
                List.of(1., 10., 102., 20.), outputs(transposed(3).strides(2).padding(0, 3), KERNEL, 1, 2, 3));
        assertEquals(
                List.of(102., 20., 203., 30., 300., 0.),
                outputs(transposed(3).strides(2).padding(2, 0).outputPadding(1), KERNEL, 1, 2, 3));
    }

    @Test
    void explicitPaddingAddsZerosToTheInputOfAConvolution() {
        assertEquals(
                List.of(100., 210., 321.), outputs(conv1D(1, 3).useBias(false).padding(2, 0), KERNEL, 1, 2, 3));
        assertEquals(List.of(321., 32., 3.), outputs(conv1D(1, 3).useBias(false).padding(0, 2), KERNEL, 1, 2, 3));
    }

    @Test
    void causalPaddingNeverLooksAhead() {
        assertEquals(
                List.of(100., 210., 321., 432.),
                outputs(conv1D(1, 3).useBias(false).causal(), KERNEL, 1, 2, 3, 4));
        assertEquals(
                List.of(100., 200., 310., 420., 531.),
                outputs(conv1D(1, 3).useBias(false).dilationRate(2).causal(), KERNEL, 1, 2, 3, 4, 5));
        assertEquals(
                List.of(321., 432.),
                outputs(conv1D(1, 3).useBias(false).causal().padding(Padding.VALID), KERNEL, 1, 2, 3, 4));
    }

    @Test
    void strideAndDilationTogetherByPyTorchsRule() {
        assertEquals(
                List.of(1., 0., 12., 0., 123., 0., 230., 0., 300.),
                outputs(transposed(3).strides(2).dilationRate(2).rule(Rule.PYTORCH), KERNEL, 1, 2, 3));
        assertEquals(
                List.of(531.),
                outputs(
                        conv1D(1, 3).useBias(false).strides(2).dilationRate(2).rule(Rule.PYTORCH),
                        KERNEL,
                        1,
                        2,
                        3,
                        4,
                        5));
    }

    @Test
    void outputSizeChoosesAmongTheSizesThatTheConvolutionMapsBack() {
        assertEquals(
                List.of(1., 10., 102., 20., 203., 30., 300., 0.),
                outputs(transposed(3).strides(2).outputSize(8), KERNEL, 1, 2, 3));
        assertEquals(
                List.of(10., 102., 20., 203., 30.),
                outputs(transposed(3).strides(2).padding(1, 1).outputSize(5), KERNEL, 1, 2, 3));
        // Keras' SAME: one position is cropped of 7 to reach 6, two to reach 5; the odd one at the end.
        assertEquals(
                List.of(1., 10., 102., 20., 203., 30.),
                outputs(transposed(3).strides(2).padding(Padding.SAME).outputSize(6), KERNEL, 1, 2, 3));
        assertEquals(
                List.of(10., 102., 20., 203., 30.),
                outputs(transposed(3).strides(2).padding(Padding.SAME).outputSize(5), KERNEL, 1, 2, 3));
    }

    @Test
    void everyOutputSizeOfATransposedConvolutionIsMappedBackByTheConvolution() {
        int tried = 0;
        for (int kernel = 1; kernel <= 4; kernel++) {
            for (int stride = 1; stride <= 4; stride++) {
                for (Padding padding : Padding.values()) {
                    for (int size = 1; size <= 20; size++) {
                        int wanted = size;
                        Conv1DTranspose layer = transposed(kernel)
                                .strides(stride)
                                .padding(padding)
                                .outputSize(size);
                        Conv1D convolution = conv1D(1, kernel).strides(stride).padding(padding);
                        boolean mapped = (padding == Padding.SAME || size >= kernel)
                                && convolution.outputShape(Shape.of(size, 1)).size(0) == 3;
                        if (mapped) {
                            assertEquals(
                                    wanted, layer.outputShape(Shape.of(3, 1)).size(0));
                            tried++;
                        } else {
                            assertThrows(IllegalArgumentException.class, () -> layer.outputShape(Shape.of(3, 1)));
                        }
                    }
                }
            }
        }
        assertEquals(80, tried);
    }

    /** ConvTranspose: the odd cropped position goes last for SAME_UPPER and first where output_shape stands alone. */
    @Test
    void onnxDerivesThePaddingFromTheOutputSize() {
        assertEquals(
                List.of(1., 10., 102., 20., 203., 30.),
                outputs(transposed(3).strides(2).padding(Padding.SAME).rule(Rule.ONNX), KERNEL, 1, 2, 3));
        assertEquals(
                List.of(10., 102., 20., 203., 30., 300.),
                outputs(transposed(3).strides(2).outputSize(6).rule(Rule.ONNX), KERNEL, 1, 2, 3));
        assertEquals(
                List.of(102., 20., 203.),
                outputs(transposed(3).strides(2).outputSize(3).rule(Rule.ONNX), KERNEL, 1, 2, 3));
        // No padding is negative: a kernel below the stride leaves SAME shorter than size * strides, as in ONNX
        // Runtime.
        assertEquals(
                Shape.of(10, 1),
                conv1DTranspose(1, 2)
                        .strides(4)
                        .padding(Padding.SAME)
                        .rule(Rule.ONNX)
                        .outputShape(Shape.of(3, 1)));
    }

    @Test
    void defaultOutputPaddingIsTheRules() {
        // Keras fills up to the stride; PyTorch and ONNX do not.
        assertEquals(Shape.of(12, 1), conv1DTranspose(1, 2).strides(4).outputShape(Shape.of(3, 1)));
        assertEquals(
                Shape.of(10, 1),
                conv1DTranspose(1, 2).strides(4).rule(Rule.PYTORCH).outputShape(Shape.of(3, 1)));
        assertEquals(
                Shape.of(10, 1), conv1DTranspose(1, 2).strides(4).padding(0, 0).outputShape(Shape.of(3, 1)));
    }

    @Test
    void paddingOfEachAxis() {
        assertEquals(
                Shape.of(7, 9, 2),
                conv2D(2, 3, 2).padding(new int[] {1, 2}, new int[] {2, 3}).outputShape(Shape.of(6, 5, 1)));
        assertEquals(
                Shape.of(5, 1, 2),
                conv2DTranspose(2, 3, 2)
                        .padding(new int[] {1, 2}, new int[] {2, 3})
                        .outputShape(Shape.of(6, 5, 1)));
    }

    @Test
    void namesAreThoseOfKeras() {
        List<Layer> layers = List.of(
                conv1D(1, 1),
                conv2D(1, 1),
                conv3D(1, 1),
                conv1DTranspose(1, 1),
                conv2DTranspose(1, 1),
                conv3DTranspose(1, 1),
                depthwiseConv2D(1),
                separableConv2D(1, 1),
                Layers.dense(1),
                Layers.flatten(),
                Layers.reshape(1));
        assertEquals(
                List.of(
                        "conv1d",
                        "conv2d",
                        "conv3d",
                        "conv1d_transpose",
                        "conv2d_transpose",
                        "conv3d_transpose",
                        "depthwise_conv2d",
                        "separable_conv2d",
                        "dense",
                        "flatten",
                        "reshape"),
                layers.stream().map(Layer::baseName).toList());
    }

    private static void refused(org.junit.jupiter.api.function.Executable use, String... named) {
        IllegalArgumentException refusal = assertThrows(IllegalArgumentException.class, use);
        Arrays.stream(named)
                .forEach(part -> assertTrue(
                        refusal.getMessage().contains(part), () -> "'" + part + "' in: " + refusal.getMessage()));
    }

    @Test
    void wrongGroups() {
        refused(() -> conv1D(3, 2).groups(2), "conv1d:", "groups=2", "filters=3");
        refused(() -> conv1D(4, 2).groups(0), "groups=0", "at least 1");
        refused(() -> conv1D(4, 2).groups(2).build(Shape.of(5, 3)), "conv1d:", "(5, 3)", "3 channels", "groups=2");
        refused(() -> conv3DTranspose(4, 2).groups(4).build(Shape.of(2, 2, 2, 6)), "6 channels", "groups=4");
        refused(() -> depthwiseConv2D(2).depthMultiplier(0), "depthMultiplier=0", "at least 1");
    }

    @Test
    void wrongPadding() {
        refused(() -> conv2D(1, 2).padding(-1, 0), "padding begin=-1", "at least 0");
        refused(
                () -> conv2D(1, 2).padding(new int[] {0, 0}, new int[] {1, 1, 1}),
                "padding end=[1, 1, 1]",
                "give one for all axes or 2");
        refused(
                () -> conv1D(1, 5).padding(1, 1).build(Shape.of(2, 1)),
                "input size 2",
                "padding(1, 1)",
                "extent 5",
                "more padding");
        refused(
                () -> conv1DTranspose(1, 3).padding(3, 2).build(Shape.of(3, 1)),
                "padding(3, 2)",
                "output size 0",
                "less padding");
        refused(
                () -> conv1DTranspose(1, 3)
                        .padding(Padding.SAME)
                        .rule(Rule.PYTORCH)
                        .build(Shape.of(3, 1)),
                "padding=SAME",
                "PyTorch",
                "rule(Rule.KERAS)");
        refused(
                () -> conv1D(1, 3)
                        .strides(2)
                        .padding(Padding.SAME)
                        .rule(Rule.PYTORCH)
                        .build(Shape.of(3, 1)),
                "padding=SAME",
                "strides=[2]");
    }

    @Test
    void wrongSizesAndOutputPadding() {
        refused(() -> transposed(3).strides(2).outputSize(11).build(Shape.of(4, 1)), "outputSize=11", "sizes 9 to 10");
        refused(() -> transposed(3).outputSize(7).build(Shape.of(4, 1)), "outputSize=7", "size 6 alone");
        refused(
                () -> transposed(3).strides(2).outputSize(9).outputPadding(1).build(Shape.of(4, 1)),
                "outputSize=[9]",
                "outputPadding=[1]",
                "leave one out");
        refused(
                () -> transposed(3)
                        .strides(2)
                        .dilationRate(2)
                        .outputPadding(2)
                        .rule(Rule.PYTORCH)
                        .build(Shape.of(4, 1)),
                "outputPadding=[2]",
                "dilationRate=[2]");
        refused(
                () -> transposed(3).outputSize(9).padding(1, 1).rule(Rule.ONNX).build(Shape.of(4, 1)),
                "outputSize=[9]",
                "padding(begin, end)");
    }

    @Test
    void stridesWithDilationByKerasRule() {
        refused(
                () -> conv3D(1, 2).strides(1, 2, 1).dilationRate(1, 1, 2).build(Shape.of(5, 5, 5, 1)),
                "strides=[1, 2, 1]",
                "dilationRate=[1, 1, 2]",
                "set the other to 1",
                "rule(Rule.PYTORCH)");
        assertEquals(
                Shape.of(2, 3, 1),
                depthwiseConv2D(2).strides(2, 1).dilationRate(2).outputShape(Shape.of(5, 5, 1)));
    }

    @Test
    void inputOfAnotherRank() {
        refused(() -> conv1D(1, 2).build(Shape.of(5, 5, 1)), "(5, 5, 1) has 3 axes; it needs 2: (steps, channels)");
        refused(() -> conv3DTranspose(1, 2).build(Shape.of(5, 5, 1)), "needs 4: (depth, height, width, channels)");
        refused(
                () -> separableConv2D(1, 2).build(Shape.of(5, 1)),
                "separable_conv2d:",
                "needs 3: (height, width, channels)");
    }
}
