package transconv.engines.reference;

import java.util.Arrays;
import java.util.List;
import transconv.ops.AddBias;
import transconv.ops.AxisMatrix;
import transconv.ops.Broadcast;
import transconv.ops.Dot;
import transconv.ops.Max;
import transconv.ops.Resample;
import transconv.ops.Sum;
import transconv.ops.SumPositions;
import transconv.shape.Shape;

/** Ops that take several values together along axes, and those that repeat them. */
final class ReductionKernels {

    private ReductionKernels() {}

    static double[] sum(Sum op, Shape output, List<Tensor> in) {
        Tensor x = in.get(0);
        int[] to = Offsets.of(x.shape(), 0, Offsets.repeatingStrides(output));
        double[] out = new double[output.elements()];
        for (int i = 0; i < to.length; i++) {
            out[to[i]] += x.values()[i];
        }
        return out;
    }

    /** {@link Math#max} keeps NaN. */
    static double[] max(Max op, Shape output, List<Tensor> in) {
        Tensor x = in.get(0);
        int[] to = Offsets.of(x.shape(), 0, Offsets.repeatingStrides(output));
        double[] out = new double[output.elements()];
        Arrays.fill(out, Double.NEGATIVE_INFINITY);
        for (int i = 0; i < to.length; i++) {
            out[to[i]] = Math.max(out[to[i]], x.values()[i]);
        }
        return out;
    }

    static double[] broadcast(Broadcast op, Shape output, List<Tensor> in) {
        Tensor x = in.get(0);
        int[] from = Offsets.of(output, 0, Offsets.repeatingStrides(x.shape()));
        return Arrays.stream(from).mapToDouble(i -> x.values()[i]).toArray();
    }

    static double[] addBias(AddBias op, Shape output, List<Tensor> in) {
        double[] x = in.get(0).values();
        double[] bias = in.get(1).values();
        double[] out = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            out[i] = x[i] + bias[i % bias.length];
        }
        return out;
    }

    static double[] sumPositions(SumPositions op, Shape output, List<Tensor> in) {
        double[] x = in.get(0).values();
        int channels = output.last();
        double[] out = new double[channels];
        for (int i = 0; i < x.length; i++) {
            out[i % channels] += x[i];
        }
        return out;
    }

    static double[] dot(Dot op, Shape output, List<Tensor> in) {
        double[] a = in.get(0).values();
        double[] b = in.get(1).values();
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return new double[] {sum};
    }

    static double[] resample(Resample op, Shape output, List<Tensor> in) {
        double[] x = in.get(0).values();
        int columns = op.matrix().columns();
        int rows = output.size(op.axis());
        // Both are (outer, the axis, inner).
        int inner = Offsets.strides(output)[op.axis()];
        int outer = output.elements() / (rows * inner);
        double[] out = new double[output.elements()];
        for (int before = 0; before < outer; before++) {
            for (int row = 0; row < rows; row++) {
                for (AxisMatrix.Entry entry : op.matrix().rows().get(row)) {
                    for (int after = 0; after < inner; after++) {
                        out[(before * rows + row) * inner + after] +=
                                entry.weight() * x[(before * columns + entry.column()) * inner + after];
                    }
                }
            }
        }
        return out;
    }
}
