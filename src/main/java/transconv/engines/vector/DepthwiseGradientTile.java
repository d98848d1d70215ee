package transconv.engines.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The gradient of 9 rows of a packed kernel, each a vector of channels: 9 accumulators in registers. For each block
 * the output's gradient is loaded (one vector), and multiplied by 9 vectors of input values, one of each row.
 */
final class DepthwiseGradientTile {

    /** Rows at once. */
    static final int ROWS = 9;

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    private DepthwiseGradientTile() {}

    /**
     * Adds to the rows what some of the blocks contribute.
     *
     * @param rows   of the packed kernel, in groups of one
     * @param begin  the first block
     * @param end    after the last block
     * @param x      input
     * @param xBase  where the image's first value of these channels is
     * @param y      gradient of the output
     * @param yBase  where the image's first value of these channels is
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
            float[] kernel) {
        int[] in = blocks.in();
        int[] out = blocks.out();
        for (int row = 0; row < rows.groups(); row += ROWS) {
            int x0 = xBase + rows.in()[row];
            int x1 = xBase + rows.in()[row + 1];
            int x2 = xBase + rows.in()[row + 2];
            int x3 = xBase + rows.in()[row + 3];
            int x4 = xBase + rows.in()[row + 4];
            int x5 = xBase + rows.in()[row + 5];
            int x6 = xBase + rows.in()[row + 6];
            int x7 = xBase + rows.in()[row + 7];
            int x8 = xBase + rows.in()[row + 8];
            int k0 = rows.at(panel, row, 0);
            int k1 = rows.at(panel, row + 1, 0);
            int k2 = rows.at(panel, row + 2, 0);
            int k3 = rows.at(panel, row + 3, 0);
            int k4 = rows.at(panel, row + 4, 0);
            int k5 = rows.at(panel, row + 5, 0);
            int k6 = rows.at(panel, row + 6, 0);
            int k7 = rows.at(panel, row + 7, 0);
            int k8 = rows.at(panel, row + 8, 0);
            FloatVector s0 = FloatVector.fromArray(SPECIES, kernel, k0);
            FloatVector s1 = FloatVector.fromArray(SPECIES, kernel, k1);
            FloatVector s2 = FloatVector.fromArray(SPECIES, kernel, k2);
            FloatVector s3 = FloatVector.fromArray(SPECIES, kernel, k3);
            FloatVector s4 = FloatVector.fromArray(SPECIES, kernel, k4);
            FloatVector s5 = FloatVector.fromArray(SPECIES, kernel, k5);
            FloatVector s6 = FloatVector.fromArray(SPECIES, kernel, k6);
            FloatVector s7 = FloatVector.fromArray(SPECIES, kernel, k7);
            FloatVector s8 = FloatVector.fromArray(SPECIES, kernel, k8);
            for (int block = begin; block < end; block++) {
                FloatVector ya = FloatVector.fromArray(SPECIES, y, yBase + out[block]);
                int from = in[block];
                s0 = FloatVector.fromArray(SPECIES, x, from + x0).fma(ya, s0);
                s1 = FloatVector.fromArray(SPECIES, x, from + x1).fma(ya, s1);
                s2 = FloatVector.fromArray(SPECIES, x, from + x2).fma(ya, s2);
                s3 = FloatVector.fromArray(SPECIES, x, from + x3).fma(ya, s3);
                s4 = FloatVector.fromArray(SPECIES, x, from + x4).fma(ya, s4);
                s5 = FloatVector.fromArray(SPECIES, x, from + x5).fma(ya, s5);
                s6 = FloatVector.fromArray(SPECIES, x, from + x6).fma(ya, s6);
                s7 = FloatVector.fromArray(SPECIES, x, from + x7).fma(ya, s7);
                s8 = FloatVector.fromArray(SPECIES, x, from + x8).fma(ya, s8);
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
        }
    }
}
