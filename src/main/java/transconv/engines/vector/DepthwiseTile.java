package transconv.engines.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * A vector of channels of 12 output blocks at a time: 12 accumulators in registers. For each vector of a block's input
 * a row of the packed kernel is loaded (one vector), and multiplied by 12 vectors of input values, one of each block.
 */
final class DepthwiseTile {

    /** Blocks at a time. */
    static final int BLOCKS = 12;

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    private DepthwiseTile() {}

    /**
     * Adds to the sums what some vectors of each block's input contribute.
     *
     * @param x      input
     * @param xBase  where the image begins
     * @param in     for each block where its input begins
     * @param block  the first block
     * @param at     where the vectors lie, relative to a block's input
     * @param kernel packed
     * @param base   where its rows begin
     * @param rows   for each vector the row of the kernel, in vectors
     * @param sums   (block, lane)
     */
    static void add(
            float[] x, int xBase, int[] in, int block, int[] at, float[] kernel, int base, int[] rows, float[] sums) {
        int x0 = in[block] + xBase;
        int x1 = in[block + 1] + xBase;
        int x2 = in[block + 2] + xBase;
        int x3 = in[block + 3] + xBase;
        int x4 = in[block + 4] + xBase;
        int x5 = in[block + 5] + xBase;
        int x6 = in[block + 6] + xBase;
        int x7 = in[block + 7] + xBase;
        int x8 = in[block + 8] + xBase;
        int x9 = in[block + 9] + xBase;
        int x10 = in[block + 10] + xBase;
        int x11 = in[block + 11] + xBase;
        FloatVector s0 = FloatVector.fromArray(SPECIES, sums, 0);
        FloatVector s1 = FloatVector.fromArray(SPECIES, sums, LANES);
        FloatVector s2 = FloatVector.fromArray(SPECIES, sums, 2 * LANES);
        FloatVector s3 = FloatVector.fromArray(SPECIES, sums, 3 * LANES);
        FloatVector s4 = FloatVector.fromArray(SPECIES, sums, 4 * LANES);
        FloatVector s5 = FloatVector.fromArray(SPECIES, sums, 5 * LANES);
        FloatVector s6 = FloatVector.fromArray(SPECIES, sums, 6 * LANES);
        FloatVector s7 = FloatVector.fromArray(SPECIES, sums, 7 * LANES);
        FloatVector s8 = FloatVector.fromArray(SPECIES, sums, 8 * LANES);
        FloatVector s9 = FloatVector.fromArray(SPECIES, sums, 9 * LANES);
        FloatVector s10 = FloatVector.fromArray(SPECIES, sums, 10 * LANES);
        FloatVector s11 = FloatVector.fromArray(SPECIES, sums, 11 * LANES);
        for (int i = 0; i < at.length; i++) {
            int from = at[i];
            FloatVector w = FloatVector.fromArray(SPECIES, kernel, base + rows[i] * LANES);
            s0 = FloatVector.fromArray(SPECIES, x, x0 + from).fma(w, s0);
            s1 = FloatVector.fromArray(SPECIES, x, x1 + from).fma(w, s1);
            s2 = FloatVector.fromArray(SPECIES, x, x2 + from).fma(w, s2);
            s3 = FloatVector.fromArray(SPECIES, x, x3 + from).fma(w, s3);
            s4 = FloatVector.fromArray(SPECIES, x, x4 + from).fma(w, s4);
            s5 = FloatVector.fromArray(SPECIES, x, x5 + from).fma(w, s5);
            s6 = FloatVector.fromArray(SPECIES, x, x6 + from).fma(w, s6);
            s7 = FloatVector.fromArray(SPECIES, x, x7 + from).fma(w, s7);
            s8 = FloatVector.fromArray(SPECIES, x, x8 + from).fma(w, s8);
            s9 = FloatVector.fromArray(SPECIES, x, x9 + from).fma(w, s9);
            s10 = FloatVector.fromArray(SPECIES, x, x10 + from).fma(w, s10);
            s11 = FloatVector.fromArray(SPECIES, x, x11 + from).fma(w, s11);
        }
        s0.intoArray(sums, 0);
        s1.intoArray(sums, LANES);
        s2.intoArray(sums, 2 * LANES);
        s3.intoArray(sums, 3 * LANES);
        s4.intoArray(sums, 4 * LANES);
        s5.intoArray(sums, 5 * LANES);
        s6.intoArray(sums, 6 * LANES);
        s7.intoArray(sums, 7 * LANES);
        s8.intoArray(sums, 8 * LANES);
        s9.intoArray(sums, 9 * LANES);
        s10.intoArray(sums, 10 * LANES);
        s11.intoArray(sums, 11 * LANES);
    }
}
