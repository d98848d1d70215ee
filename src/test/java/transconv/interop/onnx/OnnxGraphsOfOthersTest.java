package transconv.interop.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import transconv.Closeness;
import transconv.layers.Layer;
import transconv.models.Model;

/** Graphs as other exporters write them: ONNX Runtime says what is right. */
class OnnxGraphsOfOthersTest {

    private static final Closeness CLOSENESS = new Closeness();

    @TempDir
    Path folder;

    @AfterAll
    static void printWorst() {
        System.out.println("ONNX, graphs of others, " + CLOSENESS);
    }

    /** @return the types of the layers that were read */
    private List<String> check(String what, Consumer<GraphMaker> nodes, long... inputShape) throws Exception {
        GraphMaker graph = new GraphMaker();
        nodes.accept(graph.input("x", inputShape));
        graph.graph.addOutput(ValueInfoProto.newBuilder()
                .setName("y")
                .setType(GraphMaker.info("y", 1).getType().toBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder().setElemType(1))));
        Path file = graph.write(folder.resolve(what.replace(' ', '-') + ".onnx"));
        try (Model model = OnnxFile.load(file)) {
            List<INDArray> x = OnnxModels.samples(model, inputShape[0] == 0 ? 3 : (int) inputShape[0], 4);
            CLOSENESS.require(
                    what, OnnxRuntime.run(file, x).get(0), model.predict(x).get(0), 1e-5);
            return model.layers().stream().map(Layer::type).toList();
        }
    }

    private static AttributeProto ints(String name, int... values) {
        return Attributes.ints(name, values);
    }

    @Test
    void classifierWithSizesComputedByNodes() throws Exception {
        List<String> layers = check(
                "classifier",
                graph -> graph.weight("conv.w", 6, 2, 3, 3)
                        .weight("conv.b", 6)
                        .weight("fc.w", 4, 24)
                        .weight("fc.b", 4)
                        .longs("zero", 0)
                        .longs("minus", -1)
                        .longs("first", 0)
                        .node("Conv", "a", List.of("x", "conv.w", "conv.b"), ints("pads", 1, 1, 1, 1))
                        .node("Relu", "b", List.of("a"))
                        .node(
                                "MaxPool",
                                "c",
                                List.of("b"),
                                ints("kernel_shape", 3, 3),
                                ints("strides", 3, 3),
                                ints("pads", 1, 1, 1, 1))
                        .node("Shape", "s", List.of("c"))
                        .node("Gather", "n", List.of("s", "zero"))
                        .node("Concat", "t", List.of("n", "minus"), Attributes.integer("axis", 0))
                        .node("Reshape", "d", List.of("c", "t"))
                        .node(
                                "Gemm",
                                "y",
                                List.of("d", "fc.w", "fc.b"),
                                Attributes.integer("transB", 1),
                                Attributes.number("alpha", 1)),
                0,
                2,
                4,
                6);
        assertEquals(List.of("Conv2D", "ReLU", "ZeroPadding2D", "MaxPooling2D", "Flatten", "Dense"), layers);
    }

    @Test
    void groupNormalizationAsInstanceNormalization() throws Exception {
        check(
                "group norm",
                graph -> graph.longs("groups", 0, 2, -1)
                        .weight("ones", Nd4j.ones(2))
                        .weight("zeros", Nd4j.zeros(2))
                        .longs("back", 0, 6, 4, 3)
                        .weight("scale", 6, 1, 1)
                        .weight("shift", 6, 1, 1)
                        .node("Reshape", "a", List.of("x", "groups"))
                        .node("InstanceNormalization", "b", List.of("a", "ones", "zeros"))
                        .node("Reshape", "c", List.of("b", "back"))
                        .node("Mul", "d", List.of("c", "scale"))
                        .node("Add", "y", List.of("d", "shift")),
                0,
                6,
                4,
                3);
    }

    @Test
    void activationsAsSeveralNodes() throws Exception {
        List<String> gelu = check(
                "gelu",
                graph -> graph.scalar("root", 1.4142135381698608)
                        .scalar("one", 1)
                        .scalar("half", 0.5)
                        .node("Div", "a", List.of("x", "root"))
                        .node("Erf", "b", List.of("a"))
                        .node("Add", "c", List.of("b", "one"))
                        .node("Mul", "d", List.of("x", "c"))
                        .node("Mul", "y", List.of("d", "half")),
                0,
                5);
        assertEquals(List.of("Activation"), gelu);
        List<String> silu = check(
                "silu after relu",
                graph -> graph.node("Relu", "r", List.of("x"))
                        .node("Sigmoid", "s", List.of("r"))
                        .node("Mul", "y", List.of("r", "s")),
                0,
                5,
                3);
        assertEquals(List.of("ReLU", "Activation"), silu);
    }

    @Test
    void squeezeAndExcitation() throws Exception {
        check(
                "squeeze",
                graph -> graph.weight("w", 4, 4, 1, 1)
                        .node("ReduceMean", "m", List.of("x"), ints("axes", 2, 3), Attributes.integer("keepdims", 1))
                        .node("Conv", "c", List.of("m", "w"))
                        .node("HardSigmoid", "g", List.of("c"), Attributes.number("alpha", 1 / 6.0))
                        .node("Mul", "y", List.of("x", "g")),
                0,
                4,
                5,
                3);
    }

    @Test
    void tokensThroughProductsAndNorms() throws Exception {
        check(
                "tokens",
                graph -> graph.weight("w", 6, 5)
                        .weight("b", 5)
                        .weight("scale", 5)
                        .weight("shift", 5)
                        .scalar("two", 2)
                        .scalar("low", -0.25)
                        .scalar("high", 0.75)
                        .node("MatMul", "a", List.of("x", "w"))
                        .node("Add", "b1", List.of("b", "a"))
                        .node("LayerNormalization", "c", List.of("b1", "scale", "shift"))
                        .node("Div", "d", List.of("c", "two"))
                        .node("Clip", "e", List.of("d", "low", "high"))
                        .node("Transpose", "f", List.of("e"), ints("perm", 0, 2, 1))
                        .node("ReduceMean", "y", List.of("f"), ints("axes", -1), Attributes.integer("keepdims", 0)),
                0,
                4,
                6);
    }

    @Test
    void transposedConvolutionsWithEveryPadding() throws Exception {
        for (String autoPad : List.of("SAME_UPPER", "SAME_LOWER", "VALID", "NOTSET")) {
            check(
                    "auto_pad " + autoPad,
                    graph -> graph.weight("w", 4, 3, 4, 3)
                            .weight("b", 6)
                            .node(
                                    "ConvTranspose",
                                    "y",
                                    List.of("x", "w", "b"),
                                    Attributes.text("auto_pad", autoPad),
                                    Attributes.integer("group", 2),
                                    ints("strides", 3, 2)),
                    0,
                    4,
                    5,
                    3);
        }
        check(
                "output_shape",
                graph -> graph.weight("w", 2, 3, 3, 3)
                        .node(
                                "ConvTranspose",
                                "y",
                                List.of("x", "w"),
                                ints("output_shape", 8, 9),
                                ints("strides", 2, 2)),
                0,
                2,
                4,
                5);
        check(
                "dilated",
                graph -> graph.weight("w", 2, 3, 3, 2)
                        .node(
                                "ConvTranspose",
                                "y",
                                List.of("x", "w"),
                                ints("pads", 2, 0, 1, 1),
                                ints("dilations", 2, 3),
                                ints("output_padding", 1, 1),
                                ints("strides", 2, 2)),
                0,
                2,
                4,
                5);
    }

    @Test
    void convolutionsWithEveryPadding() throws Exception {
        for (String autoPad : List.of("SAME_UPPER", "SAME_LOWER", "VALID")) {
            check(
                    "conv auto_pad " + autoPad,
                    graph -> graph.weight("w", 6, 2, 4, 3)
                            .node(
                                    "Conv",
                                    "y",
                                    List.of("x", "w"),
                                    Attributes.text("auto_pad", autoPad),
                                    Attributes.integer("group", 2),
                                    ints("strides", 3, 2)),
                    0,
                    4,
                    7,
                    9);
        }
    }

    @Test
    void averagePoolsThatCountZeros() throws Exception {
        check(
                "average",
                graph -> graph.node(
                        "AveragePool",
                        "y",
                        List.of("x"),
                        ints("kernel_shape", 3, 2),
                        ints("strides", 2, 1),
                        ints("pads", 1, 0, 1, 1),
                        Attributes.integer("count_include_pad", 1)),
                0,
                3,
                6,
                5);
    }

    /** Exporters that were not told otherwise write down the one sample they were shown. */
    @Test
    void fixedNumberOfSamples() throws Exception {
        List<String> layers = check(
                "fixed",
                graph -> graph.longs("shape", 1, 12)
                        .weight("w", 12, 3)
                        .node("Reshape", "a", List.of("x", "shape"))
                        .node("MatMul", "y", List.of("a", "w")),
                1,
                3,
                4);
        assertEquals(List.of("Flatten", "Dense"), layers);
    }

    @Test
    void resizedAsTorchDoes() throws Exception {
        for (String[] mode : new String[][] {
            {"nearest", "asymmetric", "floor"},
            {"linear", "half_pixel", "floor"},
            {"linear", "pytorch_half_pixel", "floor"},
            {"linear", "align_corners", "floor"}
        }) {
            check(
                    "resize " + String.join(" ", mode),
                    graph -> graph.weight("scales", Nd4j.createFromArray(1f, 1f, 2f, 3f))
                            .node(
                                    "Resize",
                                    "y",
                                    List.of("x", "", "scales"),
                                    Attributes.text("mode", mode[0]),
                                    Attributes.text("coordinate_transformation_mode", mode[1]),
                                    Attributes.text("nearest_mode", mode[2]),
                                    Attributes.number("cubic_coeff_a", -0.75)),
                    0,
                    2,
                    4,
                    3);
        }
    }
}
