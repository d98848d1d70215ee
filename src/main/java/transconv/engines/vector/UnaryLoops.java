package transconv.engines.vector;

import static transconv.engines.vector.Lanes.COUNT;
import static transconv.engines.vector.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import transconv.ops.Affine;
import transconv.ops.Clip;
import transconv.ops.UnaryFunction;

/**
 * Functions of each value, one loop a function so that each can be vectorized. NaN stays NaN. The output may be the
 * input; arrays are as long as whole vectors.
 */
final class UnaryLoops {

    /** Up to this size, {@link VectorMath#exp} need not be bounded. */
    private static final float LARGE = 87;

    /** Below it, two terms of a power series are exact to a float and differences from 1 in double are not yet. */
    private static final double SMALL = 1e-5;

    /** From here on, the error function is 1 in float. */
    private static final double ERF_IS_ONE = 4;

    private static final double TWO_BY_ROOT_PI = 2 / Math.sqrt(Math.PI);

    private UnaryLoops() {}

    static Step of(UnaryFunction function, float[] x, float[] out, int length) {
        Runnable loop =
                switch (function) {
                    case ABS -> () -> absolute(x, out, length);
                    case SIGN -> () -> sign(x, out, length);
                    case EXP -> () -> exp(x, out, length);
                    case EXPM1 -> () -> expm1(x, out, length);
                    case LOG -> () -> log(x, out, length);
                    case LOG1P -> () -> log1p(x, out, length);
                    case SQRT -> () -> squareRoot(x, out, length);
                    case SQUARE -> () -> square(x, out, length);
                    case RECIPROCAL -> () -> reciprocal(x, out, length);
                    case SOFTPLUS -> () -> softplus(x, out, length);
                    case ERF -> () -> erf(x, out, length);
                };
        return Step.of("loop of " + function, loop);
    }

    static Step affine(Affine op, float[] x, float[] out, int length) {
        float factor = (float) op.factor();
        float offset = (float) op.offset();
        return Step.of("loop of multiply and add", () -> affine(x, factor, offset, out, length));
    }

    static Step clip(Clip op, float[] x, float[] out, int length) {
        float low = (float) op.low();
        float high = (float) op.high();
        return Step.of("loop of MAXIMUM and MINIMUM", () -> clip(x, low, high, out, length));
    }

    /** {@code factor * x + offset}, rounded once. */
    private static void affine(float[] x, float factor, float offset, float[] out, int length) {
        FloatVector factors = FloatVector.broadcast(SPECIES, factor);
        FloatVector offsets = FloatVector.broadcast(SPECIES, offset);
        for (int i = 0; i < length; i += COUNT) {
            FloatVector.fromArray(SPECIES, x, i).fma(factors, offsets).intoArray(out, i);
        }
    }

    private static void clip(float[] x, float low, float high, float[] out, int length) {
        for (int i = 0; i < length; i++) {
            out[i] = Math.min(Math.max(x[i], low), high);
        }
    }

    private static void absolute(float[] x, float[] out, int length) {
        for (int i = 0; i < length; i++) {
            out[i] = Math.abs(x[i]);
        }
    }

    private static void sign(float[] x, float[] out, int length) {
        for (int i = 0; i < length; i++) {
            out[i] = Math.signum(x[i]);
        }
    }

    private static void squareRoot(float[] x, float[] out, int length) {
        for (int i = 0; i < length; i++) {
            out[i] = (float) Math.sqrt(x[i]);
        }
    }

    private static void square(float[] x, float[] out, int length) {
        for (int i = 0; i < length; i++) {
            out[i] = x[i] * x[i];
        }
    }

    private static void reciprocal(float[] x, float[] out, int length) {
        for (int i = 0; i < length; i++) {
            out[i] = 1 / x[i];
        }
    }

    /** Vectors with a value beyond the polynomial's bounds one by one. */
    private static void exp(float[] x, float[] out, int length) {
        for (int i = 0; i < length; i += COUNT) {
            FloatVector at = FloatVector.fromArray(SPECIES, x, i);
            if (at.abs().compare(VectorOperators.LT, LARGE).allTrue()) {
                VectorMath.exp(at).intoArray(out, i);
            } else {
                expOfEach(x, out, i);
            }
        }
    }

    private static void expOfEach(float[] x, float[] out, int first) {
        for (int i = first; i < first + COUNT; i++) {
            out[i] = (float) Math.exp(x[i]);
        }
    }

    private static void softplus(float[] x, float[] out, int length) {
        for (int i = 0; i < length; i += COUNT) {
            FloatVector at = FloatVector.fromArray(SPECIES, x, i);
            FloatVector size = at.abs();
            if (size.compare(VectorOperators.LT, LARGE).allTrue()) {
                at.max(0).add(VectorMath.log1p(VectorMath.exp(size.neg()))).intoArray(out, i);
            } else {
                softplusOfEach(x, out, i);
            }
        }
    }

    private static void softplusOfEach(float[] x, float[] out, int first) {
        for (int i = first; i < first + COUNT; i++) {
            double at = x[i];
            out[i] = (float) (Math.max(at, 0) + log1p(Math.exp(-Math.abs(at))));
        }
    }

    private static void log(float[] x, float[] out, int length) {
        for (int i = 0; i < length; i++) {
            out[i] = (float) Math.log(x[i]);
        }
    }

    private static void log1p(float[] x, float[] out, int length) {
        for (int i = 0; i < length; i++) {
            out[i] = (float) log1p(x[i]);
        }
    }

    private static double log1p(double x) {
        return Math.abs(x) < SMALL ? x - x * x / 2 : Math.log(1 + x);
    }

    /** As exact in float as {@link Math#expm1}, by the exponential that the JVM compiles to few instructions. */
    private static void expm1(float[] x, float[] out, int length) {
        for (int i = 0; i < length; i++) {
            double at = x[i];
            out[i] = (float) (Math.abs(at) < SMALL ? at * (1 + at / 2) : Math.exp(at) - 1);
        }
    }

    private static void erf(float[] x, float[] out, int length) {
        for (int i = 0; i < length; i++) {
            out[i] = (float) erf(x[i]);
        }
    }

    /**
     * {@code 2/√π exp(-x²) Σ 2ⁿ x²ⁿ⁺¹ / (1·3·…·(2n+1))}: no term is subtracted from another. Source: Abramowitz and
     * Stegun (1964), equation 7.1.6.
     */
    private static double erf(double x) {
        if (Math.abs(x) >= ERF_IS_ONE) {
            return Math.signum(x);
        }
        double twice = 2 * x * x;
        double term = x;
        double sum = x;
        // From there on, each term is less than half of the one before.
        for (int odd = 3; Math.abs(term) > 1e-10 * Math.abs(sum); odd += 2) {
            term *= twice / odd;
            sum += term;
        }
        return TWO_BY_ROOT_PI * Math.exp(-x * x) * sum;
    }
}
