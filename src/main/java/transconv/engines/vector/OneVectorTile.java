package transconv.engines.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * Output blocks of one vector, 8 at a time: 8 accumulators in registers. For each input value of a run a row of the
 * packed kernel is loaded (one vector), and multiplied by 8 input values, one of each block, each broadcast to all lanes.
 */
final class OneVectorTile {

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    private static final int BLOCKS = 8;

    private OneVectorTile() {}

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
            int x6 = xBase + in[block + 6];
            int x7 = xBase + in[block + 7];
            FloatVector s0 = FloatVector.fromArray(SPECIES, bias, panel.column());
            FloatVector s1 = s0;
            FloatVector s2 = s0;
            FloatVector s3 = s0;
            FloatVector s4 = s0;
            FloatVector s5 = s0;
            FloatVector s6 = s0;
            FloatVector s7 = s0;
            for (int run = 0; run < runIn.length; run++) {
                int from = runIn[run];
                int row = panel.base() + runRow[run] * LANES;
                int f0 = x0 + from;
                int f1 = x1 + from;
                int f2 = x2 + from;
                int f3 = x3 + from;
                int f4 = x4 + from;
                int f5 = x5 + from;
                int f6 = x6 + from;
                int f7 = x7 + from;
                FloatVector wa;
                int k = 0;
                for (; k < length - 1; k += 2) {
                    wa = FloatVector.fromArray(SPECIES, kernel, row + k * LANES);
                    s0 = FloatVector.broadcast(SPECIES, x[f0 + k]).fma(wa, s0);
                    s1 = FloatVector.broadcast(SPECIES, x[f1 + k]).fma(wa, s1);
                    s2 = FloatVector.broadcast(SPECIES, x[f2 + k]).fma(wa, s2);
                    s3 = FloatVector.broadcast(SPECIES, x[f3 + k]).fma(wa, s3);
                    s4 = FloatVector.broadcast(SPECIES, x[f4 + k]).fma(wa, s4);
                    s5 = FloatVector.broadcast(SPECIES, x[f5 + k]).fma(wa, s5);
                    s6 = FloatVector.broadcast(SPECIES, x[f6 + k]).fma(wa, s6);
                    s7 = FloatVector.broadcast(SPECIES, x[f7 + k]).fma(wa, s7);
                    wa = FloatVector.fromArray(SPECIES, kernel, row + (k + 1) * LANES);
                    s0 = FloatVector.broadcast(SPECIES, x[f0 + k + 1]).fma(wa, s0);
                    s1 = FloatVector.broadcast(SPECIES, x[f1 + k + 1]).fma(wa, s1);
                    s2 = FloatVector.broadcast(SPECIES, x[f2 + k + 1]).fma(wa, s2);
                    s3 = FloatVector.broadcast(SPECIES, x[f3 + k + 1]).fma(wa, s3);
                    s4 = FloatVector.broadcast(SPECIES, x[f4 + k + 1]).fma(wa, s4);
                    s5 = FloatVector.broadcast(SPECIES, x[f5 + k + 1]).fma(wa, s5);
                    s6 = FloatVector.broadcast(SPECIES, x[f6 + k + 1]).fma(wa, s6);
                    s7 = FloatVector.broadcast(SPECIES, x[f7 + k + 1]).fma(wa, s7);
                }
                for (; k < length; k++) {
                    wa = FloatVector.fromArray(SPECIES, kernel, row + k * LANES);
                    s0 = FloatVector.broadcast(SPECIES, x[f0 + k]).fma(wa, s0);
                    s1 = FloatVector.broadcast(SPECIES, x[f1 + k]).fma(wa, s1);
                    s2 = FloatVector.broadcast(SPECIES, x[f2 + k]).fma(wa, s2);
                    s3 = FloatVector.broadcast(SPECIES, x[f3 + k]).fma(wa, s3);
                    s4 = FloatVector.broadcast(SPECIES, x[f4 + k]).fma(wa, s4);
                    s5 = FloatVector.broadcast(SPECIES, x[f5 + k]).fma(wa, s5);
                    s6 = FloatVector.broadcast(SPECIES, x[f6 + k]).fma(wa, s6);
                    s7 = FloatVector.broadcast(SPECIES, x[f7 + k]).fma(wa, s7);
                }
            }
            if (rectify) {
                s0 = s0.max(0);
                s1 = s1.max(0);
                s2 = s2.max(0);
                s3 = s3.max(0);
                s4 = s4.max(0);
                s5 = s5.max(0);
                s6 = s6.max(0);
                s7 = s7.max(0);
            }
            int[] out = blocks.out();
            if (lanes == LANES) {
                s0.intoArray(y, yBase + out[block + 0]);
                s1.intoArray(y, yBase + out[block + 1]);
                s2.intoArray(y, yBase + out[block + 2]);
                s3.intoArray(y, yBase + out[block + 3]);
                s4.intoArray(y, yBase + out[block + 4]);
                s5.intoArray(y, yBase + out[block + 5]);
                s6.intoArray(y, yBase + out[block + 6]);
                s7.intoArray(y, yBase + out[block + 7]);
            } else {
                VectorMask<Float> ma = SPECIES.indexInRange(0, lanes);
                s0.intoArray(y, yBase + out[block + 0], ma);
                s1.intoArray(y, yBase + out[block + 1], ma);
                s2.intoArray(y, yBase + out[block + 2], ma);
                s3.intoArray(y, yBase + out[block + 3], ma);
                s4.intoArray(y, yBase + out[block + 4], ma);
                s5.intoArray(y, yBase + out[block + 5], ma);
                s6.intoArray(y, yBase + out[block + 6], ma);
                s7.intoArray(y, yBase + out[block + 7], ma);
            }
        }
    }
}
