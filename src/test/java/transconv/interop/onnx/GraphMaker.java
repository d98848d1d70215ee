package transconv.interop.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Graphs by hand, as other tools write them. */
final class GraphMaker {

    final ModelProto.Builder model = ModelProto.newBuilder().setIrVersion(8).setProducerName("hand");
    final GraphProto.Builder graph = GraphProto.newBuilder().setName("hand-made");
    private final SplittableRandom random = new SplittableRandom(11);
    private long opset = 17;

    GraphMaker opset(long opset) {
        this.opset = opset;
        return this;
    }

    /** @param dims 0 for an open one */
    GraphMaker input(String name, long... dims) {
        graph.addInput(info(name, DataType.FLOAT_VALUE, dims));
        return this;
    }

    static ValueInfoProto info(String name, int type, long... dims) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        for (long dim : dims) {
            shape.addDim(
                    dim == 0
                            ? Dimension.newBuilder().setDimParam("N")
                            : Dimension.newBuilder().setDimValue(dim));
        }
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(
                                TypeProto.Tensor.newBuilder().setElemType(type).setShape(shape)))
                .build();
    }

    GraphMaker output(String name) {
        graph.addOutput(ValueInfoProto.newBuilder().setName(name));
        return this;
    }

    /** Values from 0.1 to 1 as a list of floats, not as bytes. */
    GraphMaker weight(String name, long... dims) {
        int count = (int) LongStream.of(dims).reduce(1, (a, b) -> a * b);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextDouble(0.1, 1);
        }
        return weight(name, dims.length == 0 ? Nd4j.scalar(values[0]) : Nd4j.create(values, dims, 'c'));
    }

    GraphMaker weight(String name, INDArray values) {
        TensorProto.Builder tensor = TensorProto.newBuilder().setName(name).setDataType(DataType.FLOAT_VALUE);
        LongStream.of(values.shape()).forEach(tensor::addDims);
        for (float value : values.dup('c').data().asFloat()) {
            tensor.addFloatData(value);
        }
        graph.addInitializer(tensor);
        return this;
    }

    GraphMaker scalar(String name, double value) {
        return weight(name, Nd4j.scalar((float) value));
    }

    GraphMaker longs(String name, long... values) {
        TensorProto.Builder tensor = TensorProto.newBuilder()
                .setName(name)
                .setDataType(DataType.INT64_VALUE)
                .addDims(values.length);
        LongStream.of(values).forEach(tensor::addInt64Data);
        graph.addInitializer(tensor);
        return this;
    }

    GraphMaker node(String operator, String output, List<String> inputs, AttributeProto... attributes) {
        graph.addNode(NodeProto.newBuilder()
                .setName(output + "_node")
                .setOpType(operator)
                .addAllInput(inputs)
                .addOutput(output)
                .addAllAttribute(List.of(attributes)));
        return this;
    }

    byte[] bytes() {
        return model.setGraph(graph)
                .clearOpsetImport()
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(opset))
                .build()
                .toByteArray();
    }

    Path write(Path file) throws IOException {
        return Files.write(file, bytes());
    }
}
