package transconv.engines.vector;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import transconv.engines.reference.ReferenceKernels;
import transconv.ops.Reshape;
import transconv.ops.Value;

/** The steps of a program: a kernel of this room for each op that has one, the reference engine's for the others. */
final class Steps {

    private final List<Step> list = new ArrayList<>();
    private final Map<Value, float[]> arrays;

    Steps(List<Value> order, Set<Value> outputs, Map<Value, float[]> arrays) {
        this.arrays = arrays;
        for (Value value : order) {
            if (value.op() != null && !(value.op() instanceof Reshape)) {
                list.add(step(value));
            }
        }
    }

    List<Step> list() {
        return list;
    }

    private Step step(Value value) {
        return reference(value);
    }

    /** Any op, in double precision and plain loops. */
    private Step reference(Value value) {
        float[] out = arrays.get(value);
        return () -> {
            List<double[]> in = value.inputs().stream().map(this::doubles).toList();
            double[] result = ReferenceKernels.compute(value, in);
            for (int i = 0; i < result.length; i++) {
                out[i] = (float) result[i];
            }
        };
    }

    private double[] doubles(Value value) {
        float[] floats = arrays.get(value);
        double[] doubles = new double[value.shape().elements()];
        for (int i = 0; i < doubles.length; i++) {
            doubles[i] = floats[i];
        }
        return doubles;
    }
}
