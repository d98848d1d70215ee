package transconv.engines.onednn;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.javacpp.Pointer;
import transconv.engines.onednn.OutputBlocks.BlockAxis;

/** Where the values of {@link OutputBlocks} belong: copies from blocks to there, and from there to blocks. */
final class BlockPlaces {

    private final OutputBlocks blocks;
    private final int batch;

    BlockPlaces(OutputBlocks blocks, int batch) {
        this.blocks = blocks;
        this.batch = batch;
    }

    /** Copies blocks to their places. */
    List<Primitive> scatter(Session session, Stored inBlocks, Stored inOrder) {
        return placings().stream()
                .map(placing -> placing.step(session, inBlocks, inOrder, true))
                .toList();
    }

    /** Copies values into blocks; where the tensor ends within a block, its other values are not written. */
    List<Primitive> gather(Session session, Stored inOrder, Stored inBlocks) {
        return placings().stream()
                .map(placing -> placing.step(session, inBlocks, inOrder, false))
                .toList();
    }

    /** Whether oneDNN would copy by its reference loops. */
    static boolean areSlow(List<Primitive> copies) {
        return copies.stream().anyMatch(copy -> copy.implementation().contains("ref"));
    }

    /** Whole blocks, and the parts of blocks where the result ends within one. */
    private List<Placing> placings() {
        List<Placing> placings = new ArrayList<>();
        int axes = blocks.axes().size();
        for (int choice = 0; choice < 1 << axes; choice++) {
            Placing placing = new Placing();
            boolean isEmpty = false;
            for (int i = 0; i < axes; i++) {
                isEmpty |= !placing.cut(i, (choice >> i & 1) == 1);
            }
            if (!isEmpty) {
                placing.add(blocks.filters(), 1, 1);
                placings.add(placing);
            }
        }
        return placings;
    }

    /** A reorder of some of the blocks: for each axis its blocks, and the positions within a block. */
    private final class Placing {

        private final List<Long> sizes = new ArrayList<>();
        private final List<Long> blockStrides = new ArrayList<>();
        private final List<Long> orderStrides = new ArrayList<>();
        private long blockOffset;
        private long orderOffset;

        Placing() {
            long channels = (long) blocks.positions() * blocks.filters();
            long counts = blocks.axes().stream().mapToLong(BlockAxis::count).reduce(channels, (a, b) -> a * b);
            long outs = blocks.axes().stream().mapToLong(BlockAxis::out).reduce(blocks.filters(), (a, b) -> a * b);
            add(batch, counts, outs);
        }

        private void add(long size, long fromStride, long toStride) {
            sizes.add(size);
            blockStrides.add(fromStride);
            orderStrides.add(toStride);
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
                blockOffset += whole * blockStride;
                orderOffset += whole * outStride * axis.block();
            }
            return true;
        }

        /** From blocks to their places, or from there to blocks. */
        Primitive step(Session session, Stored inBlocks, Stored inOrder, boolean scatter) {
            Part ofBlocks = new Part(inBlocks, blockStrides, blockOffset);
            Part ofOrder = new Part(inOrder, orderStrides, orderOffset);
            Part from = scatter ? ofBlocks : ofOrder;
            Part to = scatter ? ofOrder : ofBlocks;
            dnnl_memory_desc source = from.layout(session, sizes);
            dnnl_memory_desc target = to.layout(session, sizes);
            return Primitive.reorder(
                    session, source, session.memory(source, from.place()), target, session.memory(target, to.place()));
        }
    }

    /** Some of a tensor's numbers. */
    private record Part(Stored tensor, List<Long> strides, long offset) {

        dnnl_memory_desc layout(Session session, List<Long> sizes) {
            return session.strided(tensor.precision(), array(sizes), array(strides));
        }

        Pointer place() {
            return tensor.from(offset);
        }

        private static long[] array(List<Long> numbers) {
            return numbers.stream().mapToLong(Long::longValue).toArray();
        }
    }
}
