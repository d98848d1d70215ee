package transconv.engines.reference;

import java.util.List;
import transconv.ops.FusedLoss;
import transconv.ops.LossFunction;
import transconv.ops.LossGradient;
import transconv.shape.Shape;

/** Losses with their slopes. */
final class LossKernels {

    /** Keras' {@code epsilon()}: probabilities are clipped to [EPSILON, 1 - EPSILON]. */
    private static final double EPSILON = 1e-7;

    /** As a float, since its distance from 1, of which the logarithm is taken, is 1.19e-7 there and not 1e-7. */
    private static final double UPPER = (float) (1 - EPSILON);

    private LossKernels() {}

    static double[] loss(FusedLoss op, Shape output, List<Tensor> in) {
        double[] prediction = in.get(0).values();
        double[] target = in.get(1).values();
        double[] out = new double[output.elements()];
        int width = prediction.length / out.length;
        for (int i = 0; i < prediction.length; i++) {
            out[i / width] += loss(op.function(), prediction[i], target[i]) / width;
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

    static double[] lossGradient(LossGradient op, Shape output, List<Tensor> in) {
        double[] prediction = in.get(0).values();
        double[] target = in.get(1).values();
        double[] gradient = in.get(2).values();
        double[] out = new double[prediction.length];
        int width = prediction.length / gradient.length;
        for (int i = 0; i < prediction.length; i++) {
            out[i] = slope(op.function(), prediction[i], target[i]) * gradient[i / width] / width;
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
