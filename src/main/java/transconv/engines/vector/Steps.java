package transconv.engines.vector;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import transconv.engines.BufferPlan;
import transconv.engines.Explanation;
import transconv.engines.Fusion;
import transconv.engines.reference.ReferenceKernels;
import transconv.ops.Activate;
import transconv.ops.ActivateGradient;
import transconv.ops.AddBias;
import transconv.ops.Binary;
import transconv.ops.BinaryFunction;
import transconv.ops.Convolution;
import transconv.ops.Dot;
import transconv.ops.FusedActivation;
import transconv.ops.FusedLoss;
import transconv.ops.KernelGradient;
import transconv.ops.LossGradient;
import transconv.ops.Op;
import transconv.ops.Reshape;
import transconv.ops.SumPositions;
import transconv.ops.TransposedConvolution;
import transconv.ops.Value;
import transconv.shape.Geometry;

/**
 * The steps of a program: a kernel of this room for each op that has one, the reference engine's for the others. A bias
 * and a rectifier that follow a convolution are computed with it.
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
        int length = value.shape().elements();
        float[] out = arrays.get(value);
        List<float[]> in = value.inputs().stream().map(arrays::get).toList();
        if (op instanceof Convolution convolution) {
            return contraction(value, convolution.geometry(), false);
        }
        if (op instanceof TransposedConvolution transposed) {
            return contraction(value, transposed.geometry(), true);
        }
        if (op instanceof KernelGradient gradient) {
            int batch = value.inputs().get(0).shape().size(0);
            return new KernelGradientStep(gradient.geometry(), batch, in.get(0), in.get(1), out);
        }
        if (op instanceof AddBias) {
            ChannelSums sums = new ChannelSums(value.shape().last());
            return () -> sums.addBias(in.get(0), in.get(1), out, length);
        }
        if (op instanceof SumPositions) {
            ChannelSums sums = new ChannelSums(length);
            int all = value.inputs().get(0).shape().elements();
            return () -> sums.sum(in.get(0), out, all);
        }
        if (op instanceof Activate activate) {
            return activate(activate.function(), in.get(0), out, value);
        }
        if (op instanceof ActivateGradient gradient) {
            return activateGradient(gradient.function(), in.get(0), in.get(1), out, value);
        }
        if (op instanceof FusedLoss loss) {
            int all = value.inputs().get(0).shape().elements();
            Losses losses = new Losses(loss.function(), length, all);
            return () -> losses.loss(in.get(0), in.get(1), out);
        }
        if (op instanceof LossGradient gradient) {
            Losses losses = new Losses(gradient.function(), value.shape().size(0), length);
            return () -> losses.gradient(in.get(0), in.get(1), in.get(2), out);
        }
        if (op instanceof Dot) {
            int terms = value.inputs().get(0).shape().elements();
            return () -> out[0] = dot(in.get(0), in.get(1), terms);
        }
        if (op instanceof Binary binary && binary.function() == BinaryFunction.ADD) {
            return () -> Elementwise.add(in.get(0), in.get(1), out, length);
        }
        return reference(value);
    }

    private Step contraction(Value value, Geometry geometry, boolean transposed) {
        Value x = value.inputs().get(0);
        Value kernel = value.inputs().get(1);
        Fusion.Following after = fusion.following(value);
        fused.addAll(after.values());
        return new ContractionStep(
                new ContractionPlan(geometry.toThreeAxes(), transposed),
                x.shape().size(0),
                arrays.get(x),
                arrays.get(kernel),
                BufferPlan.isParameter(kernel),
                arrays.get(after.result()),
                after.bias() == null ? null : arrays.get(after.bias()),
                after.rectify());
    }

    private static Step activate(FusedActivation function, float[] x, float[] out, Value value) {
        int length = value.shape().elements();
        int channels = value.shape().last();
        return function == FusedActivation.SOFTMAX
                ? () -> Softmax.activate(x, out, length, channels)
                : () -> Elementwise.activate(function, x, out, length);
    }

    private static Step activateGradient(
            FusedActivation function, float[] y, float[] gradient, float[] out, Value value) {
        int length = value.shape().elements();
        int channels = value.shape().last();
        return function == FusedActivation.SOFTMAX
                ? () -> Softmax.activateGradient(y, gradient, out, length, channels)
                : () -> Elementwise.activateGradient(function, y, gradient, out, length);
    }

    private static float dot(float[] a, float[] b, int terms) {
        double sum = 0;
        for (int i = 0; i < terms; i++) {
            sum += (double) a[i] * b[i];
        }
        return (float) sum;
    }

    /** Any op, in double precision and plain loops. */
    private Step reference(Value value) {
        float[] out = arrays.get(value);
        return new Step() {
            @Override
            public void run() {
                List<double[]> in =
                        value.inputs().stream().map(Steps.this::doubles).toList();
                double[] result = ReferenceKernels.compute(value, in);
                for (int i = 0; i < result.length; i++) {
                    out[i] = (float) result[i];
                }
            }

            @Override
            public String algorithm() {
                return "as the reference engine, in double";
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
