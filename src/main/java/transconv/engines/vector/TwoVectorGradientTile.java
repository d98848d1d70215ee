package transconv.engines.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * The gradient of 6 rows of a packed kernel whose panels have two vectors: 12 accumulators in registers. For each block the
 * output's gradient is loaded (two vectors), and multiplied by 6 input values, each broadcast to all lanes.
 */
final class TwoVectorGradientTile {

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    /** Rows of the packed kernel at once. */
    static final int ROWS = 6;

    private TwoVectorGradientTile() {}

    /**
     * Adds to the rows what some of the blocks contribute.
     *
     * @param rows   of the packed kernel
     * @param begin  the first block
     * @param end    after the last block
     * @param x      input, an image from {@code xBase} on
     * @param y      gradient of the output, an image whose values of this panel begin at {@code yBase}
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
        int lanes = blocks.lanes(panel);
        int[] in = blocks.in();
        int[] out = blocks.out();
        for (int row = 0; row < rows.count(); row += ROWS) {
            int x0 = xBase + rows.in()[row + 0];
            int x1 = xBase + rows.in()[row + 1];
            int x2 = xBase + rows.in()[row + 2];
            int x3 = xBase + rows.in()[row + 3];
            int x4 = xBase + rows.in()[row + 4];
            int x5 = xBase + rows.in()[row + 5];
            int k0 = rows.at(panel, row + 0);
            int k1 = rows.at(panel, row + 1);
            int k2 = rows.at(panel, row + 2);
            int k3 = rows.at(panel, row + 3);
            int k4 = rows.at(panel, row + 4);
            int k5 = rows.at(panel, row + 5);
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
            if (lanes == 2 * LANES) {
                for (int block = begin; block < end; block++) {
                    int from = in[block];
                    int at = yBase + out[block];
                    FloatVector ya = FloatVector.fromArray(SPECIES, y, at);
                    FloatVector yb = FloatVector.fromArray(SPECIES, y, at + LANES);
                    FloatVector v0 = FloatVector.broadcast(SPECIES, x[from + x0]);
                    s0a = v0.fma(ya, s0a);
                    s0b = v0.fma(yb, s0b);
                    FloatVector v1 = FloatVector.broadcast(SPECIES, x[from + x1]);
                    s1a = v1.fma(ya, s1a);
                    s1b = v1.fma(yb, s1b);
                    FloatVector v2 = FloatVector.broadcast(SPECIES, x[from + x2]);
                    s2a = v2.fma(ya, s2a);
                    s2b = v2.fma(yb, s2b);
                    FloatVector v3 = FloatVector.broadcast(SPECIES, x[from + x3]);
                    s3a = v3.fma(ya, s3a);
                    s3b = v3.fma(yb, s3b);
                    FloatVector v4 = FloatVector.broadcast(SPECIES, x[from + x4]);
                    s4a = v4.fma(ya, s4a);
                    s4b = v4.fma(yb, s4b);
                    FloatVector v5 = FloatVector.broadcast(SPECIES, x[from + x5]);
                    s5a = v5.fma(ya, s5a);
                    s5b = v5.fma(yb, s5b);
                }
            } else {
                VectorMask<Float> ma = SPECIES.indexInRange(0, lanes);
                VectorMask<Float> mb = SPECIES.indexInRange(LANES, lanes);
                for (int block = begin; block < end; block++) {
                    int from = in[block];
                    int at = yBase + out[block];
                    FloatVector ya = FloatVector.fromArray(SPECIES, y, at, ma);
                    FloatVector yb = FloatVector.fromArray(SPECIES, y, at + LANES, mb);
                    FloatVector v0 = FloatVector.broadcast(SPECIES, x[from + x0]);
                    s0a = v0.fma(ya, s0a);
                    s0b = v0.fma(yb, s0b);
                    FloatVector v1 = FloatVector.broadcast(SPECIES, x[from + x1]);
                    s1a = v1.fma(ya, s1a);
                    s1b = v1.fma(yb, s1b);
                    FloatVector v2 = FloatVector.broadcast(SPECIES, x[from + x2]);
                    s2a = v2.fma(ya, s2a);
                    s2b = v2.fma(yb, s2b);
                    FloatVector v3 = FloatVector.broadcast(SPECIES, x[from + x3]);
                    s3a = v3.fma(ya, s3a);
                    s3b = v3.fma(yb, s3b);
                    FloatVector v4 = FloatVector.broadcast(SPECIES, x[from + x4]);
                    s4a = v4.fma(ya, s4a);
                    s4b = v4.fma(yb, s4b);
                    FloatVector v5 = FloatVector.broadcast(SPECIES, x[from + x5]);
                    s5a = v5.fma(ya, s5a);
                    s5b = v5.fma(yb, s5b);
                }
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
        }
    }
}
