package transconv.engines.reference;

import java.util.Arrays;
import java.util.List;
import transconv.ops.Activate;
import transconv.ops.ActivateGradient;
import transconv.ops.FusedActivation;
import transconv.ops.Sparsemax;
import transconv.shape.Shape;

/** Activations with their slopes. */
final class ActivationKernels {

    private ActivationKernels() {}

    static double[] activate(Activate op, Shape output, List<Tensor> in) {
        FusedActivation function = op.function();
        double[] x = in.get(0).values();
        int channels = output.last();
        double[] y = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            y[i] = switch (function) {
                case LINEAR -> x[i];
                case RELU -> Math.max(x[i], 0);
                case SIGMOID -> 1 / (1 + Math.exp(-x[i]));
                case TANH -> Math.tanh(x[i]);
                case SOFTMAX -> Math.exp(x[i] - maximum(x, i - i % channels, channels));
            };
        }
        if (function == FusedActivation.SOFTMAX) {
            for (int start = 0; start < y.length; start += channels) {
                double sum = 0;
                for (int c = 0; c < channels; c++) {
                    sum += y[start + c];
                }
                for (int c = 0; c < channels; c++) {
                    y[start + c] /= sum;
                }
            }
        }
        return y;
    }

    private static double maximum(double[] x, int start, int channels) {
        double maximum = x[start];
        for (int c = 1; c < channels; c++) {
            maximum = Math.max(maximum, x[start + c]);
        }
        return maximum;
    }

    static double[] activateGradient(ActivateGradient op, Shape output, List<Tensor> in) {
        FusedActivation function = op.function();
        double[] y = in.get(0).values();
        double[] gradient = in.get(1).values();
        int channels = output.last();
        double[] out = new double[y.length];
        for (int i = 0; i < y.length; i++) {
            out[i] = switch (function) {
                case LINEAR -> gradient[i];
                case RELU -> y[i] > 0 ? gradient[i] : 0;
                case SIGMOID -> gradient[i] * y[i] * (1 - y[i]);
                case TANH -> gradient[i] * (1 - y[i] * y[i]);
                case SOFTMAX -> y[i] * (gradient[i] - weightedSum(y, gradient, i - i % channels, channels));
            };
        }
        return out;
    }

    private static double weightedSum(double[] y, double[] gradient, int start, int channels) {
        double sum = 0;
        for (int c = 0; c < channels; c++) {
            sum += y[start + c] * gradient[start + c];
        }
        return sum;
    }

    static double[] sparsemax(Sparsemax op, Shape output, List<Tensor> in) {
        double[] x = in.get(0).values();
        int channels = output.last();
        double[] y = new double[x.length];
        for (int start = 0; start < x.length; start += channels) {
            double threshold = threshold(Arrays.copyOfRange(x, start, start + channels));
            for (int c = 0; c < channels; c++) {
                y[start + c] = Math.max(x[start + c] - threshold, 0);
            }
        }
        return y;
    }

    /**
     * What is to be taken off each value so that the rest above 0 adds up to 1. Source: Martins and Astudillo (2016),
     * algorithm 1. NaN if a value is.
     */
    private static double threshold(double[] row) {
        Arrays.sort(row);
        double threshold = Double.NaN;
        double sum = 0;
        for (int count = 1; count <= row.length; count++) {
            double next = row[row.length - count];
            sum += next;
            if (1 + count * next > sum) {
                threshold = (sum - 1) / count;
            }
        }
        return threshold;
    }
}
