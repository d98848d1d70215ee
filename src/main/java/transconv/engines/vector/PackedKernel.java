package transconv.engines.vector;

import java.util.Arrays;

/** A kernel in the order of a plan's panels, and what is computed in that order brought back. */
final class PackedKernel {

    private final int[] packing;
    private final float[] values;

    PackedKernel(ContractionPlan plan) {
        packing = plan.packing();
        values = new float[packing.length + ContractionPlan.MOST_VECTORS * Lanes.COUNT];
    }

    /** In the plan's order, with a spare row behind the last. */
    float[] values() {
        return values;
    }

    long bytes() {
        return (long) values.length * Float.BYTES;
    }

    void pack(float[] kernel) {
        for (int i = 0; i < packing.length; i++) {
            values[i] = packing[i] < 0 ? 0 : kernel[packing[i]];
        }
    }

    /** Each value of the kernel becomes the sum of the packed values that {@link #pack} fills from it. */
    void unpack(float[] kernel, int length) {
        Arrays.fill(kernel, 0, length, 0);
        for (int i = 0; i < packing.length; i++) {
            if (packing[i] >= 0) {
                kernel[packing[i]] += values[i];
            }
        }
    }
}
