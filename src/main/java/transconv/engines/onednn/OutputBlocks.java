package transconv.engines.onednn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import transconv.engines.onednn.ConvolutionForm.FormAxis;
import transconv.shape.Axis;
import transconv.shape.Geometry;
import transconv.shape.Shape;

/**
 * A convolution, or a transposed one, that computes blocks of neighbouring output positions as if they were channels of
 * one position. Few output channels then fill vectors whose lanes would multiply nothing, at the price of zeros in a
 * larger kernel. In a transposed convolution of stride s, blocks are whole strides: each position of a block is one of
 * its output phases, and no zero is put between inputs.
 *
 * @param axes       how each spatial axis is cut
 * @param source     channels
 * @param filters    channels of the result
 * @param transposed from small to large
 */
record OutputBlocks(Geometry geometry, boolean transposed, int source, int filters, List<BlockAxis> axes) {

    /** Largest block along one axis. */
    private static final int LONGEST = 8;

    /** Costs in vector multiplications, from measurements: of each tap, beside its channels. */
    private static final double TAP_COST = 4;

    /** Of a position's copy to its place, and of each value's. */
    private static final double POSITION_COST = 2;

    private static final double VALUE_COST = 1.7;

    /** For each vector of a result with a stride, when oneDNN scatters it. */
    private static final double SCATTER_COST = 32;

    /** A gradient's multiplications in blocks are quicker, and so are the copies, which lie in order. */
    private static final double GRADIENT_FACTOR = 0.8;

    private static final double GRADIENT_VALUE_COST = 0.2;

    /** What a flipped gradient's padding costs, where there are more source channels than a few. */
    private static final double FLIPPED_GRADIENT_FACTOR = 1.5;

    private static final int FEW_CHANNELS = 4;

    /** oneDNN has slow code for the gradient of a kernel with both stride and dilation. */
    private static final double DILATED_GRADIENT_FACTOR = 4;

    /** Larger kernels than this would take longer to add up than to compute. */
    private static final long LARGEST_KERNEL = 1 << 15;

    /**
     * One axis.
     *
     * @param block   output positions of a block
     * @param count   blocks
     * @param advance input positions from one block to the next
     * @param low     first input position that the first block needs, at most 0
     * @param window  input positions that a block needs
     */
    record BlockAxis(Axis axis, int in, int out, int block, int count, int advance, int low, int window) {

        private static BlockAxis of(Axis axis, boolean transposed, int block) {
            int in = transposed ? axis.small() : axis.large();
            int out = transposed ? axis.large() : axis.small();
            int advance = transposed ? block / axis.stride() : block * axis.stride();
            int low = 0;
            int high = 0;
            for (int at = 0; at < block; at++) {
                for (int tap = 0; tap < axis.kernel(); tap++) {
                    int distance = tap * axis.dilation() - axis.crop();
                    if (!transposed) {
                        low = Math.min(low, at * axis.stride() + distance);
                        high = Math.max(high, at * axis.stride() + distance);
                    } else if (Math.floorMod(at - distance, axis.stride()) == 0) {
                        low = Math.min(low, Math.floorDiv(at - distance, axis.stride()));
                        high = Math.max(high, Math.floorDiv(at - distance, axis.stride()));
                    }
                }
            }
            return new BlockAxis(axis, in, out, block, (out + block - 1) / block, advance, low, high - low + 1);
        }

        /** The kernel's tap that joins a position of the block with one of its window, or -1. */
        private int tap(int at, int inWindow, boolean transposed) {
            int position = inWindow + low;
            int distance = transposed
                    ? at + axis.crop() - position * axis.stride()
                    : position - at * axis.stride() + axis.crop();
            boolean hit = distance >= 0 && distance % axis.dilation() == 0;
            return hit && distance / axis.dilation() < axis.kernel() ? distance / axis.dilation() : -1;
        }

        private FormAxis form() {
            return FormAxis.of(in, count, window, advance, 1, -low);
        }
    }

    /** The blocks with the fewest multiplications; null where none are worth while. */
    static OutputBlocks cheapest(Geometry geometry, boolean transposed) {
        OutputBlocks best = null;
        double least = plainCost(geometry, transposed);
        for (OutputBlocks candidate : candidates(geometry, transposed)) {
            if (candidate.cost() < least) {
                least = candidate.cost();
                best = candidate;
            }
        }
        return best;
    }

    /** What a position of the result costs in the cheapest blocks, or in none: in vector multiplications. */
    static double leastCost(Geometry geometry, boolean transposed) {
        OutputBlocks blocks = cheapest(geometry, transposed);
        return blocks == null ? plainCost(geometry, transposed) : blocks.cost();
    }

    /** Those by whose larger kernel the kernel's gradient is computed soonest; null where none are worth while. */
    static OutputBlocks cheapestForGradient(Geometry geometry) {
        double products = plainGradientProducts(geometry);
        boolean isSlow = geometry.axes().stream().anyMatch(axis -> axis.stride() > 1 && axis.dilation() > 1);
        double least = isSlow ? DILATED_GRADIENT_FACTOR * products : products;
        OutputBlocks best = null;
        for (boolean transposed : new boolean[] {false, true}) {
            for (OutputBlocks candidate : candidates(geometry, transposed)) {
                double cost = candidate.gradientCost();
                if (cost < least && (isSlow || candidate.gradientProducts() < products)) {
                    least = cost;
                    best = candidate;
                }
            }
        }
        return best;
    }

    private static List<OutputBlocks> candidates(Geometry geometry, boolean transposed) {
        List<OutputBlocks> candidates = new ArrayList<>();
        int rank = geometry.axes().size();
        if (geometry.groups() > 1 || rank == 0) {
            return candidates;
        }
        for (int height = 1; height <= (rank > 1 ? LONGEST : 1); height++) {
            for (int width = 1; width <= LONGEST; width++) {
                OutputBlocks candidate = of(geometry, transposed, height, width);
                if (candidate != null) {
                    candidates.add(candidate);
                }
            }
        }
        return candidates;
    }

    /** Blocks along the last two axes; null where they do not fit. */
    private static OutputBlocks of(Geometry geometry, boolean transposed, int height, int width) {
        List<BlockAxis> axes = new ArrayList<>();
        int rank = geometry.axes().size();
        for (int i = 0; i < rank; i++) {
            Axis axis = geometry.axes().get(i);
            int unit = transposed ? axis.stride() : 1;
            int block = unit * (i == rank - 1 ? width : i == rank - 2 ? height : 1);
            int out = transposed ? axis.large() : axis.small();
            if (block > unit && out % block != 0) {
                return null;
            }
            axes.add(BlockAxis.of(axis, transposed, block));
        }
        OutputBlocks blocks = new OutputBlocks(
                geometry,
                transposed,
                transposed ? geometry.smallChannels() : geometry.largeChannels(),
                transposed ? geometry.largeChannels() : geometry.smallChannels(),
                axes);
        return blocks.form(1).isPossible() && blocks.positions() > 1 ? blocks : null;
    }

    /** For each output position, without blocks. */
    private static double plainCost(Geometry geometry, boolean transposed) {
        int filters = transposed ? geometry.largeChannels() : geometry.smallChannels();
        int inputs = transposed ? geometry.smallChannels() : geometry.largeChannels();
        int strides = geometry.axes().stream().mapToInt(Axis::stride).reduce(1, (a, b) -> a * b);
        double taps = (double) geometry.taps() / (transposed ? strides : 1);
        double scatter = transposed && strides > 1 ? SCATTER_COST : 0;
        return taps * (inputs * vectors(filters) + TAP_COST) + vectors(filters) * scatter;
    }

    private double cost() {
        double products = (double) windowSize() * (source * vectors(positions() * filters) + TAP_COST) / positions();
        return products + (isInPlace() ? 0 : POSITION_COST + VALUE_COST * filters);
    }

    /** For each sample, without blocks. */
    private static double plainGradientProducts(Geometry geometry) {
        double direct = (double) positions(geometry.small(1)) * vectors(geometry.smallChannels());
        double flipped = (double) positions(geometry.large(1)) * vectors(geometry.largeChannels());
        boolean canFlip = geometry.axes().stream().allMatch(axis -> axis.stride() == 1);
        direct *= geometry.largeChannels();
        flipped *= geometry.smallChannels() * (geometry.smallChannels() > FEW_CHANNELS ? FLIPPED_GRADIENT_FACTOR : 1);
        return geometry.taps() * (canFlip ? Math.min(direct, flipped) : direct);
    }

    private static long positions(Shape shape) {
        return shape.elements() / shape.last();
    }

    /** For each sample. */
    private double gradientProducts() {
        double blockCount = axes.stream().mapToInt(BlockAxis::count).reduce(1, (a, b) -> a * b);
        return blockCount * windowSize() * vectors(positions() * filters) * source;
    }

    private double gradientCost() {
        if ((long) windowSize() * source * positions() * filters > LARGEST_KERNEL) {
            return Double.POSITIVE_INFINITY;
        }
        double values = axes.stream().mapToInt(BlockAxis::out).reduce(filters, (a, b) -> a * b);
        return GRADIENT_FACTOR * gradientProducts() + (isInPlace() ? 0 : GRADIENT_VALUE_COST * values);
    }

    private static int vectors(int channels) {
        return (channels + Library.lanes() - 1) / Library.lanes();
    }

    /** Output positions of a block. */
    int positions() {
        return axes.stream().mapToInt(BlockAxis::block).reduce(1, (a, b) -> a * b);
    }

    private int windowSize() {
        return axes.stream().mapToInt(BlockAxis::window).reduce(1, (a, b) -> a * b);
    }

    /** Whether the blocks' channels lie just where the result's values belong: they go along its last axis only. */
    boolean isInPlace() {
        BlockAxis last = axes.get(axes.size() - 1);
        return last.block() == positions() && last.count() * last.block() == last.out();
    }

    /** The convolution that computes the blocks. */
    ConvolutionForm form(int batch) {
        return new ConvolutionForm(
                batch,
                source,
                positions() * filters,
                1,
                axes.stream().map(BlockAxis::form).toList(),
                false);
    }

    /**
     * The larger kernel, (window..., source, block..., filters): for each of its values where it stands in the
     * geometry's kernel, or -1 for a zero.
     */
    int[] kernelIndices() {
        int positions = positions();
        int[] indices = new int[windowSize() * source * positions * filters];
        int next = 0;
        for (int inWindow = 0; inWindow < windowSize(); inWindow++) {
            int[] taps = taps(inWindow);
            for (int channel = 0; channel < source; channel++) {
                for (int at = 0; at < positions; at++) {
                    for (int filter = 0; filter < filters; filter++) {
                        int large = transposed ? filter : channel;
                        int small = transposed ? channel : filter;
                        indices[next++] = taps[at] < 0
                                ? -1
                                : (taps[at] * geometry.largeChannels() + large) * geometry.smallChannels() + small;
                    }
                }
            }
        }
        return indices;
    }

    /** For each position of the block the tap that joins it with one position of the window, or -1. */
    private int[] taps(int inWindow) {
        int[] taps = new int[positions()];
        Arrays.setAll(taps, at -> {
            int tap = 0;
            int blockSize = positions();
            int windowSize = windowSize();
            for (BlockAxis axis : axes) {
                blockSize /= axis.block();
                windowSize /= axis.window();
                int one = axis.tap(at / blockSize % axis.block(), inWindow / windowSize % axis.window(), transposed);
                if (one < 0) {
                    return -1;
                }
                tap = tap * axis.axis().kernel() + one;
            }
            return tap;
        });
        return taps;
    }

    @Override
    public String toString() {
        return "blocks of "
                + String.join(
                        "x",
                        IntStream.range(0, axes.size())
                                .mapToObj(i -> Integer.toString(axes.get(i).block()))
                                .toList())
                + " positions";
    }
}
