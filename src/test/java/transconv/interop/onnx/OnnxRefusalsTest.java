package transconv.interop.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import transconv.models.file.ModelFileException;

/** What is not read is refused by file, node or field, value and way out. */
class OnnxRefusalsTest {

    @TempDir
    Path folder;

    private static GraphMaker small() {
        return new GraphMaker().input("x", 0, 2, 6, 5);
    }

    private static GraphMaker convolution(String operator, AttributeProto... attributes) {
        return small().weight("w", 2, 3, 3, 3)
                .node(operator, "y", List.of("x", "w"), attributes)
                .output("y");
    }

    private static GraphMaker one(String operator, AttributeProto... attributes) {
        return small().node(operator, "y", List.of("x"), attributes).output("y");
    }

    private static Map<String, GraphMaker> graphs() {
        Map<String, GraphMaker> graphs = new LinkedHashMap<>();
        graphs.put("node 'y_node' (LSTM): there is no layer for this operator; see OnnxFile for", one("LSTM"));
        GraphMaker custom = one("Relu");
        custom.graph.setNode(0, custom.graph.getNode(0).toBuilder().setDomain("com.example"));
        graphs.put("node 'y_node' (Relu): domain='com.example'; only the operators of ONNX itself are read", custom);
        graphs.put(
                "node 'y_node' (If): attribute 'then_branch' is a subgraph; only plain nodes are read",
                one(
                        "If",
                        AttributeProto.newBuilder()
                                .setName("then_branch")
                                .setType(AttributeType.GRAPH)
                                .setG(GraphProto.newBuilder())
                                .build()));
        GraphMaker functions = one("Relu");
        functions.model.addFunctions(FunctionProto.newBuilder().setName("mine"));
        graphs.put("functions: there are 1, the first is 'mine'; export the model with its functions", functions);
        GraphMaker external = small().node("Relu", "y", List.of("x")).output("y");
        external.graph.addInitializer(TensorProto.newBuilder()
                .setName("w")
                .setDataType(1)
                .addDims(4)
                .setDataLocation(TensorProto.DataLocation.EXTERNAL)
                .addExternalData(
                        StringStringEntryProto.newBuilder().setKey("location").setValue("../../etc/passwd")));
        graphs.put("tensor 'w': data_location=EXTERNAL; another file is never opened", external);
        GraphMaker huge = small().node("Relu", "y", List.of("x")).output("y");
        huge.graph.addInitializer(TensorProto.newBuilder()
                .setName("w")
                .setDataType(1)
                .addDims(1 << 20)
                .addDims(1 << 20));
        graphs.put("tensor 'w': dims=[1048576, 1048576]; every axis must be at least 1 long", huge);
        GraphMaker cutShort = small().node("Relu", "y", List.of("x")).output("y");
        cutShort.graph.addInitializer(TensorProto.newBuilder()
                .setName("w")
                .setDataType(1)
                .addDims(1000)
                .addFloatData(1));
        graphs.put("tensor 'w': dims=[1000] need 4,000 bytes of FLOAT, it holds 4", cutShort);
        GraphMaker half = small().node("Relu", "y", List.of("x")).output("y");
        half.graph.addInitializer(
                TensorProto.newBuilder().setName("w").setDataType(10).addDims(1));
        graphs.put("tensor 'w': data_type=FLOAT16; float32, double, int64, int32 and bool are read", half);
        graphs.put(
                "node 'y_node' (Conv): input 'w' is no initializer, no input of the graph and no output of a node",
                small().node("Conv", "y", List.of("x", "w")).output("y"));
        graphs.put(
                "node 'a_node' (Add): input 'b' is no initializer, no input of the graph and no output of a node"
                        + " before",
                small().node("Add", "a", List.of("x", "b"))
                        .node("Relu", "b", List.of("a"))
                        .output("b"));
        graphs.put("graph.output 'z': no node computes it", one("Relu").output("z"));
        graphs.put(
                "opset_import: version=9; operator sets 11 to 26 are read",
                one("Relu").opset(9));
        graphs.put(
                "graph.input 'x': axis 2 is open; only the samples' axis 0 may be open",
                new GraphMaker()
                        .input("x", 0, 3, 0)
                        .node("Relu", "y", List.of("x"))
                        .output("y"));
        graphs.put(
                "graph.input 'x': Shape [2000000000, 2000000000]: more than",
                new GraphMaker()
                        .input("x", 0, 2_000_000_000, 2_000_000_000)
                        .node("Relu", "y", List.of("x"))
                        .output("y"));
        GraphMaker text = new GraphMaker().node("Relu", "y", List.of("x")).output("y");
        text.graph.addInput(GraphMaker.info("x", 8, 0, 3));
        graphs.put("graph.input 'x': elem_type=STRING; it must be float, or int64 for indices", text);
        return graphs;
    }

    private static Map<String, GraphMaker> settings() {
        Map<String, GraphMaker> graphs = new LinkedHashMap<>();
        graphs.put(
                "node 'y_node' (ConvTranspose): ONNX: output_padding=4 must be smaller than strides=2",
                convolution(
                        "ConvTranspose", Attributes.ints("output_padding", 4, 0), Attributes.ints("strides", 2, 2)));
        graphs.put(
                "node 'y_node' (ConvTranspose): auto_pad='MOST' must be one of [NOTSET",
                convolution("ConvTranspose", Attributes.text("auto_pad", "MOST")));
        graphs.put(
                "node 'y_node' (ConvTranspose): strides=[2] has 1 numbers; an input with 2 axes of positions needs 2",
                convolution("ConvTranspose", Attributes.ints("strides", 2)));
        graphs.put(
                "node 'y_node' (ConvTranspose): pads=[-1, 0, 0, 0] must be at least 0",
                convolution("ConvTranspose", Attributes.ints("pads", -1, 0, 0, 0)));
        graphs.put(
                "node 'y_node' (ConvTranspose): attribute 'strides' is of type INT; it must be INTS",
                convolution("ConvTranspose", Attributes.integer("strides", 2)));
        graphs.put(
                "node 'y_node' (ConvTranspose): attribute 'speed' is not known of this operator",
                convolution("ConvTranspose", Attributes.integer("speed", 2)));
        graphs.put("node 'y_node' (Conv): W 'w' is numbers", convolution("Conv", Attributes.integer("group", 1)));
        graphs.put(
                "node 'y_node' (MaxPool): dilations=[2, 2] must be 1: pools here are not dilated",
                one("MaxPool", Attributes.ints("kernel_shape", 2, 2), Attributes.ints("dilations", 2, 2)));
        graphs.put(
                "is not one of Keras' paddings, VALID and SAME, which pools here have; pad by an operator Pad",
                one(
                        "MaxPool",
                        Attributes.ints("kernel_shape", 3, 3),
                        Attributes.ints("pads", 1, 1, 1, 1),
                        Attributes.ints("strides", 2, 2)));
        graphs.put(
                "node 'y_node' (Transpose): perm=[1, 0, 2, 3] moves the samples",
                one("Transpose", Attributes.ints("perm", 1, 0, 2, 3)));
        graphs.put(
                "node 'y_node' (Reshape): shape=[2, 30] of samples of shape (2, 6, 5); axis 0 must stay",
                small().longs("s", 2, 30)
                        .node("Reshape", "y", List.of("x", "s"))
                        .output("y"));
        graphs.put("formula at node 'y_node' (Sqrt): no layer computes Sqrt(x) of x", one("Sqrt"));
        graphs.put(
                "node 'y_node' (Flatten): axis=2 must be 1; the samples must stay on axis 0",
                one("Flatten", Attributes.integer("axis", 2)));
        return graphs;
    }

    @TestFactory
    Stream<DynamicTest> refused() {
        return Stream.of(graphs(), settings())
                .flatMap(each -> each.entrySet().stream())
                .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> {
                    Path file = entry.getValue().write(folder.resolve("m.onnx"));
                    String message = message(file);
                    assertTrue(message.startsWith(file + ": "), message);
                    assertTrue(message.contains(entry.getKey()), message);
                }));
    }

    private static String message(Path file) {
        return assertThrows(ModelFileException.class, () -> OnnxFile.load(file)).getMessage();
    }

    @Test
    void cutOffAndForeignFiles() throws IOException {
        byte[] whole = convolution("ConvTranspose").bytes();
        Path cut = Files.write(folder.resolve("cut.onnx"), Arrays.copyOf(whole, whole.length / 2));
        assertTrue(message(cut).startsWith(cut + ": it is no ONNX model, or damaged or cut off"), message(cut));
        Path empty = Files.write(folder.resolve("empty.onnx"), new byte[0]);
        assertEquals(empty + ": graph: there is none; this is no ONNX model", message(empty));
    }

    /** Each node reads the one before it twice: formulas of formulas, which as one text would never end. */
    private Path chain(int length) throws IOException {
        GraphMaker graph = small();
        String last = "x";
        for (int i = 0; i < length; i++) {
            graph.node("Add", "n" + i, List.of(last, last));
            last = "n" + i;
        }
        return graph.output(last).write(folder.resolve("chain.onnx"));
    }

    @Test
    void longChains() throws IOException {
        assertEquals(200, OnnxFile.load(chain(200)).layers().size());
        Path tooLong = chain(5_000);
        assertEquals(
                tooLong + ": graph.node: too many nodes depend on each other in a row; cut the model into several",
                message(tooLong));
    }

    @Test
    void aNodeOfAFunctionIsRefused() {
        NodeProto node = NodeProto.newBuilder()
                .setOpType("Elu")
                .addOutput("y")
                .addAttribute(AttributeProto.newBuilder().setName("alpha").setRefAttrName("outer"))
                .build();
        String message = assertThrows(IllegalArgumentException.class, () -> new OnnxNode(node, 21, List.of()))
                .getMessage();
        assertTrue(message.startsWith("attribute 'alpha' is a reference"), message);
    }
}
