package transconv.interop.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import transconv.layers.Input;
import transconv.layers.Layers;
import transconv.layers.Tensor;
import transconv.models.Model;

/** Reads a graph, node after node, into a model. Errors name node or field; the caller adds the file. */
final class GraphReader {

    private static final int MOST_NODES = 100_000;

    private final GraphProto graph;
    private final long opset;
    private final LayerDrawer layers;
    private final Formulas formulas;
    private final Map<String, Object> values = new HashMap<>();
    private final List<Input> inputs = new ArrayList<>();
    private long samples = Numbers.SAMPLES;

    /** @param mostBytes that the weights may have together */
    GraphReader(GraphProto graph, long opset, long mostBytes) {
        this.graph = graph;
        this.opset = opset;
        this.layers = new LayerDrawer(mostBytes);
        this.formulas = new Formulas(layers);
    }

    Model read() {
        if (graph.getSparseInitializerCount() > 0) {
            throw new IllegalArgumentException("graph.sparse_initializer: there are %d; only dense ones are read"
                    .formatted(graph.getSparseInitializerCount()));
        }
        if (graph.getNodeCount() > MOST_NODES) {
            throw new IllegalArgumentException(
                    "graph.node: there are %,d; up to %,d are read".formatted(graph.getNodeCount(), MOST_NODES));
        }
        for (TensorProto tensor : graph.getInitializerList()) {
            put(tensor.getName(), Numbers.of(tensor), "graph.initializer");
        }
        for (ValueInfoProto input : graph.getInputList()) {
            // older files list the initializers as inputs too
            if (!values.containsKey(input.getName())) {
                values.put(input.getName(), new Drawn(input(input), false));
            }
        }
        for (int i = 0; i < graph.getNodeCount(); i++) {
            read(graph.getNode(i), i);
        }
        return model();
    }

    private void put(String name, Object value, String field) {
        if (name.isEmpty() || values.putIfAbsent(name, value) != null) {
            throw new IllegalArgumentException("%s: '%s' is %s; every tensor needs a name of its own"
                    .formatted(field, name, name.isEmpty() ? "no name" : "there twice"));
        }
    }

    private Input input(ValueInfoProto info) {
        String place = "graph.input '%s'".formatted(info.getName());
        if (info.getName().isBlank() || !info.getType().hasTensorType()) {
            throw new IllegalArgumentException("%s: type; it must be a tensor with a name".formatted(place));
        }
        int type = info.getType().getTensorType().getElemType();
        boolean isIndex = type == DataType.INT64_VALUE || type == DataType.INT32_VALUE;
        if (type != DataType.FLOAT_VALUE && !isIndex) {
            throw new IllegalArgumentException("%s: elem_type=%s; it must be float, or int64 for indices"
                    .formatted(place, Numbers.typeName(type)));
        }
        List<Dimension> dims = info.getType().getTensorType().getShape().getDimList();
        if (dims.isEmpty() || dims.size() > 8) {
            throw new IllegalArgumentException(
                    "%s: shape has %d axes; it must have 1 to 8, the first that of the samples"
                            .formatted(place, dims.size()));
        }
        if (dims.get(0).getDimValue() > 0) {
            samples = dims.get(0).getDimValue();
        }
        int[] sizes = IntStream.range(1, dims.size())
                .map(axis -> size(place, dims, axis))
                .toArray();
        String name = String.join(
                ".",
                List.of(info.getName().split("/")).stream()
                        .filter(part -> !part.isBlank())
                        .toList());
        return add(place, sizes, name.isBlank() ? "input_layer" : name);
    }

    private static int size(String place, List<Dimension> dims, int axis) {
        long size = dims.get(axis).getDimValue();
        if (size < 1 || size > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "%s: axis %d is %s; only the samples' axis 0 may be open, export it with sizes"
                            .formatted(place, axis, size == 0 ? "open" : String.valueOf(size)));
        }
        return (int) size;
    }

    private Input add(String place, int[] sizes, String name) {
        try {
            Input input = Layers.input(sizes).name(layers.unique(name));
            inputs.add(input);
            return input;
        } catch (IllegalArgumentException refused) {
            throw new IllegalArgumentException("%s: %s".formatted(place, refused.getMessage()), refused);
        }
    }

    private void read(NodeProto node, int index) {
        String place = "node '%s' (%s)"
                .formatted(node.getName().isEmpty() ? "number " + index : node.getName(), node.getOpType());
        try {
            if (!node.getDomain().isEmpty() && !node.getDomain().equals("ai.onnx")) {
                throw new IllegalArgumentException(
                        "domain='%s'; only the operators of ONNX itself are read".formatted(node.getDomain()));
            }
            if (node.getOutputCount() < 1) {
                throw new IllegalArgumentException("output: there is none");
            }
            List<Object> given = new ArrayList<>();
            for (String name : node.getInputList()) {
                Object value = name.isEmpty() ? null : values.get(name);
                if (value == null && !name.isEmpty()) {
                    throw new IllegalArgumentException(
                            "input '%s' is no initializer, no input of the graph and no output of a node before it"
                                    .formatted(name));
                }
                given.add(value);
            }
            put(
                    node.getOutput(0),
                    new NodeReader(layers, formulas, new OnnxNode(node, opset, given), samples).read(),
                    "output");
        } catch (RuntimeException refused) {
            // what a damaged node asks for, no layer has a message for
            throw new IllegalArgumentException("%s: %s".formatted(place, refused.getMessage()), refused);
        }
    }

    private Model model() {
        if (graph.getOutputCount() == 0 || inputs.isEmpty()) {
            throw new IllegalArgumentException(
                    "graph.%s: there is none".formatted(inputs.isEmpty() ? "input" : "output"));
        }
        List<Tensor> outputs = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (ValueInfoProto output : graph.getOutputList()) {
            String place = "graph.output '%s'".formatted(output.getName());
            Object value = values.get(output.getName());
            if (!(value instanceof Drawn drawn) || !names.add(output.getName())) {
                throw new IllegalArgumentException("%s: no node computes it, or it is there twice".formatted(place));
            }
            try {
                outputs.add(layers.plain(null, formulas.settled(drawn)));
            } catch (IllegalArgumentException refused) {
                throw new IllegalArgumentException("%s: %s".formatted(place, refused.getMessage()), refused);
            }
        }
        return new Model(inputs, outputs);
    }
}
