package transconv.engines.vector;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import transconv.shape.Geometry;

/** The gradient of a kernel: a plan's blocks, walked with output and packed kernel exchanged. */
final class KernelGradientStep implements Step {

    /** Blocks at a time, whose input and output stay in the first-level cache while all rows of the kernel pass. */
    private static final int SOME_BLOCKS = 64;

    private static final int[] STAGED_ONE = places(Lanes.COUNT);
    private static final int[] STAGED_TWO = places(2 * Lanes.COUNT);

    private final ContractionPlan plan;
    private final boolean smallInLanes;
    private final int batch;
    private final float[] input;
    private final float[] output;
    private final float[] kernel;
    private final int kernelSize;
    private final PackedKernel packed;
    private final List<KernelRows> rowsOfOneVector;
    private final List<KernelRows> rowsOfTwoVectors;
    private final float[] padded;
    private final float[] staged = new float[SOME_BLOCKS * ContractionPlan.MOST_VECTORS * Lanes.COUNT];

    /**
     * @param large  x of the geometry
     * @param small  y of the geometry
     * @param kernel where the result goes
     */
    KernelGradientStep(Geometry geometry, int batch, float[] large, float[] small, float[] kernel) {
        Geometry three = geometry.toThreeAxes();
        ContractionPlan convolution = new ContractionPlan(three, false);
        ContractionPlan transposed = new ContractionPlan(three, true);
        smallInLanes = convolution.totalCost() <= transposed.totalCost();
        plan = smallInLanes ? convolution : transposed;
        input = smallInLanes ? large : small;
        output = smallInLanes ? small : large;
        this.batch = batch;
        this.kernel = kernel;
        kernelSize = geometry.kernel().elements();
        packed = new PackedKernel(plan);
        rowsOfOneVector = rows(plan.isDepthwise() ? 1 : OneVectorGradientTile.GROUP);
        rowsOfTwoVectors = rows(TwoVectorGradientTile.GROUP);
        padded = plan.input().place();
    }

    private static int[] places(int columns) {
        return IntStream.range(0, SOME_BLOCKS).map(block -> block * columns).toArray();
    }

    private List<KernelRows> rows(int groupSize) {
        int spare = plan.packing().length;
        return plan.blocks().stream()
                .map(blocks -> KernelRows.of(blocks, groupSize, spare))
                .toList();
    }

    @Override
    public String algorithm() {
        return "tiles, the %s side in lanes: %s".formatted(smallInLanes ? "small" : "large", plan);
    }

    /** A tile takes several rows of the kernel at once; those that are left over are computed, too. */
    @Override
    public long executed() {
        long executed = 0;
        for (int i = 0; i < plan.blocks().size(); i++) {
            Blocks blocks = plan.blocks().get(i);
            for (Blocks.Panel panel : blocks.panels()) {
                if (blocks.lanes(panel) > 0) {
                    KernelRows rows = (panel.vectors() == 1 ? rowsOfOneVector : rowsOfTwoVectors).get(i);
                    int atOnce = groupsAtOnce(panel);
                    long groups = (long) (rows.groups() + atOnce - 1) / atOnce * atOnce;
                    executed += blocks.count() * groups * rows.size() * panel.vectors() * Lanes.COUNT;
                }
            }
        }
        return executed * batch;
    }

    private int groupsAtOnce(Blocks.Panel panel) {
        if (plan.isDepthwise()) {
            return DepthwiseGradientTile.ROWS;
        }
        return panel.vectors() == 1 ? OneVectorGradientTile.GROUPS : TwoVectorGradientTile.GROUPS;
    }

    @Override
    public long workBytes() {
        return packed.bytes() + plan.input().bytes() + (long) staged.length * Float.BYTES;
    }

    @Override
    public void run() {
        Arrays.fill(packed.values(), 0);
        for (int image = 0; image < batch; image++) {
            int own = image * plan.inputSize();
            float[] x = plan.input().placed(input, own, padded);
            int xBase = plan.input().base(own);
            for (int i = 0; i < plan.blocks().size(); i++) {
                Blocks blocks = plan.blocks().get(i);
                for (int begin = 0; begin < blocks.count(); begin += SOME_BLOCKS) {
                    int end = Math.min(begin + SOME_BLOCKS, blocks.count());
                    for (Blocks.Panel panel : blocks.panels()) {
                        run(i, panel, begin, end, x, xBase, image * plan.outputSize() + panel.lane());
                    }
                }
            }
        }
        packed.unpack(kernel, kernelSize);
    }

    private void run(int number, Blocks.Panel panel, int begin, int end, float[] x, int xBase, int yBase) {
        Blocks blocks = plan.blocks().get(number);
        int lanes = blocks.lanes(panel);
        if (lanes <= 0) {
            return;
        }
        if (plan.isDepthwise()) {
            KernelRows rows = rowsOfOneVector.get(number);
            int from = xBase + panel.lane();
            DepthwiseGradientTile.run(blocks, panel, rows, begin, end, x, from, output, yBase, packed.values());
            return;
        }
        float[] y = output;
        int base = yBase;
        int[] out = blocks.out();
        int first = 0;
        if (lanes < panel.vectors() * Lanes.COUNT) {
            stage(blocks, panel, begin, end, yBase);
            y = staged;
            base = 0;
            out = panel.vectors() == 1 ? STAGED_ONE : STAGED_TWO;
            first = begin;
        }
        float[] sums = packed.values();
        if (panel.vectors() == 1) {
            KernelRows rows = rowsOfOneVector.get(number);
            OneVectorGradientTile.run(blocks, panel, rows, begin, end, x, xBase, y, base, out, first, sums);
        } else {
            KernelRows rows = rowsOfTwoVectors.get(number);
            TwoVectorGradientTile.run(blocks, panel, rows, begin, end, x, xBase, y, base, out, first, sums);
        }
    }

    /** Copies blocks that are no whole vectors, with zeros behind them: in place the next block's values follow. */
    private void stage(Blocks blocks, Blocks.Panel panel, int begin, int end, int yBase) {
        int lanes = blocks.lanes(panel);
        int columns = panel.vectors() * Lanes.COUNT;
        for (int block = begin; block < end; block++) {
            int to = (block - begin) * columns;
            System.arraycopy(output, yBase + blocks.out()[block], staged, to, lanes);
            Arrays.fill(staged, to + lanes, to + columns, 0);
        }
    }
}
