package transconv.engines.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Output blocks of one vector, 12 at a time: 12 accumulators in registers. For each input value of a run a row of the
 * packed kernel is loaded (one vector), and multiplied by 12 input values, one of each block, each broadcast to all
 * lanes.
 */
final class OneVectorTile {

    /** Blocks at a time. */
    static final int BLOCKS = 12;

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    private OneVectorTile() {}

    /**
     * Adds to the sums what a run of neighbouring input values contributes. Between runs, sums are kept in memory:
     * carried from loop to loop in registers, JDK 17 would make objects of them.
     *
     * @param x      input
     * @param in     for each block where its input begins
     * @param block  the first block
     * @param from   where the run begins, relative to a block's input and the image
     * @param length of the run
     * @param kernel packed
     * @param row    where the run's first row begins
     * @param sums   (block, lane)
     */
    static void add(float[] x, int[] in, int block, int from, int length, float[] kernel, int row, float[] sums) {
        int x0 = in[block] + from;
        int x1 = in[block + 1] + from;
        int x2 = in[block + 2] + from;
        int x3 = in[block + 3] + from;
        int x4 = in[block + 4] + from;
        int x5 = in[block + 5] + from;
        int x6 = in[block + 6] + from;
        int x7 = in[block + 7] + from;
        int x8 = in[block + 8] + from;
        int x9 = in[block + 9] + from;
        int x10 = in[block + 10] + from;
        int x11 = in[block + 11] + from;
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
        for (int k = 0; k < length; k++) {
            FloatVector w = FloatVector.fromArray(SPECIES, kernel, row + k * LANES);
            s0 = FloatVector.broadcast(SPECIES, x[x0 + k]).fma(w, s0);
            s1 = FloatVector.broadcast(SPECIES, x[x1 + k]).fma(w, s1);
            s2 = FloatVector.broadcast(SPECIES, x[x2 + k]).fma(w, s2);
            s3 = FloatVector.broadcast(SPECIES, x[x3 + k]).fma(w, s3);
            s4 = FloatVector.broadcast(SPECIES, x[x4 + k]).fma(w, s4);
            s5 = FloatVector.broadcast(SPECIES, x[x5 + k]).fma(w, s5);
            s6 = FloatVector.broadcast(SPECIES, x[x6 + k]).fma(w, s6);
            s7 = FloatVector.broadcast(SPECIES, x[x7 + k]).fma(w, s7);
            s8 = FloatVector.broadcast(SPECIES, x[x8 + k]).fma(w, s8);
            s9 = FloatVector.broadcast(SPECIES, x[x9 + k]).fma(w, s9);
            s10 = FloatVector.broadcast(SPECIES, x[x10 + k]).fma(w, s10);
            s11 = FloatVector.broadcast(SPECIES, x[x11 + k]).fma(w, s11);
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
