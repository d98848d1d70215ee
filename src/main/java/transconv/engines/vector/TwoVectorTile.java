package transconv.engines.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * Output blocks of two vectors, 6 at a time: 12 accumulators in registers. For each input value of a run a row of the packed kernel
 * is loaded (two vectors), and multiplied by 6 input values, one of each block, each broadcast to all lanes.
 */
final class TwoVectorTile {

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    private static final int BLOCKS = 6;

    private TwoVectorTile() {}

    /**
     * Computes a panel of all blocks.
     *
     * @param x       input, an image from {@code xBase} on
     * @param kernel  packed
     * @param y       output, an image whose values of this panel begin at {@code yBase}
     * @param bias    a value for each column of all panels
     * @param rectify whether negative results become zero
     */
    static void run(
            Blocks blocks,
            Blocks.Panel panel,
            float[] x,
            int xBase,
            float[] kernel,
            float[] y,
            int yBase,
            float[] bias,
            boolean rectify) {
        int lanes = blocks.lanes(panel);
        int[] in = blocks.in();
        int[] runIn = blocks.runIn();
        int[] runRow = blocks.runRow();
        int length = blocks.runLength();
        for (int block = 0; block < blocks.count(); block += BLOCKS) {
            int x0 = xBase + in[block + 0];
            int x1 = xBase + in[block + 1];
            int x2 = xBase + in[block + 2];
            int x3 = xBase + in[block + 3];
            int x4 = xBase + in[block + 4];
            int x5 = xBase + in[block + 5];
            FloatVector s0a = FloatVector.fromArray(SPECIES, bias, panel.column());
            FloatVector s1a = s0a;
            FloatVector s2a = s0a;
            FloatVector s3a = s0a;
            FloatVector s4a = s0a;
            FloatVector s5a = s0a;
            FloatVector s0b = FloatVector.fromArray(SPECIES, bias, panel.column() + LANES);
            FloatVector s1b = s0b;
            FloatVector s2b = s0b;
            FloatVector s3b = s0b;
            FloatVector s4b = s0b;
            FloatVector s5b = s0b;
            for (int run = 0; run < runIn.length; run++) {
                int from = runIn[run];
                int row = panel.base() + runRow[run] * 2 * LANES;
                int f0 = x0 + from;
                int f1 = x1 + from;
                int f2 = x2 + from;
                int f3 = x3 + from;
                int f4 = x4 + from;
                int f5 = x5 + from;
                for (int k = 0; k < length; k++) {
                    FloatVector wa = FloatVector.fromArray(SPECIES, kernel, row + k * 2 * LANES);
                    FloatVector wb = FloatVector.fromArray(SPECIES, kernel, row + k * 2 * LANES + LANES);
                    FloatVector v0 = FloatVector.broadcast(SPECIES, x[f0 + k]);
                    s0a = v0.fma(wa, s0a);
                    s0b = v0.fma(wb, s0b);
                    FloatVector v1 = FloatVector.broadcast(SPECIES, x[f1 + k]);
                    s1a = v1.fma(wa, s1a);
                    s1b = v1.fma(wb, s1b);
                    FloatVector v2 = FloatVector.broadcast(SPECIES, x[f2 + k]);
                    s2a = v2.fma(wa, s2a);
                    s2b = v2.fma(wb, s2b);
                    FloatVector v3 = FloatVector.broadcast(SPECIES, x[f3 + k]);
                    s3a = v3.fma(wa, s3a);
                    s3b = v3.fma(wb, s3b);
                    FloatVector v4 = FloatVector.broadcast(SPECIES, x[f4 + k]);
                    s4a = v4.fma(wa, s4a);
                    s4b = v4.fma(wb, s4b);
                    FloatVector v5 = FloatVector.broadcast(SPECIES, x[f5 + k]);
                    s5a = v5.fma(wa, s5a);
                    s5b = v5.fma(wb, s5b);
                }
            }
            if (rectify) {
                s0a = s0a.max(0);
                s0b = s0b.max(0);
                s1a = s1a.max(0);
                s1b = s1b.max(0);
                s2a = s2a.max(0);
                s2b = s2b.max(0);
                s3a = s3a.max(0);
                s3b = s3b.max(0);
                s4a = s4a.max(0);
                s4b = s4b.max(0);
                s5a = s5a.max(0);
                s5b = s5b.max(0);
            }
            int[] out = blocks.out();
            if (lanes == 2 * LANES) {
                s0a.intoArray(y, yBase + out[block + 0]);
                s0b.intoArray(y, yBase + out[block + 0] + LANES);
                s1a.intoArray(y, yBase + out[block + 1]);
                s1b.intoArray(y, yBase + out[block + 1] + LANES);
                s2a.intoArray(y, yBase + out[block + 2]);
                s2b.intoArray(y, yBase + out[block + 2] + LANES);
                s3a.intoArray(y, yBase + out[block + 3]);
                s3b.intoArray(y, yBase + out[block + 3] + LANES);
                s4a.intoArray(y, yBase + out[block + 4]);
                s4b.intoArray(y, yBase + out[block + 4] + LANES);
                s5a.intoArray(y, yBase + out[block + 5]);
                s5b.intoArray(y, yBase + out[block + 5] + LANES);
            } else {
                VectorMask<Float> ma = SPECIES.indexInRange(0, lanes);
                VectorMask<Float> mb = SPECIES.indexInRange(LANES, lanes);
                s0a.intoArray(y, yBase + out[block + 0], ma);
                s0b.intoArray(y, yBase + out[block + 0] + LANES, mb);
                s1a.intoArray(y, yBase + out[block + 1], ma);
                s1b.intoArray(y, yBase + out[block + 1] + LANES, mb);
                s2a.intoArray(y, yBase + out[block + 2], ma);
                s2b.intoArray(y, yBase + out[block + 2] + LANES, mb);
                s3a.intoArray(y, yBase + out[block + 3], ma);
                s3b.intoArray(y, yBase + out[block + 3] + LANES, mb);
                s4a.intoArray(y, yBase + out[block + 4], ma);
                s4b.intoArray(y, yBase + out[block + 4] + LANES, mb);
                s5a.intoArray(y, yBase + out[block + 5], ma);
                s5b.intoArray(y, yBase + out[block + 5] + LANES, mb);
            }
        }
    }
}
