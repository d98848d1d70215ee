package transconv.engines.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The gradient of 8 rows of a packed kernel whose panels have two vectors: 16 accumulators in registers. For each block
 * the output's gradient is loaded (two vectors), and multiplied by 8 input values, each broadcast to all lanes. The
 * rows are 2 groups of 4 whose input values are neighbours.
 */
final class TwoVectorGradientTile {

    /** Rows in a group. */
    static final int GROUP = 4;

    /** Groups at once. */
    static final int GROUPS = 2;

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    private TwoVectorGradientTile() {}

    /**
     * Adds to the rows what some of the blocks contribute.
     *
     * @param rows   of the packed kernel, in groups of this tile's size
     * @param begin  the first block
     * @param end    after the last block
     * @param x      input, an image from {@code xBase} on
     * @param y      gradient of the output
     * @param out    where in y each of these blocks begins, relative to {@code yBase}
     * @param first  the block to which the first of these places belongs
     * @param kernel gradient of the packed kernel
     */
    static void run(
            Blocks blocks,
            Blocks.Panel panel,
            KernelRows rows,
            int begin,
            int end,
            float[] x,
            int xBase,
            float[] y,
            int yBase,
            int[] out,
            int first,
            float[] kernel) {
        int[] in = blocks.in();
        for (int group = 0; group < rows.groups(); group += GROUPS) {
            int x0 = xBase + rows.in()[group + 0];
            int x1 = xBase + rows.in()[group + 1];
            int k0 = rows.at(panel, group + 0, 0);
            int k1 = rows.at(panel, group + 0, 1);
            int k2 = rows.at(panel, group + 0, 2);
            int k3 = rows.at(panel, group + 0, 3);
            int k4 = rows.at(panel, group + 1, 0);
            int k5 = rows.at(panel, group + 1, 1);
            int k6 = rows.at(panel, group + 1, 2);
            int k7 = rows.at(panel, group + 1, 3);
            FloatVector s0a = FloatVector.fromArray(SPECIES, kernel, k0);
            FloatVector s0b = FloatVector.fromArray(SPECIES, kernel, k0 + LANES);
            FloatVector s1a = FloatVector.fromArray(SPECIES, kernel, k1);
            FloatVector s1b = FloatVector.fromArray(SPECIES, kernel, k1 + LANES);
            FloatVector s2a = FloatVector.fromArray(SPECIES, kernel, k2);
            FloatVector s2b = FloatVector.fromArray(SPECIES, kernel, k2 + LANES);
            FloatVector s3a = FloatVector.fromArray(SPECIES, kernel, k3);
            FloatVector s3b = FloatVector.fromArray(SPECIES, kernel, k3 + LANES);
            FloatVector s4a = FloatVector.fromArray(SPECIES, kernel, k4);
            FloatVector s4b = FloatVector.fromArray(SPECIES, kernel, k4 + LANES);
            FloatVector s5a = FloatVector.fromArray(SPECIES, kernel, k5);
            FloatVector s5b = FloatVector.fromArray(SPECIES, kernel, k5 + LANES);
            FloatVector s6a = FloatVector.fromArray(SPECIES, kernel, k6);
            FloatVector s6b = FloatVector.fromArray(SPECIES, kernel, k6 + LANES);
            FloatVector s7a = FloatVector.fromArray(SPECIES, kernel, k7);
            FloatVector s7b = FloatVector.fromArray(SPECIES, kernel, k7 + LANES);
            for (int block = begin; block < end; block++) {
                int at = yBase + out[block - first];
                FloatVector ya = FloatVector.fromArray(SPECIES, y, at);
                FloatVector yb = FloatVector.fromArray(SPECIES, y, at + LANES);
                int f0 = in[block] + x0;
                FloatVector v0 = FloatVector.broadcast(SPECIES, x[f0]);
                s0a = v0.fma(ya, s0a);
                s0b = v0.fma(yb, s0b);
                FloatVector v1 = FloatVector.broadcast(SPECIES, x[f0 + 1]);
                s1a = v1.fma(ya, s1a);
                s1b = v1.fma(yb, s1b);
                FloatVector v2 = FloatVector.broadcast(SPECIES, x[f0 + 2]);
                s2a = v2.fma(ya, s2a);
                s2b = v2.fma(yb, s2b);
                FloatVector v3 = FloatVector.broadcast(SPECIES, x[f0 + 3]);
                s3a = v3.fma(ya, s3a);
                s3b = v3.fma(yb, s3b);
                int f1 = in[block] + x1;
                FloatVector v4 = FloatVector.broadcast(SPECIES, x[f1]);
                s4a = v4.fma(ya, s4a);
                s4b = v4.fma(yb, s4b);
                FloatVector v5 = FloatVector.broadcast(SPECIES, x[f1 + 1]);
                s5a = v5.fma(ya, s5a);
                s5b = v5.fma(yb, s5b);
                FloatVector v6 = FloatVector.broadcast(SPECIES, x[f1 + 2]);
                s6a = v6.fma(ya, s6a);
                s6b = v6.fma(yb, s6b);
                FloatVector v7 = FloatVector.broadcast(SPECIES, x[f1 + 3]);
                s7a = v7.fma(ya, s7a);
                s7b = v7.fma(yb, s7b);
            }
            s0a.intoArray(kernel, k0);
            s0b.intoArray(kernel, k0 + LANES);
            s1a.intoArray(kernel, k1);
            s1b.intoArray(kernel, k1 + LANES);
            s2a.intoArray(kernel, k2);
            s2b.intoArray(kernel, k2 + LANES);
            s3a.intoArray(kernel, k3);
            s3b.intoArray(kernel, k3 + LANES);
            s4a.intoArray(kernel, k4);
            s4b.intoArray(kernel, k4 + LANES);
            s5a.intoArray(kernel, k5);
            s5b.intoArray(kernel, k5 + LANES);
            s6a.intoArray(kernel, k6);
            s6b.intoArray(kernel, k6 + LANES);
            s7a.intoArray(kernel, k7);
            s7b.intoArray(kernel, k7 + LANES);
        }
    }
}
