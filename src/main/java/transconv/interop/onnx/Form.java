package transconv.interop.onnx;

import java.util.List;
import java.util.stream.IntStream;
import transconv.ops.Parameter;
import transconv.shape.Shape;

/**
 * A tensor of the library, (batch, axes..., channels), and what it is called in the graph: as it is, or with the
 * channels in front, (batch, channels, axes...), which is what ONNX' operators on positions take. The other one is made
 * when it is asked for, so that neighbours which agree need no transposition between them.
 */
final class Form {

    private final GraphWriter writer;
    private final Shape shape;
    private String plain;
    private String first;
    private Constant constant;
    private Parameter parameter;
    private Form unexpanded;

    private Form(GraphWriter writer, Shape shape) {
        this.writer = writer;
        this.shape = shape;
    }

    static Form plain(GraphWriter writer, Shape shape, String name) {
        Form form = new Form(writer, shape);
        form.plain = name;
        return form;
    }

    /** Below three axes there is one order alone. */
    static Form first(GraphWriter writer, Shape shape, String name) {
        Form form = new Form(writer, shape);
        if (shape.rank() < 3) {
            form.plain = name;
        } else {
            form.first = name;
        }
        return form;
    }

    static Form like(Form other, boolean isFirst, Shape shape, String name) {
        return isFirst ? first(other.writer, shape, name) : plain(other.writer, shape, name);
    }

    static Form of(GraphWriter writer, Constant constant) {
        Form form = new Form(writer, constant.shape());
        form.constant = constant;
        return form;
    }

    static Form of(GraphWriter writer, Parameter parameter) {
        Form form = new Form(writer, parameter.shape());
        form.parameter = parameter;
        return form;
    }

    /** A tensor repeated along axes of length 1, which elementwise operators do by themselves. */
    static Form expanded(Form unexpanded, Shape shape) {
        Form form = new Form(unexpanded.writer, shape);
        form.unexpanded = unexpanded.raw();
        return form;
    }

    Shape shape() {
        return shape;
    }

    /** The tensor before it was repeated. */
    Form raw() {
        return unexpanded != null ? unexpanded : this;
    }

    boolean isConstant() {
        return constant != null || parameter != null;
    }

    Constant constant() {
        if (constant == null && parameter != null) {
            constant = Constant.of(parameter.value());
        }
        return constant;
    }

    /** The weight that it is, or null. */
    Parameter parameter() {
        return parameter;
    }

    /** Whether it is there with the channels in front, and only so. */
    boolean isFirst() {
        return first != null && plain == null;
    }

    String plain() {
        if (plain == null) {
            plain = isConstant()
                    ? stored(constant(), "plain")
                    : unexpanded != null ? expand() : transposed(first, false);
        }
        return plain;
    }

    String first() {
        if (shape.rank() < 3) {
            return plain();
        }
        if (first == null) {
            first = isConstant()
                    ? stored(constant().transposed(toFirst(shape.rank())), "first")
                    : transposed(plain(), true);
        }
        return first;
    }

    String name(boolean isFirst) {
        return isFirst ? first() : plain();
    }

    /** Its name for an elementwise operator, which repeats axes of length 1 by itself. */
    String broadcast(boolean isFirst) {
        if (!isConstant()) {
            return name(isFirst);
        }
        Constant turned = isFirst && shape.rank() > 2 ? constant().transposed(toFirst(shape.rank())) : constant();
        return stored(turned.trimmed(), "broadcast " + isFirst);
    }

    private String stored(Constant values, String key) {
        return parameter == null ? writer.floats("constant", values) : writer.weight(parameter, key, () -> values);
    }

    private String transposed(String name, boolean toFirst) {
        return writer.transpose(name, toFirst ? toFirst(shape.rank()) : toLast(shape.rank()));
    }

    /** Axis 0 is that of the samples, which Expand leaves as it is where it reads 1. */
    private String expand() {
        int[] sizes = shape.toArray();
        sizes[0] = 1;
        return writer.node("Expand", List.of(unexpanded.plain(), writer.longs(sizes)));
    }

    /** The order that brings the channels to the front. */
    static int[] toFirst(int rank) {
        return IntStream.range(0, rank)
                .map(axis -> axis == 0 ? 0 : axis == 1 ? rank - 1 : axis - 1)
                .toArray();
    }

    /** The order that brings them back. */
    static int[] toLast(int rank) {
        return IntStream.range(0, rank)
                .map(axis -> axis == 0 ? 0 : axis == rank - 1 ? 1 : axis + 1)
                .toArray();
    }

    /** The order that undoes an order. */
    static int[] inverse(int... order) {
        int[] inverse = new int[order.length];
        IntStream.range(0, order.length).forEach(axis -> inverse[order[axis]] = axis);
        return inverse;
    }

    /** Where an axis of the library's order is. */
    static int axis(boolean isFirst, int rank, int axis) {
        return !isFirst || axis == 0 || rank < 3 ? axis : axis == rank - 1 ? 1 : axis + 1;
    }
}
