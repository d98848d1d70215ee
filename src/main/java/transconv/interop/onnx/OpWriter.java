package transconv.interop.onnx;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import transconv.ops.Activate;
import transconv.ops.AddBias;
import transconv.ops.Affine;
import transconv.ops.Binary;
import transconv.ops.Broadcast;
import transconv.ops.Clip;
import transconv.ops.Concatenate;
import transconv.ops.Convolution;
import transconv.ops.Fill;
import transconv.ops.Gather;
import transconv.ops.Graph;
import transconv.ops.Max;
import transconv.ops.MaxPool;
import transconv.ops.Op;
import transconv.ops.Pad;
import transconv.ops.Resample;
import transconv.ops.Reshape;
import transconv.ops.Sparsemax;
import transconv.ops.Sum;
import transconv.ops.Transpose;
import transconv.ops.TransposedConvolution;
import transconv.ops.Unary;
import transconv.ops.Value;
import transconv.shape.Shape;

/** Writes the ops that a layer lowers itself to: whatever has no operator of its own is composed of theirs. */
final class OpWriter {

    private final GraphWriter writer;
    private final Map<Value, Form> forms;
    private final Map<Value, List<Value>> users = new HashMap<>();

    /** @param forms of the graph's inputs; those of all other values are added */
    OpWriter(GraphWriter writer, Graph graph, Map<Value, Form> forms) {
        this.writer = writer;
        this.forms = forms;
        for (Value value : graph.needed()) {
            value.inputs().forEach(input -> users.computeIfAbsent(input, any -> new ArrayList<>())
                    .add(value));
        }
        graph.outputs().forEach(value -> users.computeIfAbsent(value, any -> new ArrayList<>())
                .add(null));
    }

    /** The form of a value, written with all that it depends on. */
    Form write(Value value) {
        Form known = forms.get(value);
        if (known == null) {
            known = value.parameter() != null ? Form.of(writer, value.parameter()) : apply(value);
            forms.put(value, known);
        }
        return known;
    }

    private Form input(Value value, int index) {
        return write(value.inputs().get(index));
    }

    private Form apply(Value value) {
        Op op = value.op();
        Shape shape = value.shape();
        if (op instanceof Fill fill) {
            return Form.expanded(Form.of(writer, Constant.scalar(fill.value(), shape.rank())), shape);
        }
        Value averaged = meanOf(value);
        if (averaged != null) {
            Sum sum = (Sum) value.inputs().get(0).op();
            return reduce("ReduceMean", sum.axes(), write(averaged), shape);
        }
        Constant folded = Folding.of(value, this::write);
        if (folded != null) {
            return Form.of(writer, folded);
        }
        if (op instanceof Broadcast) {
            return Form.expanded(input(value, 0), shape);
        } else if (op instanceof Binary binary) {
            return binary(binary, value);
        } else if (op instanceof AddBias) {
            return addBias(value);
        } else if (op instanceof Convolution || op instanceof TransposedConvolution) {
            return new KernelWriter(writer).write(op, input(value, 0), input(value, 1), null);
        } else if (op instanceof Reshape) {
            return Form.plain(writer, shape, reshape(input(value, 0).plain(), shape));
        } else if (op instanceof Transpose transpose) {
            return transpose(transpose, input(value, 0), shape);
        } else if (op instanceof Gather) {
            return gather(value);
        } else if (op instanceof Resample resample) {
            return resample(resample, input(value, 0), shape);
        } else if (op instanceof Concatenate concatenate) {
            return concatenate(concatenate, value);
        } else if (op instanceof MaxPool pool) {
            return new KernelWriter(writer).pool("MaxPool", pool.axes(), input(value, 0), shape);
        } else if (op instanceof Pad pad) {
            return pad(pad, input(value, 0), shape);
        } else if (op instanceof Sum sum) {
            return reduce("ReduceSum", sum.axes(), input(value, 0), shape);
        } else if (op instanceof Max max) {
            return reduce("ReduceMax", max.axes(), input(value, 0), shape);
        }
        return elementwise(op, value);
    }

    private Form elementwise(Op op, Value value) {
        Form in = input(value, 0);
        boolean isFirst = in.isFirst();
        String x = in.name(isFirst);
        Elementwise functions = new Elementwise(writer);
        String name;
        if (op instanceof Affine affine) {
            name = functions.affine(x, affine);
        } else if (op instanceof Unary unary) {
            name = functions.unary(unary.function(), x);
        } else if (op instanceof Clip clip) {
            name = functions.clip(x, clip.low(), clip.high());
        } else if (op instanceof Activate activate) {
            int last = value.shape().rank() - 1;
            name = functions.activate(activate.function(), x, Form.axis(isFirst, last + 1, last));
        } else if (op instanceof Sparsemax) {
            throw new UnsupportedOperationException("ONNX has no operator for sparsemax; take softmax");
        } else {
            throw new UnsupportedOperationException("ONNX has no operator for %s".formatted(op));
        }
        return Form.like(in, isFirst, value.shape(), name);
    }

    /** What an Affine of a Sum is the mean of, or null where it is none. */
    private Value meanOf(Value value) {
        boolean isScaled = value.op() instanceof Affine affine && affine.offset() == 0;
        if (!isScaled || !(value.inputs().get(0).op() instanceof Sum sum)) {
            return null;
        }
        Value summed = value.inputs().get(0);
        Value from = summed.inputs().get(0);
        int count = sum.axes().stream().map(from.shape()::size).reduce(1, Math::multiplyExact);
        return ((Affine) value.op()).factor() == 1.0 / count ? from : null;
    }

    private Form binary(Binary binary, Value value) {
        Form a = input(value, 0);
        Form b = input(value, 1);
        if (!covers(a.raw().shape(), b.raw().shape(), value.shape())) {
            a = Form.plain(writer, a.shape(), a.plain());
        }
        return binary(binary, a.raw(), b.raw(), value.shape());
    }

    private Form binary(Binary binary, Form a, Form b, Shape shape) {
        boolean isFirst = a.isFirst() || b.isFirst();
        String name = new Elementwise(writer).binary(binary.function(), a.broadcast(isFirst), b.broadcast(isFirst));
        return Form.like(a, isFirst, shape, name);
    }

    private static boolean covers(Shape a, Shape b, Shape target) {
        return IntStream.range(0, target.rank())
                .allMatch(axis -> Math.max(a.size(axis), b.size(axis)) == target.size(axis));
    }

    /** The bias of a convolution that nobody else reads becomes its third input. */
    private Form addBias(Value value) {
        Value to = value.inputs().get(0);
        Form bias = input(value, 1);
        boolean isKernel = to.op() instanceof Convolution || to.op() instanceof TransposedConvolution;
        if (isKernel && !forms.containsKey(to) && users.get(to).size() == 1) {
            return new KernelWriter(writer)
                    .write(to.op(), write(to.inputs().get(0)), write(to.inputs().get(1)), bias);
        }
        return addBias(writer, write(to), bias);
    }

    static Form addBias(GraphWriter writer, Form to, Form bias) {
        int[] sizes = new int[to.shape().rank()];
        Arrays.fill(sizes, 1);
        sizes[sizes.length - 1] = bias.shape().last();
        boolean isFirst = to.isFirst();
        String added = isFirst
                ? Form.of(writer, bias.constant().reshaped(Shape.of(sizes))).broadcast(true)
                : bias.plain();
        return Form.like(to, isFirst, to.shape(), writer.node("Add", List.of(to.name(isFirst), added)));
    }

    /** Every axis but the first is known; the first is the samples', or has it as a factor. */
    String reshape(String x, Shape target) {
        int[] sizes = target.toArray();
        sizes[0] = -1;
        return writer.node("Reshape", List.of(x, writer.longs(sizes)));
    }

    private Form transpose(Transpose transpose, Form in, Shape shape) {
        int[] order = transpose.order().stream().mapToInt(Integer::intValue).toArray();
        if (order.length > 2 && Arrays.equals(order, Form.toFirst(order.length))) {
            return Form.plain(writer, shape, in.first());
        }
        if (order.length > 2 && Arrays.equals(order, Form.toLast(order.length))) {
            return Form.first(writer, shape, in.plain());
        }
        return Form.plain(writer, shape, writer.transpose(in.plain(), order));
    }

    private Form gather(Value value) {
        String indices =
                writer.node("Cast", List.of(input(value, 1).plain()), Attributes.integer("to", DataType.INT64_VALUE));
        return Form.plain(
                writer,
                value.shape(),
                writer.node("Gather", List.of(input(value, 0).plain(), indices)));
    }

    /** A product with the matrix, the axis last. */
    private Form resample(Resample resample, Form in, Shape shape) {
        int rank = shape.rank();
        int columns = resample.matrix().columns();
        int rows = resample.matrix().rows().size();
        float[] matrix = new float[rows * columns];
        for (int row = 0; row < rows; row++) {
            for (var entry : resample.matrix().rows().get(row)) {
                matrix[entry.column() * rows + row] += (float) entry.weight();
            }
        }
        int[] swapped = IntStream.range(0, rank)
                .map(axis -> axis == resample.axis() ? rank - 1 : axis == rank - 1 ? resample.axis() : axis)
                .toArray();
        String turned = writer.transpose(in.plain(), swapped);
        String product = writer.node(
                "MatMul", List.of(turned, writer.floats("weights", new Constant(matrix, Shape.of(columns, rows)))));
        return Form.plain(writer, shape, writer.transpose(product, swapped));
    }

    private Form concatenate(Concatenate concatenate, Value value) {
        List<Form> parts = value.inputs().stream().map(this::write).toList();
        boolean isFirst = parts.stream().anyMatch(Form::isFirst);
        int axis = Form.axis(isFirst, value.shape().rank(), concatenate.axis());
        String name = writer.node(
                "Concat", parts.stream().map(part -> part.name(isFirst)).toList(), Attributes.integer("axis", axis));
        return Form.like(parts.get(0), isFirst, value.shape(), name);
    }

    /** Zeros around, and where a number is negative, positions cut off. */
    private Form pad(Pad pad, Form in, Shape shape) {
        return pad(writer, in, pad.begin(), pad.end(), shape);
    }

    static Form pad(GraphWriter writer, Form in, List<Integer> begin, List<Integer> end, Shape shape) {
        int rank = shape.rank();
        boolean isFirst = in.isFirst();
        String name = in.name(isFirst);
        int[] pads = new int[2 * rank];
        List<Integer> cut = new ArrayList<>();
        for (int axis = 0; axis < rank; axis++) {
            int place = Form.axis(isFirst, rank, axis);
            pads[place] = Math.max(0, begin.get(axis));
            pads[rank + place] = Math.max(0, end.get(axis));
            if (begin.get(axis) < 0 || end.get(axis) < 0) {
                cut.add(axis);
            }
        }
        if (!cut.isEmpty()) {
            int[] starts =
                    cut.stream().mapToInt(axis -> Math.max(0, -begin.get(axis))).toArray();
            int[] ends = cut.stream()
                    .mapToInt(axis -> in.shape().size(axis) + Math.min(0, end.get(axis)))
                    .toArray();
            int[] axes = cut.stream()
                    .mapToInt(axis -> Form.axis(isFirst, rank, axis))
                    .toArray();
            name = writer.node("Slice", List.of(name, writer.longs(starts), writer.longs(ends), writer.longs(axes)));
        }
        if (IntStream.of(pads).anyMatch(each -> each > 0)) {
            name = writer.node("Pad", List.of(name, writer.longs(pads)));
        }
        return Form.like(in, isFirst, shape, name);
    }

    private Form reduce(String operator, List<Integer> axes, Form in, Shape shape) {
        boolean isFirst = in.isFirst();
        int[] places = axes.stream()
                .mapToInt(axis -> Form.axis(isFirst, shape.rank(), axis))
                .sorted()
                .toArray();
        String name = writer.node(operator, List.of(in.name(isFirst), writer.longs(places)));
        return Form.like(in, isFirst, shape, name);
    }
}
