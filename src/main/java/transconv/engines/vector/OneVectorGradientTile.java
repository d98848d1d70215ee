package transconv.engines.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The gradient of 16 rows of a packed kernel whose panels have one vector: 16 accumulators in registers. For each block
 * the output's gradient is loaded (one vector), and multiplied by 16 input values, each broadcast to all lanes. The
 * rows are 2 groups of 8 whose input values are neighbours.
 */
final class OneVectorGradientTile {

    /** Rows in a group. */
    static final int GROUP = 8;

    /** Groups at once. */
    static final int GROUPS = 2;

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    private OneVectorGradientTile() {}

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
            int k4 = rows.at(panel, group + 0, 4);
            int k5 = rows.at(panel, group + 0, 5);
            int k6 = rows.at(panel, group + 0, 6);
            int k7 = rows.at(panel, group + 0, 7);
            int k8 = rows.at(panel, group + 1, 0);
            int k9 = rows.at(panel, group + 1, 1);
            int k10 = rows.at(panel, group + 1, 2);
            int k11 = rows.at(panel, group + 1, 3);
            int k12 = rows.at(panel, group + 1, 4);
            int k13 = rows.at(panel, group + 1, 5);
            int k14 = rows.at(panel, group + 1, 6);
            int k15 = rows.at(panel, group + 1, 7);
            FloatVector s0 = FloatVector.fromArray(SPECIES, kernel, k0);
            FloatVector s1 = FloatVector.fromArray(SPECIES, kernel, k1);
            FloatVector s2 = FloatVector.fromArray(SPECIES, kernel, k2);
            FloatVector s3 = FloatVector.fromArray(SPECIES, kernel, k3);
            FloatVector s4 = FloatVector.fromArray(SPECIES, kernel, k4);
            FloatVector s5 = FloatVector.fromArray(SPECIES, kernel, k5);
            FloatVector s6 = FloatVector.fromArray(SPECIES, kernel, k6);
            FloatVector s7 = FloatVector.fromArray(SPECIES, kernel, k7);
            FloatVector s8 = FloatVector.fromArray(SPECIES, kernel, k8);
            FloatVector s9 = FloatVector.fromArray(SPECIES, kernel, k9);
            FloatVector s10 = FloatVector.fromArray(SPECIES, kernel, k10);
            FloatVector s11 = FloatVector.fromArray(SPECIES, kernel, k11);
            FloatVector s12 = FloatVector.fromArray(SPECIES, kernel, k12);
            FloatVector s13 = FloatVector.fromArray(SPECIES, kernel, k13);
            FloatVector s14 = FloatVector.fromArray(SPECIES, kernel, k14);
            FloatVector s15 = FloatVector.fromArray(SPECIES, kernel, k15);
            for (int block = begin; block < end; block++) {
                int at = yBase + out[block - first];
                FloatVector ya = FloatVector.fromArray(SPECIES, y, at);
                int f0 = in[block] + x0;
                s0 = FloatVector.broadcast(SPECIES, x[f0]).fma(ya, s0);
                s1 = FloatVector.broadcast(SPECIES, x[f0 + 1]).fma(ya, s1);
                s2 = FloatVector.broadcast(SPECIES, x[f0 + 2]).fma(ya, s2);
                s3 = FloatVector.broadcast(SPECIES, x[f0 + 3]).fma(ya, s3);
                s4 = FloatVector.broadcast(SPECIES, x[f0 + 4]).fma(ya, s4);
                s5 = FloatVector.broadcast(SPECIES, x[f0 + 5]).fma(ya, s5);
                s6 = FloatVector.broadcast(SPECIES, x[f0 + 6]).fma(ya, s6);
                s7 = FloatVector.broadcast(SPECIES, x[f0 + 7]).fma(ya, s7);
                int f1 = in[block] + x1;
                s8 = FloatVector.broadcast(SPECIES, x[f1]).fma(ya, s8);
                s9 = FloatVector.broadcast(SPECIES, x[f1 + 1]).fma(ya, s9);
                s10 = FloatVector.broadcast(SPECIES, x[f1 + 2]).fma(ya, s10);
                s11 = FloatVector.broadcast(SPECIES, x[f1 + 3]).fma(ya, s11);
                s12 = FloatVector.broadcast(SPECIES, x[f1 + 4]).fma(ya, s12);
                s13 = FloatVector.broadcast(SPECIES, x[f1 + 5]).fma(ya, s13);
                s14 = FloatVector.broadcast(SPECIES, x[f1 + 6]).fma(ya, s14);
                s15 = FloatVector.broadcast(SPECIES, x[f1 + 7]).fma(ya, s15);
            }
            s0.intoArray(kernel, k0);
            s1.intoArray(kernel, k1);
            s2.intoArray(kernel, k2);
            s3.intoArray(kernel, k3);
            s4.intoArray(kernel, k4);
            s5.intoArray(kernel, k5);
            s6.intoArray(kernel, k6);
            s7.intoArray(kernel, k7);
            s8.intoArray(kernel, k8);
            s9.intoArray(kernel, k9);
            s10.intoArray(kernel, k10);
            s11.intoArray(kernel, k11);
            s12.intoArray(kernel, k12);
            s13.intoArray(kernel, k13);
            s14.intoArray(kernel, k14);
            s15.intoArray(kernel, k15);
        }
    }
}
