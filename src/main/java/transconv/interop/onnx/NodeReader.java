package transconv.interop.onnx;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import transconv.shape.Shape;

/** Reads one node by its operator. */
final class NodeReader {

    private static final Set<String> UNARY = Set.of(
            "Abs",
            "Erf",
            "Exp",
            "HardSwish",
            "Log",
            "Mish",
            "Neg",
            "Reciprocal",
            "Relu",
            "Sigmoid",
            "Sign",
            "Softplus",
            "Softsign",
            "Sqrt",
            "Tanh");
    private static final Set<String> JOINING = Set.of("Add", "Div", "Max", "Mean", "Min", "Mul", "Sub", "Sum");
    private static final Set<String> COMPARING = Set.of("Greater", "GreaterOrEqual", "Equal");

    private final LayerDrawer layers;
    private final Formulas formulas;
    private final OnnxNode node;
    private final long samples;

    /** @param samples their number as the graph's inputs declare it, or {@link Numbers#SAMPLES} */
    NodeReader(LayerDrawer layers, Formulas formulas, OnnxNode node, long samples) {
        this.layers = layers;
        this.formulas = formulas;
        this.node = node;
        this.samples = samples;
    }

    /** @return a {@link Drawn} or {@link Numbers} */
    Object read() {
        boolean isKnown = node.inputs().stream().allMatch(input -> input == null || input instanceof Numbers);
        Object value = isKnown ? new ConstantReader(node).read() : computed();
        if (value == null) {
            throw new IllegalArgumentException(
                    isKnown
                            ? "all of its inputs are constants, and this is not computed; simplify the graph when it"
                                    + " is exported"
                            : "there is no layer for this operator; see OnnxFile for those that are read");
        }
        node.requireAllRead();
        return value;
    }

    private Object computed() {
        Object formula = formula();
        return formula != null ? formula : layer();
    }

    private Drawn formula() {
        String operator = node.operator();
        if (UNARY.contains(operator)) {
            return formulas.of(node, operator, List.of(node.drawn(0)));
        } else if (JOINING.contains(operator)) {
            return formulas.of(node, operator, node.inputs());
        } else if (COMPARING.contains(operator)) {
            return formulas.of(node, operator, node.inputs());
        }
        return switch (operator) {
            case "Elu", "Celu" -> parameters("alpha", 1.0);
            case "LeakyRelu" -> parameters("alpha", 0.01);
            case "ThresholdedRelu" -> parameters("alpha", 1.0);
            case "Selu" -> parameters("alpha", 1.67326319217681884765625, "gamma", 1.05070102214813232421875);
            case "HardSigmoid" -> parameters("alpha", 0.2, "beta", 0.5);
            case "Shrink" -> parameters("bias", 0.0, "lambd", 0.5);
            case "Gelu" -> labelled(node.text("approximate", "none"));
            case "Clip" -> clip();
            case "Cast" -> labelled(Numbers.typeName((int) node.integer("to", 1)));
            case "Pow" -> formulas.power(node);
            case "MatMul" -> formulas.of(node, "MatMul", List.of(node.drawn(0), node.numbers(1)));
            case "ReduceMean", "ReduceSum", "ReduceMax" -> reduce();
            default -> null;
        };
    }

    private Drawn labelled(Object... parameters) {
        return formulas.of(node, node.operator() + Arrays.toString(parameters), List.of(node.drawn(0)));
    }

    private Drawn parameters(Object... namesAndDefaults) {
        Object[] values = new Object[namesAndDefaults.length / 2];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) node.number((String) namesAndDefaults[2 * i], (double) namesAndDefaults[2 * i + 1]);
        }
        return labelled(values);
    }

    private Drawn clip() {
        Numbers low = node.numbersOrNull(1);
        Numbers high = node.numbersOrNull(2);
        return labelled(
                low == null ? (float) node.number("min", Float.NEGATIVE_INFINITY) : low.scalar(),
                high == null ? (float) node.number("max", Float.POSITIVE_INFINITY) : high.scalar());
    }

    private Drawn reduce() {
        Drawn input = node.drawn(0);
        int rank = input.rank();
        int[] named = node.ints(1, "axes");
        boolean doesNothing = node.integer("noop_with_empty_axes", 0) != 0 && named == null;
        int[] axes = named == null ? IntStream.range(0, doesNothing ? 0 : rank).toArray() : named;
        int[] sorted = IntStream.of(axes)
                .map(axis -> axis < 0 ? axis + rank : axis)
                .sorted()
                .toArray();
        if (IntStream.of(sorted).anyMatch(axis -> axis < 1 || axis >= rank)) {
            throw new IllegalArgumentException("axes=%s of %d axes; those of the samples stay, choose from 1 to %d"
                    .formatted(Arrays.toString(axes), rank, rank - 1));
        }
        boolean keepsAxes = node.integer("keepdims", 1) != 0;
        Drawn reduced = formulas.of(node, node.operator() + Arrays.toString(sorted), List.of(node.drawn(0)));
        if (keepsAxes) {
            return reduced;
        }
        Drawn settled = formulas.settled(reduced);
        int[] left = IntStream.range(1, rank)
                .filter(axis -> IntStream.of(sorted).noneMatch(each -> each == axis))
                .map(settled::size)
                .toArray();
        return new Drawn(layers.reshaped(node, layers.plain(node, settled), Shape.of(left)), false);
    }

    /** What is a layer at once. */
    private Object layer() {
        boolean takesFormula = Set.of("Identity", "Dropout", "Gather").contains(node.operator());
        if (!takesFormula) {
            node.inputs().stream().filter(Drawn.class::isInstance).forEach(input -> formulas.settled((Drawn) input));
        }
        return switch (node.operator()) {
            case "Identity" -> node.drawn(0);
            case "Dropout" -> dropout();
            case "Conv" -> new KernelReader(layers, node).convolution();
            case "ConvTranspose" -> new KernelReader(layers, node).transposed();
            case "MaxPool" -> new KernelReader(layers, node).pool(true);
            case "AveragePool" -> new KernelReader(layers, node).pool(false);
            case "GlobalMaxPool" -> new KernelReader(layers, node).globalPool("GlobalMaxPooling%dD", true);
            case "GlobalAveragePool" -> new KernelReader(layers, node).globalPool("GlobalAveragePooling%dD", true);
            case "Resize" -> new KernelReader(layers, node).resize();
            case "Gemm" -> new FeatureReader(layers, node).gemm();
            case "BatchNormalization" -> new FeatureReader(layers, node).batchNormalization();
            case "InstanceNormalization" -> new FeatureReader(layers, node).instanceNormalization();
            case "GroupNormalization" -> new FeatureReader(layers, node).groupNormalization();
            case "LayerNormalization" -> new FeatureReader(layers, node).layerNormalization();
            case "PRelu" -> new FeatureReader(layers, node).prelu();
            case "Gather" -> gather();
            case "Softmax", "LogSoftmax" -> softmax();
            case "Transpose" -> new ShapeReader(layers, node).transpose();
            case "Reshape" -> new ShapeReader(layers, node).reshape(samples);
            case "Flatten" -> new ShapeReader(layers, node).flatten();
            case "Squeeze" -> new ShapeReader(layers, node).squeeze();
            case "Unsqueeze" -> new ShapeReader(layers, node).unsqueeze();
            case "Slice" -> new ShapeReader(layers, node).slice();
            case "Pad" -> new ShapeReader(layers, node).pad();
            case "Expand" -> new ShapeReader(layers, node).expand();
            case "DepthToSpace" -> new ShapeReader(layers, node).pixels(true);
            case "SpaceToDepth" -> new ShapeReader(layers, node).pixels(false);
            case "Concat" -> new ShapeReader(layers, node)
                    .concatenate(IntStream.range(0, node.inputCount())
                            .mapToObj(node::drawn)
                            .toList());
            case "Shape" -> shape();
            default -> null;
        };
    }

    private Drawn dropout() {
        node.number("ratio", 0.5);
        node.integer("seed", 0);
        if (node.hasInput(2) && node.numbers(2).integers()[0] != 0) {
            throw new IllegalArgumentException("training_mode is true; export the model for inference");
        }
        return node.drawn(0);
    }

    /** Indices are cast to whole numbers, which an embedding takes as they are. */
    private Drawn gather() {
        if (!(node.inputs().get(0) instanceof Numbers)) {
            throw new IllegalArgumentException("input 0 is computed; only rows of a constant table are gathered");
        }
        Drawn indices = node.drawn(1);
        boolean isCast = !indices.isSettled() && indices.label().equals("Cast[" + DataType.INT64 + "]");
        Drawn from = formulas.settled(isCast ? indices.tensors().get(0) : indices);
        return new FeatureReader(layers, node).gather(from);
    }

    private Drawn softmax() {
        Drawn input = node.drawn(0);
        int axis = OnnxNode.asInt("axis", node.integer("axis", node.opset() < 13 ? 1 : -1));
        int inGraph = axis < 0 ? axis + input.rank() : axis;
        if (node.opset() < 13 && inGraph != input.rank() - 1) {
            throw new IllegalArgumentException(
                    "axis=%d of %d axes; before operator set 13 it flattens them, export to a newer one"
                            .formatted(axis, input.rank()));
        }
        return formulas.softmax(node, input, inGraph);
    }

    private Numbers shape() {
        Drawn input = node.drawn(0);
        List<Long> sizes = new ArrayList<>(List.of(Numbers.SAMPLES));
        for (int axis = 1; axis < input.rank(); axis++) {
            sizes.add((long) input.size(axis));
        }
        int rank = sizes.size();
        int start = (int) node.integer("start", 0);
        int end = (int) node.integer("end", rank);
        long[] cut = IntStream.range(start < 0 ? start + rank : start, end < 0 ? end + rank : Math.min(end, rank))
                .mapToLong(sizes::get)
                .toArray();
        return Numbers.of(cut, cut.length);
    }
}
