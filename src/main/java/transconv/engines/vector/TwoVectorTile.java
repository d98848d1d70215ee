package transconv.engines.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Output blocks of two vectors, 8 at a time: 16 accumulators in registers. For each input value of a run a row of the
 * packed kernel is loaded (two vectors), and multiplied by 8 input values, one of each block, each broadcast to all
 * lanes.
 */
final class TwoVectorTile {

    /** Blocks at a time. */
    static final int BLOCKS = 8;

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    private TwoVectorTile() {}

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
        FloatVector s0a = FloatVector.fromArray(SPECIES, sums, 0);
        FloatVector s0b = FloatVector.fromArray(SPECIES, sums, LANES);
        FloatVector s1a = FloatVector.fromArray(SPECIES, sums, 2 * LANES);
        FloatVector s1b = FloatVector.fromArray(SPECIES, sums, 3 * LANES);
        FloatVector s2a = FloatVector.fromArray(SPECIES, sums, 4 * LANES);
        FloatVector s2b = FloatVector.fromArray(SPECIES, sums, 5 * LANES);
        FloatVector s3a = FloatVector.fromArray(SPECIES, sums, 6 * LANES);
        FloatVector s3b = FloatVector.fromArray(SPECIES, sums, 7 * LANES);
        FloatVector s4a = FloatVector.fromArray(SPECIES, sums, 8 * LANES);
        FloatVector s4b = FloatVector.fromArray(SPECIES, sums, 9 * LANES);
        FloatVector s5a = FloatVector.fromArray(SPECIES, sums, 10 * LANES);
        FloatVector s5b = FloatVector.fromArray(SPECIES, sums, 11 * LANES);
        FloatVector s6a = FloatVector.fromArray(SPECIES, sums, 12 * LANES);
        FloatVector s6b = FloatVector.fromArray(SPECIES, sums, 13 * LANES);
        FloatVector s7a = FloatVector.fromArray(SPECIES, sums, 14 * LANES);
        FloatVector s7b = FloatVector.fromArray(SPECIES, sums, 15 * LANES);
        for (int k = 0; k < length; k++) {
            FloatVector wa = FloatVector.fromArray(SPECIES, kernel, row + k * 2 * LANES);
            FloatVector wb = FloatVector.fromArray(SPECIES, kernel, row + k * 2 * LANES + LANES);
            FloatVector v0 = FloatVector.broadcast(SPECIES, x[x0 + k]);
            s0a = v0.fma(wa, s0a);
            s0b = v0.fma(wb, s0b);
            FloatVector v1 = FloatVector.broadcast(SPECIES, x[x1 + k]);
            s1a = v1.fma(wa, s1a);
            s1b = v1.fma(wb, s1b);
            FloatVector v2 = FloatVector.broadcast(SPECIES, x[x2 + k]);
            s2a = v2.fma(wa, s2a);
            s2b = v2.fma(wb, s2b);
            FloatVector v3 = FloatVector.broadcast(SPECIES, x[x3 + k]);
            s3a = v3.fma(wa, s3a);
            s3b = v3.fma(wb, s3b);
            FloatVector v4 = FloatVector.broadcast(SPECIES, x[x4 + k]);
            s4a = v4.fma(wa, s4a);
            s4b = v4.fma(wb, s4b);
            FloatVector v5 = FloatVector.broadcast(SPECIES, x[x5 + k]);
            s5a = v5.fma(wa, s5a);
            s5b = v5.fma(wb, s5b);
            FloatVector v6 = FloatVector.broadcast(SPECIES, x[x6 + k]);
            s6a = v6.fma(wa, s6a);
            s6b = v6.fma(wb, s6b);
            FloatVector v7 = FloatVector.broadcast(SPECIES, x[x7 + k]);
            s7a = v7.fma(wa, s7a);
            s7b = v7.fma(wb, s7b);
        }
        s0a.intoArray(sums, 0);
        s0b.intoArray(sums, LANES);
        s1a.intoArray(sums, 2 * LANES);
        s1b.intoArray(sums, 3 * LANES);
        s2a.intoArray(sums, 4 * LANES);
        s2b.intoArray(sums, 5 * LANES);
        s3a.intoArray(sums, 6 * LANES);
        s3b.intoArray(sums, 7 * LANES);
        s4a.intoArray(sums, 8 * LANES);
        s4b.intoArray(sums, 9 * LANES);
        s5a.intoArray(sums, 10 * LANES);
        s5b.intoArray(sums, 11 * LANES);
        s6a.intoArray(sums, 12 * LANES);
        s6b.intoArray(sums, 13 * LANES);
        s7a.intoArray(sums, 14 * LANES);
        s7b.intoArray(sums, 15 * LANES);
    }
}
