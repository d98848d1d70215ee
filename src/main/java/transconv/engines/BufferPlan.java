package transconv.engines;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import transconv.ops.Activate;
import transconv.ops.ActivateGradient;
import transconv.ops.AddBias;
import transconv.ops.Affine;
import transconv.ops.Binary;
import transconv.ops.Clip;
import transconv.ops.Graph;
import transconv.ops.Reshape;
import transconv.ops.Unary;
import transconv.ops.Value;

/**
 * Which values of a graph share memory: a buffer is free again after its value's last use, an elementwise op writes
 * over an input that nobody reads later, and a reshape is another view of the same buffer. Inputs, parameters and
 * outputs keep buffers of their own.
 */
public final class BufferPlan {

    private final Map<Value, Integer> bufferOf = new HashMap<>();
    private final List<Integer> sizes = new ArrayList<>();
    private final Map<Value, Integer> lastUse = new HashMap<>();
    private final Deque<Integer> free = new ArrayDeque<>();
    private final Graph graph;

    public BufferPlan(Graph graph) {
        this.graph = graph;
        List<Value> order = graph.needed();
        for (Value value : order) {
            lastUse.merge(storage(value), value.id(), Math::max);
            value.inputs().forEach(input -> lastUse.merge(storage(input), value.id(), Math::max));
        }
        graph.outputs().forEach(output -> lastUse.put(storage(output), Integer.MAX_VALUE));
        for (Value value : order) {
            if (value.parameter() == null && storage(value) == value) {
                place(value);
            }
            releaseAfter(value);
        }
    }

    /** The number of buffers. */
    public int buffers() {
        return sizes.size();
    }

    /** The elements that a buffer must hold. */
    public int size(int buffer) {
        return sizes.get(buffer);
    }

    /** The buffer that holds a value; not asked for parameters. */
    public int buffer(Value value) {
        return bufferOf.get(storage(value));
    }

    /** The value whose memory a value is: itself, or the source of a reshape. */
    public static Value storage(Value value) {
        return value.op() instanceof Reshape ? storage(value.inputs().get(0)) : value;
    }

    /** Whether a value's memory is a parameter's, so that it changes only where parameters do. */
    public static boolean isParameter(Value value) {
        return storage(value).parameter() != null;
    }

    private void place(Value value) {
        if (value.isInput()) {
            bufferOf.put(value, newBuffer(value));
            lastUse.put(value, Integer.MAX_VALUE);
            return;
        }
        for (Value input : overwritable(value)) {
            Value source = storage(input);
            if (source.parameter() == null && lastUse.get(source) == value.id() && bufferOf.containsKey(source)) {
                bufferOf.put(value, bufferOf.get(source));
                lastUse.put(source, -1);
                return;
            }
        }
        bufferOf.put(value, reusedOrNew(value));
    }

    private int reusedOrNew(Value value) {
        Integer best = null;
        for (int buffer : free) {
            if (best == null || closer(buffer, best, value.shape().elements())) {
                best = buffer;
            }
        }
        if (best == null) {
            return newBuffer(value);
        }
        free.remove(best);
        sizes.set(best, Math.max(sizes.get(best), value.shape().elements()));
        return best;
    }

    private boolean closer(int buffer, int best, int wanted) {
        return Math.abs(sizes.get(buffer) - wanted) < Math.abs(sizes.get(best) - wanted);
    }

    private int newBuffer(Value value) {
        sizes.add(value.shape().elements());
        return sizes.size() - 1;
    }

    private void releaseAfter(Value value) {
        List<Value> touched = new ArrayList<>(value.inputs());
        touched.add(value);
        touched.stream()
                .map(BufferPlan::storage)
                .distinct()
                .filter(source -> source.parameter() == null && lastUse.get(source) == value.id())
                .forEach(source -> free.add(bufferOf.get(source)));
    }

    /** Inputs that an op may write its output over, elementwise ops only. */
    private static List<Value> overwritable(Value value) {
        if (value.op() instanceof AddBias || value.op() instanceof Activate) {
            return value.inputs().subList(0, 1);
        }
        if (value.op() instanceof ActivateGradient) {
            return value.inputs().subList(1, 2);
        }
        if (value.op() instanceof Unary || value.op() instanceof Affine || value.op() instanceof Clip) {
            return value.inputs();
        }
        return value.op() instanceof Binary ? value.inputs() : List.of();
    }
}
