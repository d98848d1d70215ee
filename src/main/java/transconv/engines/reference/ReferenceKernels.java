package transconv.engines.reference;

import java.util.List;
import java.util.function.ToIntFunction;
import transconv.ops.Activate;
import transconv.ops.ActivateGradient;
import transconv.ops.Add;
import transconv.ops.AddBias;
import transconv.ops.Convolution;
import transconv.ops.Dot;
import transconv.ops.KernelGradient;
import transconv.ops.Loss;
import transconv.ops.LossGradient;
import transconv.ops.Op;
import transconv.ops.Reshape;
import transconv.ops.SumPositions;
import transconv.ops.TransposedConvolution;
import transconv.ops.Value;
import transconv.shape.Axis;
import transconv.shape.Geometry;

/** What every op computes, in plain loops; other engines take it for ops that they have no kernel of their own for. */
public final class ReferenceKernels {

    private ReferenceKernels() {}

    /**
     * The elements of an op's output.
     *
     * @param value what the op computes
     * @param in    the elements of its inputs, which are left as they are; an input may be returned
     */
    public static double[] compute(Value value, List<double[]> in) {
        Op op = value.op();
        int length = value.shape().elements();
        if (op instanceof Convolution convolution) {
            return loops(convolution.geometry(), value.shape().size(0)).convolve(in.get(0), in.get(1));
        }
        if (op instanceof TransposedConvolution transposed) {
            return loops(transposed.geometry(), value.shape().size(0)).transpose(in.get(0), in.get(1));
        }
        if (op instanceof KernelGradient gradient) {
            return loops(gradient.geometry(), value.inputs().get(0).shape().size(0))
                    .kernelGradient(in.get(0), in.get(1));
        }
        if (op instanceof AddBias) {
            return addBias(in.get(0), in.get(1));
        }
        if (op instanceof SumPositions) {
            return sumPositions(in.get(0), length);
        }
        if (op instanceof Add) {
            return add(in.get(0), in.get(1));
        }
        if (op instanceof Reshape) {
            return in.get(0);
        }
        if (op instanceof Activate activate) {
            return ReferenceFunctions.activate(
                    activate.function(), in.get(0), value.shape().last());
        }
        if (op instanceof ActivateGradient gradient) {
            return ReferenceFunctions.activateGradient(
                    gradient.function(), in.get(0), in.get(1), value.shape().last());
        }
        if (op instanceof Loss loss) {
            return ReferenceFunctions.loss(loss.function(), in.get(0), in.get(1), length);
        }
        if (op instanceof LossGradient gradient) {
            return ReferenceFunctions.lossGradient(gradient.function(), in.get(0), in.get(1), in.get(2));
        }
        if (op instanceof Dot) {
            return new double[] {dot(in.get(0), in.get(1))};
        }
        throw new UnsupportedOperationException("reference engine: no kernel for " + op);
    }

    private static transconv.reference.Convolution loops(Geometry geometry, int batch) {
        Geometry three = geometry.toThreeAxes();
        return new transconv.reference.Convolution(
                batch,
                three.largeChannels(),
                three.smallChannels(),
                three.groups(),
                each(three, Axis::large),
                each(three, Axis::small),
                each(three, Axis::kernel),
                each(three, Axis::stride),
                each(three, Axis::dilation),
                each(three, Axis::crop));
    }

    private static int[] each(Geometry geometry, ToIntFunction<Axis> number) {
        return geometry.axes().stream().mapToInt(number).toArray();
    }

    private static double[] addBias(double[] x, double[] bias) {
        double[] out = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            out[i] = x[i] + bias[i % bias.length];
        }
        return out;
    }

    private static double[] sumPositions(double[] x, int channels) {
        double[] out = new double[channels];
        for (int i = 0; i < x.length; i++) {
            out[i % channels] += x[i];
        }
        return out;
    }

    private static double[] add(double[] a, double[] b) {
        double[] out = new double[a.length];
        for (int i = 0; i < a.length; i++) {
            out[i] = a[i] + b[i];
        }
        return out;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
