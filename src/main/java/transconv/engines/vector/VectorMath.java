package transconv.engines.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * Functions of all lanes, by polynomials: the same bits on every machine and in every stage of compilation, which the
 * JVM's own vector functions do not promise. Source of the coefficients: Moshier, Cephes, {@code expf} and {@code
 * tanhf}.
 */
final class VectorMath {

    private static final float LOG2_E = 1.44269504f;

    /** ln 2 in two parts, the first so short that its product with a small integer is exact. */
    private static final float LN2_HIGH = 0.693359375f;

    private static final float LN2_LOW = -2.12194440e-4f;

    /** Added to a number, it rounds it to an integer, which then stands in the lowest bits. */
    private static final float ROUNDING = 0x1.8p23f;

    private static final int ONE = Float.floatToIntBits(1);
    private static final int MANTISSA_BITS = 23;

    private VectorMath() {}

    /** {@code exp(x)}, between the least normal float and 2^127.5; beyond, the value at the bound. */
    static FloatVector exp(FloatVector x) {
        FloatVector bounded = x.max(-87.3f).min(88.3f);
        FloatVector rounding = bounded.mul(LOG2_E).add(ROUNDING);
        FloatVector n = rounding.sub(ROUNDING);
        FloatVector r = n.mul(-LN2_HIGH).add(bounded);
        r = n.mul(-LN2_LOW).add(r);
        FloatVector p = r.mul(1.9875691500e-4f).add(1.3981999507e-3f);
        p = fma(p, r, 8.3334519073e-3f);
        p = fma(p, r, 4.1665795894e-2f);
        p = fma(p, r, 1.6666665459e-1f);
        p = fma(p, r, 5.0000001201e-1f);
        p = fma(p, r, 1);
        p = fma(p, r, 1);
        return p.mul(rounding.reinterpretAsInts()
                .lanewise(VectorOperators.LSHL, MANTISSA_BITS)
                .add(ONE)
                .reinterpretAsFloats());
    }

    private static FloatVector fma(FloatVector a, FloatVector b, float c) {
        return a.fma(b, FloatVector.broadcast(Lanes.SPECIES, c));
    }

    /** {@code log(1 + e)} for e in [0, 1], by {@code 2 atanh(e / (2 + e))}. */
    static FloatVector log1p(FloatVector e) {
        FloatVector s = e.div(e.add(2));
        FloatVector z = s.mul(s);
        FloatVector p = FloatVector.broadcast(Lanes.SPECIES, 1f / 15);
        for (int odd = 13; odd > 0; odd -= 2) {
            p = fma(p, z, 1f / odd);
        }
        return s.mul(2).mul(p);
    }

    /** {@code 1 / (1 + exp(-x))}. */
    static FloatVector sigmoid(FloatVector x) {
        return FloatVector.broadcast(Lanes.SPECIES, 1).div(exp(x.neg()).add(1));
    }

    static FloatVector tanh(FloatVector x) {
        FloatVector two = FloatVector.broadcast(Lanes.SPECIES, 2);
        FloatVector far = two.div(exp(x.mul(2)).add(1)).neg().add(1);
        FloatVector z = x.mul(x);
        FloatVector p = z.mul(-5.70498872745e-3f).add(2.06390887954e-2f);
        p = fma(p, z, -5.37397155531e-2f);
        p = fma(p, z, 1.33314422036e-1f);
        p = fma(p, z, -3.33332819422e-1f);
        FloatVector near = p.mul(z).fma(x, x);
        VectorMask<Float> isNear = x.abs().lt(0.625f);
        return far.blend(near, isNear);
    }
}
