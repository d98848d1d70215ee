package transconv.interop.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** A node that is read, with checks: what nobody asked for is refused. */
final class OnnxNode {

    private final NodeProto node;
    private final long opset;
    private final List<Object> inputs;
    private final Map<String, AttributeProto> attributes = new LinkedHashMap<>();
    private final Set<String> read = new HashSet<>();

    /** @param inputs each a {@link Drawn}, {@link Numbers}, or null where it is left out */
    OnnxNode(NodeProto node, long opset, List<Object> inputs) {
        this.node = node;
        this.opset = opset;
        this.inputs = inputs;
        for (AttributeProto attribute : node.getAttributeList()) {
            boolean isGraph = attribute.hasG() || attribute.getGraphsCount() > 0;
            if (isGraph || !attribute.getRefAttrName().isEmpty()) {
                throw new IllegalArgumentException(
                        ("attribute '%s' is %s; only plain nodes are read, export the model without control flow and"
                                        + " functions")
                                .formatted(attribute.getName(), isGraph ? "a subgraph" : "a reference"));
            }
            if (attributes.put(attribute.getName(), attribute) != null) {
                throw new IllegalArgumentException("attribute '%s' is there twice".formatted(attribute.getName()));
            }
        }
    }

    String operator() {
        return node.getOpType();
    }

    String name() {
        return node.getName();
    }

    String output() {
        return node.getOutput(0);
    }

    long opset() {
        return opset;
    }

    int inputCount() {
        return inputs.size();
    }

    List<Object> inputs() {
        return inputs;
    }

    String inputName(int index) {
        return node.getInput(index);
    }

    boolean hasInput(int index) {
        return index < inputs.size() && inputs.get(index) != null;
    }

    /** An input that comes of the model's inputs. */
    Drawn drawn(int index) {
        if (hasInput(index) && inputs.get(index) instanceof Drawn drawn) {
            return drawn;
        }
        throw new IllegalArgumentException("input %d is %s; it must come of the model's inputs"
                .formatted(index, hasInput(index) ? "'" + inputName(index) + "', which is constant" : "not there"));
    }

    /** An input that is known. */
    Numbers numbers(int index) {
        if (hasInput(index) && inputs.get(index) instanceof Numbers numbers) {
            return numbers;
        }
        throw new IllegalArgumentException("input %d is %s; it must be an initializer or a Constant"
                .formatted(index, hasInput(index) ? "'" + inputName(index) + "', which is computed" : "not there"));
    }

    /** The same, or null where it is left out. */
    Numbers numbersOrNull(int index) {
        return hasInput(index) ? numbers(index) : null;
    }

    boolean has(String attribute) {
        read.add(attribute);
        return attributes.containsKey(attribute);
    }

    private AttributeProto typed(String attribute, AttributeType type) {
        AttributeProto found = attributes.get(attribute);
        if (found.getType() != type) {
            throw new IllegalArgumentException(
                    "attribute '%s' is of type %s; it must be %s".formatted(attribute, found.getType(), type));
        }
        return found;
    }

    long integer(String attribute, long otherwise) {
        return has(attribute) ? typed(attribute, AttributeType.INT).getI() : otherwise;
    }

    double number(String attribute, double otherwise) {
        if (!has(attribute)) {
            return otherwise;
        }
        // as it is written: 0.1 is not 0.10000000149
        return Double.parseDouble(
                String.valueOf(typed(attribute, AttributeType.FLOAT).getF()));
    }

    String text(String attribute, String otherwise) {
        return has(attribute) ? typed(attribute, AttributeType.STRING).getS().toStringUtf8() : otherwise;
    }

    /** Null where it is not there. */
    int[] ints(String attribute) {
        return has(attribute)
                ? typed(attribute, AttributeType.INTS).getIntsList().stream()
                        .mapToInt(value -> asInt("attribute '%s'".formatted(attribute), value))
                        .toArray()
                : null;
    }

    /** Transpose's order of the axes; left out, it turns them round. */
    int[] permutation(int rank) {
        int[] order = ints("perm");
        if (order == null) {
            return IntStream.range(0, rank).map(axis -> rank - 1 - axis).toArray();
        }
        if (!Arrays.equals(
                IntStream.of(order).sorted().toArray(), IntStream.range(0, rank).toArray())) {
            throw new IllegalArgumentException(
                    "perm=%s must hold each of the %d axes once".formatted(Arrays.toString(order), rank));
        }
        return order;
    }

    AttributeProto any(String attribute) {
        return has(attribute) ? attributes.get(attribute) : null;
    }

    static int asInt(String what, long value) {
        if (value != (int) value) {
            throw new IllegalArgumentException("%s has %d; it must fit 32 bits".formatted(what, value));
        }
        return (int) value;
    }

    /** Whole numbers of an input, or of the attribute that it was in older operator sets; null where there are none. */
    int[] ints(int input, String attribute) {
        if (has(attribute)) {
            return ints(attribute);
        }
        Numbers numbers = numbersOrNull(input);
        if (numbers == null) {
            return null;
        }
        if (numbers.count() > 64) {
            throw new IllegalArgumentException("input %d is %s; at most 64 are taken".formatted(input, numbers));
        }
        return Arrays.stream(numbers.integers())
                .mapToInt(value -> asInt("input '%s'".formatted(inputName(input)), value))
                .toArray();
    }

    /** Fails unless the attribute is left out or has the one value that layers here have. */
    void require(String attribute, long only, String wayOut) {
        long value = integer(attribute, only);
        if (value != only) {
            throw new IllegalArgumentException("%s=%d must be %d; %s".formatted(attribute, value, only, wayOut));
        }
    }

    /** Fails if the node has an attribute that nobody has read. */
    void requireAllRead() {
        for (String attribute : attributes.keySet()) {
            if (!read.contains(attribute)) {
                throw new IllegalArgumentException("attribute '%s' is not known of this operator".formatted(attribute));
            }
        }
    }
}
