package transconv.engines.reference;

import transconv.ops.Activation;
import transconv.ops.LossFunction;

/** Activations and losses with their slopes, value by value. */
final class ReferenceFunctions {

    /** Keras' {@code epsilon()}: probabilities are clipped to [EPSILON, 1 - EPSILON]. */
    private static final double EPSILON = 1e-7;

    /** As a float, since its distance from 1, of which the logarithm is taken, is 1.19e-7 there and not 1e-7. */
    private static final double UPPER = (float) (1 - EPSILON);

    private ReferenceFunctions() {}

    static double[] activate(Activation function, double[] x, int channels) {
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
        if (function == Activation.SOFTMAX) {
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

    static double[] activateGradient(Activation function, double[] y, double[] gradient, int channels) {
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

    static double[] loss(LossFunction function, double[] prediction, double[] target, int batch) {
        double[] out = new double[batch];
        int width = prediction.length / batch;
        for (int i = 0; i < prediction.length; i++) {
            out[i / width] += loss(function, prediction[i], target[i]) / width;
        }
        return out;
    }

    private static double loss(LossFunction function, double p, double t) {
        return switch (function) {
            case MEAN_SQUARED_ERROR -> (p - t) * (p - t);
            case BINARY_CROSSENTROPY -> -(t * Math.log(clip(p)) + (1 - t) * Math.log(1 - clip(p)));
            case BINARY_CROSSENTROPY_FROM_LOGITS -> Math.max(p, 0) - p * t + Math.log1p(Math.exp(-Math.abs(p)));
        };
    }

    static double[] lossGradient(LossFunction function, double[] prediction, double[] target, double[] gradient) {
        double[] out = new double[prediction.length];
        int width = prediction.length / gradient.length;
        for (int i = 0; i < prediction.length; i++) {
            out[i] = slope(function, prediction[i], target[i]) * gradient[i / width] / width;
        }
        return out;
    }

    private static double slope(LossFunction function, double p, double t) {
        return switch (function) {
            case MEAN_SQUARED_ERROR -> 2 * (p - t);
            case BINARY_CROSSENTROPY -> p < EPSILON || p > UPPER ? 0 : (p - t) / (p * (1 - p));
            case BINARY_CROSSENTROPY_FROM_LOGITS -> 1 / (1 + Math.exp(-p)) - t;
        };
    }

    private static double clip(double p) {
        return Math.min(Math.max(p, EPSILON), UPPER);
    }
}
