package transconv.engines.vector;

import jdk.incubator.vector.FloatVector;
import transconv.engines.Explanation;

/** A convolution or its transpose, with a bias and a rectifier where they follow. */
final class ContractionStep implements Step {

    private final ContractionPlan plan;
    private final ContractionArrays arrays;
    private final float least;
    private final float[] sums = new float[Blocks.MOST_AT_ONCE * ContractionPlan.MOST_VECTORS * Lanes.COUNT];
    private final PackedKernel packed;
    private final float[] packedBias;
    private final float[] padded;

    ContractionStep(ContractionPlan plan, ContractionArrays arrays) {
        this.plan = plan;
        this.arrays = arrays;
        least = arrays.least();
        packed = new PackedKernel(plan);
        packedBias = new float[plan.channels().length];
        padded = plan.input().place();
    }

    @Override
    public String algorithm() {
        return "tiles: " + plan + Explanation.together(arrays.bias() != null, arrays.rectify());
    }

    @Override
    public long executed() {
        return plan.executed() * arrays.batch();
    }

    @Override
    public long workBytes() {
        return packed.bytes() + plan.input().bytes() + (long) (packedBias.length + sums.length) * Float.BYTES;
    }

    @Override
    public void parametersChanged() {
        if (arrays.kernelIsParameter()) {
            packed.pack(arrays.kernel());
        }
    }

    @Override
    public void run() {
        if (!arrays.kernelIsParameter()) {
            packed.pack(arrays.kernel());
        }
        float[] bias = arrays.bias();
        if (bias != null) {
            int[] channels = plan.channels();
            for (int column = 0; column < channels.length; column++) {
                packedBias[column] = channels[column] < 0 ? 0 : bias[channels[column]];
            }
        }
        for (int image = 0; image < arrays.batch(); image++) {
            int own = image * plan.inputSize();
            float[] x = plan.input().placed(arrays.input(), own, padded);
            int xBase = plan.input().base(own);
            for (Blocks blocks : plan.blocks()) {
                for (Blocks.Panel panel : blocks.panels()) {
                    run(blocks, panel, x, xBase, image * plan.outputSize() + panel.lane());
                }
            }
        }
    }

    private void run(Blocks blocks, Blocks.Panel panel, float[] x, int xBase, int yBase) {
        int lanes = blocks.lanes(panel);
        if (lanes <= 0) {
            return;
        }
        int columns = panel.vectors() * Lanes.COUNT;
        int atOnce = plan.atOnce(panel);
        for (int block = 0; block < blocks.count(); block += atOnce) {
            for (int i = 0; i < atOnce * columns; i += columns) {
                for (int lane = 0; lane < columns; lane += Lanes.COUNT) {
                    FloatVector.fromArray(Lanes.SPECIES, packedBias, panel.column() + lane)
                            .intoArray(sums, i + lane);
                }
            }
            if (plan.isDepthwise()) {
                addDepthwise(blocks, panel, block, x, xBase + panel.lane());
            } else {
                sum(blocks, panel, block, x, xBase);
            }
            for (int i = 0; i < Math.min(atOnce, blocks.count() - block); i++) {
                finish(i * columns, yBase + blocks.out()[block + i], lanes);
            }
        }
    }

    private void addDepthwise(Blocks blocks, Blocks.Panel panel, int block, float[] x, int xBase) {
        DepthwiseTile.add(
                x, xBase, blocks.in(), block, blocks.runIn(), packed.values(), panel.base(), blocks.runRow(), sums);
    }

    private void sum(Blocks blocks, Blocks.Panel panel, int block, float[] x, int xBase) {
        int columns = panel.vectors() * Lanes.COUNT;
        int[] in = blocks.in();
        int[] runIn = blocks.runIn();
        int[] runRow = blocks.runRow();
        int length = blocks.runLength();
        for (int run = 0; run < runIn.length; run++) {
            int from = xBase + runIn[run];
            int row = panel.base() + runRow[run] * columns;
            if (panel.vectors() == 1) {
                OneVectorTile.add(x, in, block, from, length, packed.values(), row, sums);
            } else {
                TwoVectorTile.add(x, in, block, from, length, packed.values(), row, sums);
            }
        }
    }

    /** Writes the sums of a block; what stands behind its lanes belongs to another block. */
    private void finish(int from, int to, int lanes) {
        float[] output = arrays.output();
        int lane = 0;
        for (; lane <= lanes - Lanes.COUNT; lane += Lanes.COUNT) {
            FloatVector.fromArray(Lanes.SPECIES, sums, from + lane).max(least).intoArray(output, to + lane);
        }
        for (; lane < lanes; lane++) {
            output[to + lane] = Math.max(sums[from + lane], least);
        }
    }
}
