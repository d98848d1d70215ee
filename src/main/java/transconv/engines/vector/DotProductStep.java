package transconv.engines.vector;

import java.util.List;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import transconv.engines.Explanation;
import transconv.shape.Geometry;

/**
 * A convolution or its transpose from many channels to few. Input channels lie in vector lanes: each output channel is
 * a depthwise convolution whose results are summed over the channels.
 */
final class DotProductStep implements Step {

    /** Time of a sum over lanes, in vector multiplications. */
    private static final int SUM = 8;

    private final ContractionPlan plan;
    private final boolean transposed;
    private final int inputChannels;
    private final int outputChannels;
    private final ContractionArrays arrays;
    private final List<InputVectors> vectors;
    private final float[][] packed;
    private final float[] padded;
    private final float[] sums = new float[DepthwiseTile.BLOCKS * Lanes.COUNT];

    /**
     * Of all channels, which a depthwise convolution keeps apart and a dot product adds up.
     *
     * @param at   where each lies, relative to a block's input
     * @param rows for each the row of the packed kernel, in vectors
     */
    private record InputVectors(int[] at, int[] rows) {

        static InputVectors of(Blocks blocks) {
            int runs = blocks.runIn().length;
            int[] at = new int[blocks.panels().length * runs];
            int[] rows = new int[at.length];
            for (int i = 0; i < at.length; i++) {
                Blocks.Panel panel = blocks.panels()[i / runs];
                at[i] = blocks.runIn()[i % runs] + panel.lane();
                rows[i] = panel.base() / Lanes.COUNT + blocks.runRow()[i % runs];
            }
            return new InputVectors(at, rows);
        }
    }

    private DotProductStep(ContractionPlan plan, Geometry geometry, boolean transposed, ContractionArrays arrays) {
        this.plan = plan;
        this.transposed = transposed;
        this.arrays = arrays;
        inputChannels = transposed ? geometry.smallChannels() : geometry.largeChannels();
        outputChannels = transposed ? geometry.largeChannels() : geometry.smallChannels();
        vectors = plan.blocks().stream().map(InputVectors::of).toList();
        packed = new float[outputChannels][plan.packing().length];
        padded = plan.input().place();
    }

    /**
     * Null where the plan, which has output channels in lanes, takes less time.
     *
     * @param geometry of three axes
     */
    static DotProductStep of(ContractionPlan plan, Geometry geometry, boolean transposed, ContractionArrays arrays) {
        int inputs = transposed ? geometry.smallChannels() : geometry.largeChannels();
        // In lanes that are left over other pixels' values would be summed.
        if (geometry.groups() > 1 || inputs % Lanes.COUNT > 0) {
            return null;
        }
        ContractionPlan depthwise =
                new ContractionPlan(new Geometry(geometry.axes(), inputs, inputs, inputs), transposed);
        long outputPixels = depthwise.outputSize() / inputs;
        long cost = plan.outputChannels() * (depthwise.executed() / Lanes.COUNT + SUM * outputPixels);
        return cost < plan.executed() / Lanes.COUNT
                ? new DotProductStep(depthwise, geometry, transposed, arrays)
                : null;
    }

    @Override
    public String algorithm() {
        return "tiles: input channels in vectors of %d%s"
                .formatted(Lanes.COUNT, Explanation.together(arrays.bias() != null, arrays.rectify()));
    }

    @Override
    public long executed() {
        return plan.executed() * outputChannels * arrays.batch();
    }

    @Override
    public long workBytes() {
        long values = (long) outputChannels * plan.packing().length + sums.length;
        return values * Float.BYTES + plan.input().bytes();
    }

    @Override
    public void parametersChanged() {
        if (arrays.kernelIsParameter()) {
            pack();
        }
    }

    @Override
    public void run() {
        if (!arrays.kernelIsParameter()) {
            pack();
        }
        for (int image = 0; image < arrays.batch(); image++) {
            int own = image * plan.inputSize();
            float[] x = plan.input().placed(arrays.input(), own, padded);
            int xBase = plan.input().base(own);
            int pixel = image * (plan.outputSize() / inputChannels);
            for (int i = 0; i < vectors.size(); i++) {
                Blocks blocks = plan.blocks().get(i);
                for (int block = 0; block < blocks.count(); block += DepthwiseTile.BLOCKS) {
                    for (int channel = 0; channel < outputChannels; channel++) {
                        run(blocks, vectors.get(i), block, x, xBase, pixel, channel);
                    }
                }
            }
        }
    }

    private void run(Blocks blocks, InputVectors vectors, int block, float[] x, int xBase, int pixel, int channel) {
        FloatVector zero = FloatVector.zero(Lanes.SPECIES);
        for (int i = 0; i < sums.length; i += Lanes.COUNT) {
            zero.intoArray(sums, i);
        }
        DepthwiseTile.add(x, xBase, blocks.in(), block, vectors.at(), packed[channel], 0, vectors.rows(), sums);
        float bias = arrays.bias() == null ? 0 : arrays.bias()[channel];
        float least = arrays.least();
        for (int i = 0; i < Math.min(DepthwiseTile.BLOCKS, blocks.count() - block); i++) {
            float sum =
                    FloatVector.fromArray(Lanes.SPECIES, sums, i * Lanes.COUNT).reduceLanes(VectorOperators.ADD);
            int to = pixel + blocks.out()[block + i] / inputChannels;
            arrays.output()[to * outputChannels + channel] = Math.max(sum + bias, least);
        }
    }

    /** The plan's kernel is (tap, input channel), once for each output channel. */
    private void pack() {
        int[] packing = plan.packing();
        for (int channel = 0; channel < outputChannels; channel++) {
            for (int i = 0; i < packing.length; i++) {
                int tap = packing[i] / inputChannels;
                int input = packing[i] % inputChannels;
                int at = transposed
                        ? (tap * outputChannels + channel) * inputChannels + input
                        : (tap * inputChannels + input) * outputChannels + channel;
                packed[channel][i] = packing[i] < 0 ? 0 : arrays.kernel()[at];
            }
        }
    }
}
