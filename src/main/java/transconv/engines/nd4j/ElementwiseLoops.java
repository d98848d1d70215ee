package transconv.engines.nd4j;

import java.nio.FloatBuffer;

/**
 * Functions of each value as loops, one a function so that each can be vectorized. NaN stays NaN.
 */
final class ElementwiseLoops {

    /** Below it, two terms of a power series are exact to a float and differences from 1 in double are not yet. */
    private static final double SMALL = 1e-5;

    private ElementwiseLoops() {}

    /** Without branches, which nothing could foretell: the smallest float goes beyond 1 when it is raised so. */
    static void sign(FloatBuffer x, FloatBuffer out) {
        for (int i = 0; i < out.capacity(); i++) {
            out.put(i, Math.min(Math.max(x.get(i) * 1e38f * 1e38f, -1), 1));
        }
    }

    static void squareRoot(FloatBuffer x, FloatBuffer out) {
        for (int i = 0; i < out.capacity(); i++) {
            out.put(i, (float) Math.sqrt(x.get(i)));
        }
    }

    /** As exact in float as {@link Math#expm1}, by the exponential that the JVM compiles to few instructions. */
    static void expm1(FloatBuffer x, FloatBuffer out) {
        for (int i = 0; i < out.capacity(); i++) {
            double at = x.get(i);
            out.put(i, (float) (Math.abs(at) < SMALL ? at * (1 + at / 2) : Math.exp(at) - 1));
        }
    }

    static void log1p(FloatBuffer x, FloatBuffer out) {
        for (int i = 0; i < out.capacity(); i++) {
            out.put(i, (float) log1p(x.get(i)));
        }
    }

    private static double log1p(double x) {
        return Math.abs(x) < SMALL ? x - x * x / 2 : Math.log(1 + x);
    }

    static void softplus(FloatBuffer x, FloatBuffer out) {
        for (int i = 0; i < out.capacity(); i++) {
            double at = x.get(i);
            out.put(i, (float) (Math.max(at, 0) + log1p(Math.exp(-Math.abs(at)))));
        }
    }

    static void clip(FloatBuffer x, float low, float high, FloatBuffer out) {
        for (int i = 0; i < out.capacity(); i++) {
            out.put(i, Math.min(Math.max(x.get(i), low), high));
        }
    }

    static void maximum(FloatBuffer a, FloatBuffer b, FloatBuffer out) {
        for (int i = 0; i < out.capacity(); i++) {
            out.put(i, Math.max(a.get(i), b.get(i)));
        }
    }

    static void minimum(FloatBuffer a, FloatBuffer b, FloatBuffer out) {
        for (int i = 0; i < out.capacity(); i++) {
            out.put(i, Math.min(a.get(i), b.get(i)));
        }
    }

    static void power(FloatBuffer a, FloatBuffer b, FloatBuffer out) {
        for (int i = 0; i < out.capacity(); i++) {
            out.put(i, (float) Math.pow(a.get(i), b.get(i)));
        }
    }
}
