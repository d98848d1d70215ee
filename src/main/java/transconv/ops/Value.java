package transconv.ops;

import java.util.List;
import transconv.shape.Shape;

/**
 * A tensor in a {@link Graph}: fed from outside, a parameter, or the output of an op.
 */
public final class Value {

    private final Graph graph;
    private final int id;
    private final Shape shape;
    private final Op op;
    private final List<Value> inputs;
    private final Parameter parameter;

    Value(Graph graph, int id, Shape shape, Op op, List<Value> inputs, Parameter parameter) {
        this.graph = graph;
        this.id = id;
        this.shape = shape;
        this.op = op;
        this.inputs = List.copyOf(inputs);
        this.parameter = parameter;
    }

    public Graph graph() {
        return graph;
    }

    /** The value's number in its graph; every op's inputs have smaller numbers than its output. */
    public int id() {
        return id;
    }

    public Shape shape() {
        return shape;
    }

    /** The op that computes this value, or null for an input or a parameter. */
    public Op op() {
        return op;
    }

    public List<Value> inputs() {
        return inputs;
    }

    /** The parameter that this value reads, or null. */
    public Parameter parameter() {
        return parameter;
    }

    /** True for a value that is fed from outside. */
    public boolean isInput() {
        return op == null && parameter == null;
    }

    @Override
    public String toString() {
        String what = op != null ? op.toString() : parameter != null ? parameter.name() : "input";
        return "%%%d %s %s".formatted(id, shape, what);
    }
}
