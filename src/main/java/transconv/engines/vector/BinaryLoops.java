package transconv.engines.vector;

import static transconv.engines.vector.Lanes.COUNT;
import static transconv.engines.vector.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorOperators.Comparison;
import transconv.ops.BinaryFunction;

/**
 * Functions of each pair of values, one loop a function so that each can be vectorized. The output may be an input;
 * arrays are as long as whole vectors.
 */
final class BinaryLoops {

    private BinaryLoops() {}

    static Step of(BinaryFunction function, float[] a, float[] b, float[] out, int length) {
        Runnable loop =
                switch (function) {
                    case ADD -> () -> add(a, b, out, length);
                    case SUBTRACT -> () -> subtract(a, b, out, length);
                    case MULTIPLY -> () -> multiply(a, b, out, length);
                    case DIVIDE -> () -> divide(a, b, out, length);
                    case MAXIMUM -> () -> maximum(a, b, out, length);
                    case MINIMUM -> () -> minimum(a, b, out, length);
                    case POWER -> () -> power(a, b, out, length);
                    case GREATER -> () -> greater(a, b, out, length);
                    case GREATER_EQUAL -> () -> greaterEqual(a, b, out, length);
                    case EQUAL -> () -> equal(a, b, out, length);
                };
        return Step.of("loop of " + function, loop);
    }

    private static void add(float[] a, float[] b, float[] out, int length) {
        for (int i = 0; i < length; i++) {
            out[i] = a[i] + b[i];
        }
    }

    private static void subtract(float[] a, float[] b, float[] out, int length) {
        for (int i = 0; i < length; i++) {
            out[i] = a[i] - b[i];
        }
    }

    private static void multiply(float[] a, float[] b, float[] out, int length) {
        for (int i = 0; i < length; i++) {
            out[i] = a[i] * b[i];
        }
    }

    private static void divide(float[] a, float[] b, float[] out, int length) {
        for (int i = 0; i < length; i++) {
            out[i] = a[i] / b[i];
        }
    }

    private static void maximum(float[] a, float[] b, float[] out, int length) {
        for (int i = 0; i < length; i++) {
            out[i] = Math.max(a[i], b[i]);
        }
    }

    private static void minimum(float[] a, float[] b, float[] out, int length) {
        for (int i = 0; i < length; i++) {
            out[i] = Math.min(a[i], b[i]);
        }
    }

    private static void power(float[] a, float[] b, float[] out, int length) {
        for (int i = 0; i < length; i++) {
            out[i] = (float) Math.pow(a[i], b[i]);
        }
    }

    // Comparisons by masks, since a branch on random signs is foretold wrong every other time. Each names its
    // comparison as a constant, without which it would not be compiled to one instruction.

    private static void greater(float[] a, float[] b, float[] out, int length) {
        for (int i = 0; i < length; i += COUNT) {
            compare(VectorOperators.GT, a, b, out, i);
        }
    }

    private static void greaterEqual(float[] a, float[] b, float[] out, int length) {
        for (int i = 0; i < length; i += COUNT) {
            compare(VectorOperators.GE, a, b, out, i);
        }
    }

    private static void equal(float[] a, float[] b, float[] out, int length) {
        for (int i = 0; i < length; i += COUNT) {
            compare(VectorOperators.EQ, a, b, out, i);
        }
    }

    private static void compare(Comparison comparison, float[] a, float[] b, float[] out, int i) {
        FloatVector left = FloatVector.fromArray(SPECIES, a, i);
        FloatVector right = FloatVector.fromArray(SPECIES, b, i);
        FloatVector.zero(SPECIES).blend(1, left.compare(comparison, right)).intoArray(out, i);
    }
}
