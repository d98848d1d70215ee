package transconv.interop.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.UnsafeByteOperations;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import transconv.ops.Parameter;

/** A graph in the making: nodes and stored numbers, each under a name of its own. */
final class GraphWriter {

    final GraphProto.Builder graph = GraphProto.newBuilder();
    private final Set<String> names = new HashSet<>();
    private final Map<String, Integer> counts = new HashMap<>();
    private final Map<String, String> known = new HashMap<>();
    private final Map<Parameter, Map<String, String>> parameters = new IdentityHashMap<>();
    private String scope = "";

    /** What the names of the next nodes begin with: the layer's name. */
    void scope(String layer) {
        scope = layer;
    }

    /** A name that nothing else in the graph has. */
    String unique(String wanted) {
        String name = wanted;
        while (!names.add(name)) {
            name = wanted + "_" + counts.merge(wanted, 1, Integer::sum);
        }
        return name;
    }

    /** A node with one output. */
    String node(String operator, List<String> inputs, AttributeProto... attributes) {
        String name = unique(scope + "/" + operator);
        graph.addNode(NodeProto.newBuilder()
                .setName(name)
                .setOpType(operator)
                .addAllInput(inputs)
                .addOutput(name)
                .addAllAttribute(Arrays.asList(attributes)));
        return name;
    }

    String transpose(String input, int... order) {
        return node("Transpose", List.of(input), Attributes.ints("perm", order));
    }

    /** A weight, turned as its key says, stored once however often it is asked for. */
    String weight(Parameter parameter, String key, Supplier<Constant> values) {
        Map<String, String> stored = parameters.computeIfAbsent(parameter, any -> new HashMap<>());
        return stored.computeIfAbsent(key, any -> floats(parameter.name(), values.get()));
    }

    /** Numbers, stored. */
    String floats(String name, Constant constant) {
        float[] values = constant.values();
        boolean isSmall = values.length == 1;
        String content = isSmall ? constant.shape() + ":" + values[0] : "";
        if (isSmall && known.containsKey(content)) {
            return known.get(content);
        }
        byte[] bytes = new byte[Math.multiplyExact(Float.BYTES, values.length)];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(values);
        String stored = unique(name);
        graph.addInitializer(TensorProto.newBuilder()
                .setName(stored)
                .setDataType(DataType.FLOAT_VALUE)
                .addAllDims(IntStream.of(constant.shape().toArray())
                        .mapToObj(Long::valueOf)
                        .toList())
                .setRawData(UnsafeByteOperations.unsafeWrap(bytes)));
        if (isSmall) {
            known.put(content, stored);
        }
        return stored;
    }

    /** One number without axes. */
    String scalar(double value) {
        return floats("constant", Constant.scalar(value, 0));
    }

    /** A list of whole numbers, stored. */
    String longs(int... values) {
        return known.computeIfAbsent(Arrays.toString(values), any -> {
            ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
            IntStream.of(values).forEach(bytes::putLong);
            String stored = unique("integers");
            graph.addInitializer(TensorProto.newBuilder()
                    .setName(stored)
                    .setDataType(DataType.INT64_VALUE)
                    .addDims(values.length)
                    .setRawData(UnsafeByteOperations.unsafeWrap(bytes.array())));
            return stored;
        });
    }
}
