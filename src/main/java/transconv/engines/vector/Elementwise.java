package transconv.engines.vector;

import static transconv.engines.vector.Lanes.COUNT;
import static transconv.engines.vector.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import transconv.ops.FusedActivation;
import transconv.ops.LossFunction;

/**
 * Functions of single values. Arrays are as long as whole vectors, so the last vector needs no care: what it computes
 * behind the values is never read.
 */
final class Elementwise {

    private Elementwise() {}

    static void activate(FusedActivation function, float[] x, float[] out, int length) {
        switch (function) {
            case LINEAR -> System.arraycopy(x, 0, out, 0, length);
            case RELU -> {
                for (int i = 0; i < length; i += COUNT) {
                    at(x, i).max(0).intoArray(out, i);
                }
            }
            case SIGMOID -> {
                for (int i = 0; i < length; i += COUNT) {
                    VectorMath.sigmoid(at(x, i)).intoArray(out, i);
                }
            }
            case TANH -> {
                for (int i = 0; i < length; i += COUNT) {
                    VectorMath.tanh(at(x, i)).intoArray(out, i);
                }
            }
            case SOFTMAX -> throw new IllegalArgumentException("SOFTMAX is no function of single values");
        }
    }

    /**
     * The gradient of an activation's input.
     *
     * @param y        the activation's output
     * @param gradient of the output
     */
    static void activateGradient(FusedActivation function, float[] y, float[] gradient, float[] out, int length) {
        switch (function) {
            case LINEAR -> System.arraycopy(gradient, 0, out, 0, length);
            case RELU -> {
                for (int i = 0; i < length; i += COUNT) {
                    FloatVector.zero(SPECIES)
                            .blend(at(gradient, i), at(y, i).compare(VectorOperators.GT, 0))
                            .intoArray(out, i);
                }
            }
            case SIGMOID -> {
                for (int i = 0; i < length; i += COUNT) {
                    FloatVector s = at(y, i);
                    at(gradient, i).mul(s).mul(s.neg().add(1)).intoArray(out, i);
                }
            }
            case TANH -> {
                for (int i = 0; i < length; i += COUNT) {
                    FloatVector t = at(y, i);
                    at(gradient, i)
                            .mul(t.neg().fma(t, FloatVector.broadcast(SPECIES, 1)))
                            .intoArray(out, i);
                }
            }
            case SOFTMAX -> throw new IllegalArgumentException("SOFTMAX is no function of single values");
        }
    }

    /** The loss of each value, p the prediction and t the target. */
    static void loss(LossFunction function, float[] p, float[] t, float[] out, int length) {
        switch (function) {
            case MEAN_SQUARED_ERROR -> {
                for (int i = 0; i < length; i++) {
                    out[i] = (p[i] - t[i]) * (p[i] - t[i]);
                }
            }
            case BINARY_CROSSENTROPY -> {
                for (int i = 0; i < length; i++) {
                    double q = Math.min(Math.max(p[i], Probability.LOWER), Probability.UPPER);
                    out[i] = (float) -(t[i] * Math.log(q) + (1 - t[i]) * Math.log(1 - q));
                }
            }
            case BINARY_CROSSENTROPY_FROM_LOGITS -> {
                for (int i = 0; i < length; i += COUNT) {
                    FloatVector z = at(p, i);
                    FloatVector small = VectorMath.log1p(VectorMath.exp(z.abs().neg()));
                    z.max(0).sub(z.mul(at(t, i))).add(small).intoArray(out, i);
                }
            }
        }
    }

    /** The slope of each value's loss. */
    static void lossSlope(LossFunction function, float[] p, float[] t, float[] out, int length) {
        switch (function) {
            case MEAN_SQUARED_ERROR -> {
                for (int i = 0; i < length; i++) {
                    out[i] = 2 * (p[i] - t[i]);
                }
            }
            case BINARY_CROSSENTROPY -> {
                for (int i = 0; i < length; i++) {
                    double q = p[i];
                    boolean clipped = q < Probability.LOWER || q > Probability.UPPER;
                    out[i] = clipped ? 0 : (float) ((q - t[i]) / (q * (1 - q)));
                }
            }
            case BINARY_CROSSENTROPY_FROM_LOGITS -> {
                for (int i = 0; i < length; i += COUNT) {
                    VectorMath.sigmoid(at(p, i)).sub(at(t, i)).intoArray(out, i);
                }
            }
        }
    }

    private static FloatVector at(float[] values, int index) {
        return FloatVector.fromArray(SPECIES, values, index);
    }

    /** Where Keras clips a probability. */
    private static final class Probability {
        static final double LOWER = 1e-7;

        /** As a float, since its distance from 1, of which the logarithm is taken, is 1.19e-7 there and not 1e-7. */
        static final double UPPER = (float) (1 - 1e-7);
    }
}
