package transconv.ops;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import transconv.shape.Shape;

/**
 * A computation for one batch shape: values joined by ops, each value made after its inputs. Engines compile it into a
 * program.
 */
public final class Graph {

    private final List<Value> values = new ArrayList<>();
    private final Map<Parameter, Value> parameters = new IdentityHashMap<>();
    private final Set<Value> outputs = new LinkedHashSet<>();

    /** A value that is fed before each run. */
    public Value input(Shape shape) {
        return add(new Value(this, values.size(), shape, null, List.of(), null));
    }

    /** The value of a weight; the same value each time it is asked for. */
    public Value parameter(Parameter parameter) {
        Value known = parameters.get(parameter);
        if (known == null) {
            known = add(new Value(this, values.size(), parameter.shape(), null, List.of(), parameter));
            parameters.put(parameter, known);
        }
        return known;
    }

    /**
     * The output of an op.
     *
     * @throws IllegalArgumentException if the inputs do not fit the op
     */
    public Value apply(Op op, Value... inputs) {
        Shape shape = op.outputShape(Arrays.stream(inputs).map(Value::shape).toList());
        return add(new Value(this, values.size(), shape, op, List.of(inputs), null));
    }

    private Value add(Value value) {
        values.add(value);
        return value;
    }

    /** Keeps a value readable after a run. */
    public void output(Value value) {
        outputs.add(value);
    }

    public List<Value> values() {
        return Collections.unmodifiableList(values);
    }

    public Set<Value> outputs() {
        return Collections.unmodifiableSet(outputs);
    }

    /**
     * The inputs, which can always be fed, and the values that the outputs depend on, in order of computation; what
     * nobody asks for is not computed.
     */
    public List<Value> needed() {
        boolean[] needed = new boolean[values.size()];
        outputs.forEach(value -> needed[value.id()] = true);
        for (int id = values.size() - 1; id >= 0; id--) {
            if (needed[id]) {
                values.get(id).inputs().forEach(input -> needed[input.id()] = true);
            }
        }
        return values.stream()
                .filter(value -> needed[value.id()] || value.isInput())
                .toList();
    }
}
