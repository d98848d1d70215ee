package transconv.engines.reference;

import java.util.List;
import transconv.ops.MaxPool;
import transconv.ops.MaxPoolGradient;
import transconv.shape.Axis;
import transconv.shape.Shape;

/** Maxima of windows; a window that lies outside altogether has the maximum -∞ and passes no gradient on. */
final class PoolingKernels {

    private static final int NONE = -1;

    private PoolingKernels() {}

    static double[] maxPool(MaxPool op, Shape output, List<Tensor> in) {
        int[] largest = largest(op.axes(), in.get(0), output);
        double[] out = new double[largest.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = largest[i] == NONE ? Double.NEGATIVE_INFINITY : in.get(0).values()[largest[i]];
        }
        return out;
    }

    static double[] maxPoolGradient(MaxPoolGradient op, Shape output, List<Tensor> in) {
        int[] largest = largest(op.axes(), in.get(0), in.get(1).shape());
        double[] gradient = in.get(2).values();
        double[] out = new double[output.elements()];
        for (int i = 0; i < largest.length; i++) {
            if (largest[i] != NONE) {
                out[largest[i]] += gradient[i];
            }
        }
        return out;
    }

    /** For each window of each channel, where its first largest value stands in x; NaN is larger than any number. */
    private static int[] largest(List<Axis> axes, Tensor x, Shape small) {
        Shape taps = Shape.of(axes.stream().mapToInt(Axis::kernel).toArray());
        int[] strides = Offsets.strides(x.shape());
        int[] largest = new int[small.elements()];
        for (int i = 0; i < largest.length; i++) {
            int[] window = Offsets.coordinates(small, i);
            largest[i] = NONE;
            for (int tap = 0; tap < taps.elements(); tap++) {
                int at = position(axes, strides, window, Offsets.coordinates(taps, tap));
                if (at != NONE && (largest[i] == NONE || larger(x.values()[at], x.values()[largest[i]]))) {
                    largest[i] = at;
                }
            }
        }
        return largest;
    }

    private static boolean larger(double a, double b) {
        return a > b || Double.isNaN(a) && !Double.isNaN(b);
    }

    /** Where a tap of a window (batch, positions..., channel) meets x. */
    private static int position(List<Axis> axes, int[] strides, int[] window, int[] tap) {
        int last = strides.length - 1;
        int at = window[0] * strides[0] + window[last] * strides[last];
        for (int i = 0; i < axes.size(); i++) {
            Axis axis = axes.get(i);
            int large = window[i + 1] * axis.stride() + tap[i] * axis.dilation() - axis.crop();
            if (large < 0 || large >= axis.large()) {
                return NONE;
            }
            at += large * strides[i + 1];
        }
        return at;
    }
}
