package transconv.engines.onednn;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import transconv.engines.onednn.OutputBlocks.BlockAxis;

/** A convolution or its transpose in {@link OutputBlocks}, with what brings the blocks to their places. */
final class BlockedStep implements Step {

    private final OutputBlocks blocks;
    private final ContractionStep convolution;
    private final int[] kernelIndices;
    private final float[] kernelValues;
    private final float[] blockValues;
    private final FloatPointer kernel;
    private final FloatPointer blockKernel;
    private final FloatPointer bias;
    private final FloatPointer blockBias;
    private final boolean kernelIsParameter;
    private final List<Primitive> placings = new ArrayList<>();

    private BlockedStep(
            Session session,
            OutputBlocks blocks,
            int batch,
            Stored source,
            Pointer kernel,
            boolean kernelIsParameter,
            Stored destination,
            Pointer bias,
            boolean rectify) {
        this.blocks = blocks;
        this.kernelIsParameter = kernelIsParameter;
        kernelIndices = blocks.kernelIndices();
        blockValues = new float[kernelIndices.length];
        kernelValues = new float[blocks.geometry().kernel().elements()];
        this.kernel = new FloatPointer(kernel);
        blockKernel = new FloatPointer(session.allocate((long) blockValues.length * Float.BYTES));
        int channels = blocks.positions() * blocks.filters();
        this.bias = bias == null ? null : new FloatPointer(bias);
        blockBias = bias == null ? null : new FloatPointer(session.allocate((long) channels * Float.BYTES));
        ConvolutionForm form = blocks.form(batch);
        Stored result = blocks.isInPlace()
                ? destination
                : new Stored(
                        session.allocate(form.destinationElements()
                                * destination.precision().bytes()),
                        destination.precision());
        convolution = ContractionStep.forward(
                session, form, source, blockKernel, kernelIsParameter, result, blockBias, rectify);
        if (!blocks.isInPlace()) {
            addPlacings(session, batch, result, destination);
        }
    }

    /** As {@link ContractionStep#forward}; null where oneDNN has no good code. */
    static BlockedStep of(
            Session session,
            OutputBlocks blocks,
            int batch,
            Stored source,
            Pointer kernel,
            boolean kernelIsParameter,
            Stored destination,
            Pointer bias,
            boolean rectify) {
        BlockedStep step =
                new BlockedStep(session, blocks, batch, source, kernel, kernelIsParameter, destination, bias, rectify);
        boolean slow = step.placings.stream()
                .anyMatch(placing -> placing.implementation().contains("ref"));
        return step.convolution == null || slow ? null : step;
    }

    /** Whole blocks, and the parts of blocks where the result ends within one. */
    private void addPlacings(Session session, int batch, Stored from, Stored to) {
        int axes = blocks.axes().size();
        for (int choice = 0; choice < 1 << axes; choice++) {
            Placing placing = new Placing(batch, blocks.positions() * blocks.filters());
            boolean isEmpty = false;
            for (int i = 0; i < axes; i++) {
                isEmpty |= !placing.cut(i, (choice >> i & 1) == 1);
            }
            if (!isEmpty) {
                placings.add(placing.step(session, from, to));
            }
        }
    }

    /** A reorder of some of the blocks: for each axis its blocks, and the positions within a block. */
    private final class Placing {

        private final List<Long> sizes = new ArrayList<>();
        private final List<Long> fromStrides = new ArrayList<>();
        private final List<Long> toStrides = new ArrayList<>();
        private long fromOffset;
        private long toOffset;

        Placing(long batch, long channels) {
            long counts = blocks.axes().stream().mapToLong(BlockAxis::count).reduce(channels, (a, b) -> a * b);
            long outs = blocks.axes().stream().mapToLong(BlockAxis::out).reduce(blocks.filters(), (a, b) -> a * b);
            add(batch, counts, outs);
        }

        private void add(long size, long fromStride, long toStride) {
            sizes.add(size);
            fromStrides.add(fromStride);
            toStrides.add(toStride);
        }

        /** Takes the whole blocks of an axis, or the part of the last one; false where there is none. */
        boolean cut(int index, boolean partOfLast) {
            BlockAxis axis = blocks.axes().get(index);
            int whole = axis.out() / axis.block();
            int count = partOfLast ? axis.count() - whole : whole;
            int positions = partOfLast ? axis.out() % axis.block() : axis.block();
            if (count == 0) {
                return false;
            }
            long channels = (long) blocks.positions() * blocks.filters();
            long blockStride = channels;
            long withinStride = blocks.filters();
            long outStride = blocks.filters();
            for (BlockAxis later :
                    blocks.axes().subList(index + 1, blocks.axes().size())) {
                blockStride *= later.count();
                withinStride *= later.block();
                outStride *= later.out();
            }
            add(count, blockStride, outStride * axis.block());
            add(positions, withinStride, outStride);
            if (partOfLast) {
                fromOffset += whole * blockStride;
                toOffset += whole * outStride * axis.block();
            }
            return true;
        }

        Primitive step(Session session, Stored from, Stored to) {
            add(blocks.filters(), 1, 1);
            dnnl_memory_desc source = session.strided(from.precision(), array(sizes), array(fromStrides));
            dnnl_memory_desc target = session.strided(to.precision(), array(sizes), array(toStrides));
            Pointer begin = from.from(fromOffset);
            Pointer there = to.from(toOffset);
            return Primitive.reorder(
                    session, source, session.memory(source, begin), target, session.memory(target, there));
        }

        private static long[] array(List<Long> numbers) {
            return numbers.stream().mapToLong(Long::longValue).toArray();
        }
    }

    @Override
    public void parametersChanged() {
        if (kernelIsParameter) {
            loadKernel();
            convolution.parametersChanged();
        }
    }

    private void loadKernel() {
        kernel.get(kernelValues);
        for (int i = 0; i < blockValues.length; i++) {
            blockValues[i] = kernelIndices[i] < 0 ? 0 : kernelValues[kernelIndices[i]];
        }
        blockKernel.put(blockValues);
    }

    @Override
    public void run() {
        if (!kernelIsParameter) {
            loadKernel();
        }
        if (bias != null) {
            for (int channel = 0; channel < blocks.positions() * blocks.filters(); channel++) {
                blockBias.put(channel, bias.get(channel % blocks.filters()));
            }
        }
        convolution.run();
        placings.forEach(Primitive::run);
    }

    /** Multiply-adds, those with zeros and in idle lanes included. */
    long executed() {
        return convolution.executed();
    }

    @Override
    public String toString() {
        return "%s in %s, since few channels fill no vector%s"
                .formatted(convolution, blocks, blocks.isInPlace() ? "" : ", then put in order");
    }
}
