package transconv.interop.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import transconv.layers.Input;
import transconv.layers.Node;
import transconv.layers.Tensor;
import transconv.models.Model;
import transconv.shape.Shape;

/** Writes a model's layers in order of computation, those of nested models among them. */
final class ModelWriter {

    /** Any number: samples do not mix, and axis 0 is written as an open one. */
    private static final int BATCH = 2;

    private final GraphWriter writer = new GraphWriter();

    ModelProto write(Model model) {
        List<Form> inputs = model.inputs().stream().map(this::input).toList();
        Set<String> taken = new HashSet<>();
        writer.graph.getInputList().forEach(input -> taken.add(input.getName()));
        for (Form output : outputs(model, inputs)) {
            String name = output.plain();
            boolean isAlone = taken.add(name) && !output.isConstant();
            writer.scope(model.label());
            name = isAlone ? name : writer.node("Identity", List.of(name));
            writer.graph.addOutput(info(name, output.shape().from(1)));
        }
        writer.graph.setName(model.label());
        return ModelProto.newBuilder()
                .setIrVersion(OnnxFile.IR_VERSION)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OnnxFile.OPSET))
                .setProducerName("transconv")
                .setDocString("A model of transconv, for inference; tensors are (batch, axes..., channels) outside.")
                .setGraph(writer.graph)
                .build();
    }

    private Form input(Input input) {
        String name = writer.unique(input.label());
        writer.graph.addInput(info(name, input.shape()));
        return Form.plain(writer, input.shape().prepend(BATCH), name);
    }

    private static ValueInfoProto info(String name, Shape sample) {
        TensorShapeProto.Builder shape =
                TensorShapeProto.newBuilder().addDim(Dimension.newBuilder().setDimParam("batch"));
        for (int size : sample.toArray()) {
            shape.addDim(Dimension.newBuilder().setDimValue(size));
        }
        TypeProto.Tensor.Builder tensor =
                TypeProto.Tensor.newBuilder().setElemType(DataType.FLOAT_VALUE).setShape(shape);
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder().setTensorType(tensor))
                .build();
    }

    private List<Form> outputs(Model model, List<Form> inputs) {
        Map<Tensor, Form> forms = new IdentityHashMap<>();
        for (int i = 0; i < inputs.size(); i++) {
            forms.put(model.inputs().get(i), inputs.get(i));
        }
        return model.outputs().stream().map(output -> form(output, forms)).toList();
    }

    private Form form(Tensor tensor, Map<Tensor, Form> forms) {
        Form known = forms.get(tensor);
        if (known != null) {
            return known;
        }
        Node node = ((Node.Output) tensor).node();
        List<Form> inputs =
                node.inputs().stream().map(input -> form(input, forms)).toList();
        List<Form> outputs = node.layer() instanceof Model nested
                ? outputs(nested, inputs)
                : List.of(new LayerWriter(writer, node.layer(), inputs).write());
        for (int i = 0; i < outputs.size(); i++) {
            forms.put(node.outputs().get(i), outputs.get(i));
        }
        return forms.get(tensor);
    }
}
