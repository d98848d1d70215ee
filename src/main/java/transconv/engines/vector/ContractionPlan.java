package transconv.engines.vector;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import transconv.shape.Axis;
import transconv.shape.Geometry;

/**
 * How a convolution or its transpose runs over one image, worked out once: which output blocks there are, where each
 * begins in input and output, and how the kernel is packed for them. The kernel's gradient walks the same plan with the
 * roles of output and packed kernel exchanged.
 *
 * <p>Output channels lie in vector lanes, input values are broadcast. A packed kernel has a row for each input value
 * that a block meets, (kernel row, slot, input channel), and a column for each of the block's output values, (pixel,
 * output channel).
 *
 * <p>Groups of few channels would leave most lanes empty. Such a convolution is a sum of depthwise ones instead, one
 * for each input channel of a group: of every output channel's group that input channel lies in the output channel's
 * lane. The packed kernel's rows are the same, the input has an order of its own.
 */
final class ContractionPlan {

    /** Vectors in a panel. */
    static final int MOST_VECTORS = 2;

    /** Time to bring an input value into another place, in vector multiplications. */
    private static final double COPY = 0.5;

    private final Geometry geometry;
    private final boolean transposed;
    private final Axis width;
    private final int inputChannels;
    private final int outputChannels;
    private final boolean depthwise;

    /** Groups that have blocks of their own. */
    private final int groups;

    /** Input channels of a group. */
    private final int in;

    /** Output channels of a block's pixel. */
    private final int out;

    private final int inputSize;
    private final int outputSize;
    private final int pixels;
    private final PlacedImage input;
    private final List<Blocks> blocks = new ArrayList<>();
    private int[] packing = new int[0];
    private int[] channels = new int[0];

    /** @param geometry of three axes */
    ContractionPlan(Geometry geometry, boolean transposed) {
        this.geometry = geometry;
        this.transposed = transposed;
        width = geometry.axes().get(2);
        inputChannels = transposed ? geometry.smallChannels() : geometry.largeChannels();
        outputChannels = transposed ? geometry.largeChannels() : geometry.smallChannels();
        in = inputChannels / geometry.groups();
        depthwise = geometry.groups() > 1 && areFew(outputChannels / geometry.groups());
        groups = depthwise ? 1 : geometry.groups();
        out = outputChannels / groups;
        inputSize = volume(axis -> transposed ? axis.small() : axis.large()) * inputChannels;
        outputSize = volume(axis -> transposed ? axis.large() : axis.small()) * outputChannels;
        pixels = cheapest();
        List<WidthPhase> phases = phases(pixels);
        int before = phases.stream().mapToInt(phase -> -phase.first()).max().orElse(0);
        int last = phases.stream()
                .mapToInt(phase -> phase.last(outputWidth()))
                .max()
                .orElse(0);
        input = new PlacedImage(
                inputSize / inputChannels / inputWidth(),
                inputWidth(),
                inputChannels,
                depthwise && geometry.groups() < Math.max(inputChannels, outputChannels) ? inputOrder() : null,
                Math.max(0, before),
                Math.max(0, last + 1 - inputWidth()));
        for (WidthPhase phase : phases) {
            for (int group = 0; group < groups; group++) {
                Blocks.Panel[] panels = pack(phase, group);
                for (RowClass rows : RowClass.of(geometry.axes(), transposed)) {
                    addBlocks(phase, group, rows, panels);
                }
            }
        }
    }

    /** The blocks, each of one image. */
    List<Blocks> blocks() {
        return blocks;
    }

    /** For each value of the packed kernel the kernel's value, or -1 for a zero. */
    int[] packing() {
        return packing;
    }

    /** For each column of the panels its output channel, or -1. */
    int[] channels() {
        return channels;
    }

    PlacedImage input() {
        return input;
    }

    /** Output values of an image. */
    int outputSize() {
        return outputSize;
    }

    /** Input values of an image. */
    int inputSize() {
        return inputSize;
    }

    int outputChannels() {
        return outputChannels;
    }

    /** Output pixels of a block. */
    int pixels() {
        return pixels;
    }

    /** Whether a lane's input values lie in that lane, too, instead of being broadcast to all. */
    boolean isDepthwise() {
        return depthwise;
    }

    /** Blocks that a tile takes at once. */
    int atOnce(Blocks.Panel panel) {
        if (depthwise) {
            return DepthwiseTile.BLOCKS;
        }
        return panel.vectors() == 1 ? OneVectorTile.BLOCKS : TwoVectorTile.BLOCKS;
    }

    /** Multiply-adds of an image. Of the last blocks, places that a tile has left over are computed, too. */
    long executed() {
        long executed = 0;
        for (Blocks some : blocks) {
            for (Blocks.Panel panel : some.panels()) {
                if (some.lanes(panel) > 0) {
                    int atOnce = atOnce(panel);
                    long computed = (long) (some.count() + atOnce - 1) / atOnce * atOnce;
                    executed += computed * some.runIn().length * some.runLength() * panel.vectors() * Lanes.COUNT;
                }
            }
        }
        return executed;
    }

    /** {@code blocks of 5 output pixels in vectors of 16}. */
    @Override
    public String toString() {
        int phases = phases(pixels).size();
        String channels = depthwise ? "each output channel with its own inputs" : "output channels";
        return "%s%s in vectors of %d"
                .formatted(
                        pixels == 1 ? channels : "blocks of %d output pixels".formatted(pixels),
                        phases == 1 ? "" : ", %d width phases,".formatted(phases),
                        Lanes.COUNT);
    }

    /** For each of a group's output channels its input is copied; with more of them, empty lanes cost less. */
    private boolean areFew(int outputChannelsOfAGroup) {
        boolean manyInputs = !transposed && geometry.axes().stream().anyMatch(axis -> axis.stride() > 1);
        return outputChannelsOfAGroup <= Math.max(1, Lanes.COUNT / (manyInputs ? 8 : 4));
    }

    private int volume(ToIntFunction<Axis> length) {
        return geometry.axes().stream().mapToInt(length).reduce(1, (a, b) -> a * b);
    }

    private int outputWidth() {
        return transposed ? width.large() : width.small();
    }

    private int inputWidth() {
        return transposed ? width.small() : width.large();
    }

    private List<WidthPhase> phases(int pixelsOfABlock) {
        return transposed
                ? WidthPhase.ofTransposed(width, pixelsOfABlock)
                : WidthPhase.ofConvolution(width, pixelsOfABlock);
    }

    /** Vector multiplications of an image, for one row of the kernel. */
    double totalCost() {
        double copied = input.order() == null ? 0 : inputSize / inputChannels * input.pixelLength();
        int kernelRows = geometry.taps() / width.kernel();
        return cost(pixels) * outputSize / outputChannels * in * groups + COPY * copied / kernelRows;
    }

    /** Vector multiplications for each output pixel, for one row of the kernel and one input channel. */
    private double cost(int pixelsOfABlock) {
        List<WidthPhase> phases = phases(pixelsOfABlock);
        int slots = phases.stream().mapToInt(phase -> phase.slots().length).sum();
        return slots * vectorCost(vectors(pixelsOfABlock)) / (pixelsOfABlock * phases.size());
    }

    /** A vector on its own takes longer: a broadcast input value serves one multiplication instead of two. */
    private static double vectorCost(int vectors) {
        return vectors + 0.3 * (vectors % 2);
    }

    private int vectors(int pixelsOfABlock) {
        return (pixelsOfABlock * out + Lanes.COUNT - 1) / Lanes.COUNT;
    }

    /** The number of pixels in a block with the fewest multiplications. */
    private int cheapest() {
        int best = 1;
        int most = geometry.groups() > 1 ? 1 : Math.min(outputWidth(), Lanes.COUNT / outputChannels);
        int unit = transposed ? width.stride() : 1;
        for (int candidate = unit; candidate <= most; candidate += unit) {
            best = cost(candidate) < cost(best) ? candidate : best;
        }
        return best;
    }

    /** (input channel of the group, output channel). */
    private int[] inputOrder() {
        int outOfAGroup = outputChannels / geometry.groups();
        return IntStream.range(0, in * outputChannels)
                .map(i -> i % outputChannels / outOfAGroup * in + i / outputChannels)
                .toArray();
    }

    private Blocks.Panel[] pack(WidthPhase phase, int group) {
        List<Blocks.Panel> panels = new ArrayList<>();
        int rows = geometry.taps() / width.kernel() * phase.slots().length * in;
        int vectors = vectors(pixels);
        int most = depthwise ? 1 : MOST_VECTORS;
        for (int vector = 0; vector < vectors; vector += most) {
            int some = Math.min(most, vectors - vector);
            Blocks.Panel panel = new Blocks.Panel(packing.length, channels.length, vector * Lanes.COUNT, some);
            int columns = some * Lanes.COUNT;
            channels = Arrays.copyOf(channels, channels.length + columns);
            for (int column = 0; column < columns; column++) {
                int lane = panel.lane() + column;
                channels[panel.column() + column] = lane < pixels * out ? group * out + lane % out : -1;
            }
            packing = Arrays.copyOf(packing, packing.length + rows * columns);
            for (int row = 0; row < rows; row++) {
                for (int column = 0; column < columns; column++) {
                    packing[panel.base() + row * columns + column] =
                            kernelIndex(phase, group, row, panel.lane() + column);
                }
            }
            panels.add(panel);
        }
        return panels.toArray(Blocks.Panel[]::new);
    }

    /** The kernel is (kernel row, tap, large channel of the group, small channel). */
    private int kernelIndex(WidthPhase phase, int blockGroup, int row, int lane) {
        int channel = row % in;
        int slot = row / in % phase.slots().length;
        int kernelRow = row / in / phase.slots().length;
        int tap = lane / out < pixels ? phase.taps()[slot][lane / out] : -1;
        if (tap < 0) {
            return -1;
        }
        int outputChannel = blockGroup * out + lane % out;
        int outOfAGroup = outputChannels / geometry.groups();
        int large = transposed ? outputChannel % outOfAGroup : channel;
        int small = transposed ? outputChannel / outOfAGroup * in + channel : outputChannel;
        int largeOfAGroup = geometry.largeChannels() / geometry.groups();
        return ((kernelRow * width.kernel() + tap) * largeOfAGroup + large) * geometry.smallChannels() + small;
    }

    private void addBlocks(WidthPhase phase, int group, RowClass rows, Blocks.Panel[] panels) {
        int all = phase.blocks(outputWidth());
        int full = (int) IntStream.range(0, all)
                .filter(block -> phase.pixels(block, outputWidth()) == pixels)
                .count();
        addBlocks(phase, group, rows, panels, 0, full);
        addBlocks(phase, group, rows, panels, full, all);
    }

    private void addBlocks(WidthPhase phase, int group, RowClass rows, Blocks.Panel[] panels, int begin, int end) {
        if (begin == end) {
            return;
        }
        int count = rows.outputRows().size() * (end - begin);
        int[] inputs = new int[count];
        int[] outputs = new int[count];
        for (int i = 0; i < count; i++) {
            int row = i / (end - begin);
            int block = begin + i % (end - begin);
            int inputPixel = phase.firstIn() + block * phase.stepIn();
            inputs[i] = input.offset(rows.baseRows().get(row)) + inputPixel * input.pixelLength() + group * in;
            outputs[i] =
                    (rows.outputRows().get(row) * outputWidth() + phase.start() + block * phase.step()) * outputChannels
                            + group * out;
        }
        int slots = phase.slots().length;
        int runLength = depthwise ? 1 : geometry.groups() == 1 && phase.adjoin() ? slots * in : in;
        int runsOfARow = slots * in / runLength;
        int[] runIn = new int[rows.meetings().size() * runsOfARow];
        int[] runRow = new int[runIn.length];
        for (int run = 0; run < runIn.length; run++) {
            RowClass.Meeting meeting = rows.meetings().get(run / runsOfARow);
            int rowOfKernel = run % runsOfARow * runLength;
            runIn[run] = meeting.distance() * input.rowLength()
                    + phase.slots()[rowOfKernel / in] * input.pixelLength()
                    + rowOfKernel % in * outputChannels;
            runRow[run] = meeting.kernelRow() * slots * in + rowOfKernel;
        }
        blocks.add(new Blocks(
                count,
                Blocks.padded(inputs),
                Blocks.padded(outputs),
                phase.pixels(begin, outputWidth()) * out,
                runIn,
                runRow,
                runLength,
                panels));
    }
}
