package transconv.engines.vector;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import transconv.engines.BufferPlan;
import transconv.engines.Explanation;
import transconv.engines.Fusion;
import transconv.ops.Convolution;
import transconv.ops.Op;
import transconv.ops.Reshape;
import transconv.ops.TransposedConvolution;
import transconv.ops.Value;
import transconv.shape.Geometry;

/**
 * The steps of a program, one for each value but reshapes. A bias and a rectifier that follow a convolution are
 * computed with it.
 */
final class Steps {

    private final List<Step> list = new ArrayList<>();
    private final List<Explanation.Line> lines = new ArrayList<>();
    private final Map<Value, float[]> arrays;
    private final Fusion fusion;
    private final Set<Value> fused = new HashSet<>();

    Steps(List<Value> order, Fusion fusion, Map<Value, float[]> arrays) {
        this.fusion = fusion;
        this.arrays = arrays;
        for (Value value : order) {
            if (value.op() != null && !(value.op() instanceof Reshape) && !fused.contains(value)) {
                Step step = step(value);
                list.add(step);
                lines.add(Explanation.Line.of(value, step.algorithm(), step.executed(), Float.BYTES));
            }
        }
    }

    List<Step> list() {
        return list;
    }

    Explanation explain() {
        return new Explanation(lines, list.stream().mapToLong(Step::workBytes).sum());
    }

    private Step step(Value value) {
        Op op = value.op();
        if (op instanceof Convolution convolution) {
            return contraction(value, convolution.geometry(), false);
        }
        if (op instanceof TransposedConvolution transposed) {
            return contraction(value, transposed.geometry(), true);
        }
        return Kernels.step(value, value.inputs().stream().map(arrays::get).toList(), arrays.get(value));
    }

    private Step contraction(Value value, Geometry geometry, boolean transposed) {
        Value x = value.inputs().get(0);
        Value kernel = value.inputs().get(1);
        Fusion.Following after = fusion.following(value);
        fused.addAll(after.values());
        ContractionArrays contracted = new ContractionArrays(
                x.shape().size(0),
                arrays.get(x),
                arrays.get(kernel),
                BufferPlan.isParameter(kernel),
                arrays.get(after.result()),
                after.bias() == null ? null : arrays.get(after.bias()),
                after.rectify());
        Geometry three = geometry.toThreeAxes();
        ContractionPlan plan = new ContractionPlan(three, transposed);
        DotProductStep products = DotProductStep.of(plan, three, transposed, contracted);
        return products == null ? new ContractionStep(plan, contracted) : products;
    }
}
