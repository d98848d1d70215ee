package transconv.engines.vector;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import transconv.engines.BufferPlan;
import transconv.engines.reference.ReferenceKernels;
import transconv.ops.Convolution;
import transconv.ops.KernelGradient;
import transconv.ops.Reshape;
import transconv.ops.TransposedConvolution;
import transconv.ops.Value;
import transconv.shape.Geometry;

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
        if (value.op() instanceof Convolution convolution) {
            return contraction(value, convolution.geometry(), false);
        }
        if (value.op() instanceof TransposedConvolution transposed) {
            return contraction(value, transposed.geometry(), true);
        }
        if (value.op() instanceof KernelGradient gradient) {
            Value x = value.inputs().get(0);
            return new KernelGradientStep(
                    gradient.geometry(),
                    x.shape().size(0),
                    arrays.get(x),
                    arrays.get(value.inputs().get(1)),
                    arrays.get(value));
        }
        return reference(value);
    }

    private Step contraction(Value value, Geometry geometry, boolean transposed) {
        Value x = value.inputs().get(0);
        Value kernel = value.inputs().get(1);
        return new ContractionStep(
                new ContractionPlan(geometry.toThreeAxes(), transposed),
                x.shape().size(0),
                arrays.get(x),
                arrays.get(kernel),
                BufferPlan.storage(kernel).parameter() != null,
                arrays.get(value),
                null,
                false);
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
