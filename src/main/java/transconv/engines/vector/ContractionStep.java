package transconv.engines.vector;

import jdk.incubator.vector.FloatVector;
import transconv.engines.Explanation;

/** A convolution or its transpose, with a bias and a rectifier where they follow. */
final class ContractionStep implements Step {

    private final ContractionPlan plan;
    private final int batch;
    private final float[] input;
    private final float[] kernel;
    private final boolean kernelIsParameter;
    private final float[] output;
    private final float[] bias;
    private final float least;
    private final float[] sums = new float[Blocks.MOST_AT_ONCE * ContractionPlan.MOST_VECTORS * Lanes.COUNT];
    private final PackedKernel packed;
    private final float[] packedBias;
    private final float[] padded;

    /**
     * @param kernelIsParameter whether the kernel changes only where the program's parameters do
     * @param bias              a value for each output channel, or null
     * @param rectify           whether negative results become zero
     */
    ContractionStep(
            ContractionPlan plan,
            int batch,
            float[] input,
            float[] kernel,
            boolean kernelIsParameter,
            float[] output,
            float[] bias,
            boolean rectify) {
        this.plan = plan;
        this.batch = batch;
        this.input = input;
        this.kernel = kernel;
        this.kernelIsParameter = kernelIsParameter;
        this.output = output;
        this.bias = bias;
        least = rectify ? 0 : Float.NEGATIVE_INFINITY;
        packed = new PackedKernel(plan);
        packedBias = new float[plan.channels().length];
        padded = plan.input().place();
    }

    @Override
    public String algorithm() {
        return "tiles: " + plan + Explanation.together(bias != null, least == 0);
    }

    /** A tile takes several blocks at once; the last one's places that are left over are computed, too. */
    @Override
    public long executed() {
        long executed = 0;
        for (Blocks blocks : plan.blocks()) {
            for (Blocks.Panel panel : blocks.panels()) {
                if (blocks.lanes(panel) > 0) {
                    int atOnce = atOnce(panel);
                    long computed = (long) (blocks.count() + atOnce - 1) / atOnce * atOnce;
                    executed += computed * blocks.runIn().length * blocks.runLength() * panel.vectors() * Lanes.COUNT;
                }
            }
        }
        return executed * batch;
    }

    @Override
    public long workBytes() {
        return packed.bytes() + plan.input().bytes() + (long) (packedBias.length + sums.length) * Float.BYTES;
    }

    @Override
    public void parametersChanged() {
        if (kernelIsParameter) {
            packed.pack(kernel);
        }
    }

    @Override
    public void run() {
        if (!kernelIsParameter) {
            packed.pack(kernel);
        }
        if (bias != null) {
            int[] channels = plan.channels();
            for (int column = 0; column < channels.length; column++) {
                packedBias[column] = channels[column] < 0 ? 0 : bias[channels[column]];
            }
        }
        for (int image = 0; image < batch; image++) {
            float[] x = input;
            int xBase = image * plan.inputSize();
            if (padded != null) {
                plan.input().copy(input, xBase, padded);
                x = padded;
                xBase = 0;
            }
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
        int atOnce = atOnce(panel);
        for (int block = 0; block < blocks.count(); block += atOnce) {
            for (int i = 0; i < atOnce * columns; i += columns) {
                for (int lane = 0; lane < columns; lane += Lanes.COUNT) {
                    FloatVector.fromArray(Lanes.SPECIES, packedBias, panel.column() + lane)
                            .intoArray(sums, i + lane);
                }
            }
            if (plan.isDepthwise()) {
                DepthwiseTile.add(x, xBase + panel.lane(), blocks, block, packed.values(), panel.base(), sums);
            } else {
                sum(blocks, panel, block, x, xBase);
            }
            for (int i = 0; i < Math.min(atOnce, blocks.count() - block); i++) {
                finish(i * columns, yBase + blocks.out()[block + i], lanes);
            }
        }
    }

    private int atOnce(Blocks.Panel panel) {
        if (plan.isDepthwise()) {
            return DepthwiseTile.BLOCKS;
        }
        return panel.vectors() == 1 ? OneVectorTile.BLOCKS : TwoVectorTile.BLOCKS;
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
        int lane = 0;
        for (; lane <= lanes - Lanes.COUNT; lane += Lanes.COUNT) {
            FloatVector.fromArray(Lanes.SPECIES, sums, from + lane).max(least).intoArray(output, to + lane);
        }
        for (; lane < lanes; lane++) {
            output[to + lane] = Math.max(sums[from + lane], least);
        }
    }
}
