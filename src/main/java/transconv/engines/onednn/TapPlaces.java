package transconv.engines.onednn;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.dnnl_memory;
import org.bytedeco.dnnl.dnnl_memory_desc;
import transconv.shape.Axis;
import transconv.shape.Geometry;

/**
 * The large side's values as a matrix of windows, (batch and small positions, taps and large channels): for each tap
 * one copy between the positions that it meets and its columns. What lies outside of the large side is not copied.
 */
final class TapPlaces {

    private final Geometry geometry;
    private final int batch;

    TapPlaces(Geometry geometry, int batch) {
        this.geometry = geometry;
        this.batch = batch;
    }

    /** Rows of the matrix. */
    long positions() {
        return geometry.small(batch).elements() / geometry.smallChannels();
    }

    long columns() {
        return geometry.kernel().elements() / geometry.smallChannels();
    }

    /** Copies the large side into the matrix (im2col). */
    List<Primitive> gather(Session session, Stored large, Stored matrix) {
        return copies(session, large, matrix, true);
    }

    /** Adds the matrix to the large side (col2im). */
    List<Primitive> add(Session session, Stored matrix, Stored large) {
        return copies(session, large, matrix, false);
    }

    private List<Primitive> copies(Session session, Stored large, Stored matrix, boolean gather) {
        List<Primitive> copies = new ArrayList<>();
        for (int tap = 0; tap < geometry.taps(); tap++) {
            int[] index = index(tap);
            for (List<Run> runs : meetings(index)) {
                copies.add(new Places(tap, index, runs).copy(session, large, matrix, gather));
            }
        }
        return copies;
    }

    /** A tap's index on each axis. */
    private int[] index(int tap) {
        int[] index = new int[geometry.axes().size()];
        int rest = tap;
        for (int i = index.length - 1; i >= 0; i--) {
            index[i] = rest % geometry.axes().get(i).kernel();
            rest /= geometry.axes().get(i).kernel();
        }
        return index;
    }

    /** The small positions that a tap meets: for each axis one run, in all combinations. */
    private List<List<Run>> meetings(int[] index) {
        List<List<Run>> meetings = List.of(List.of());
        for (int i = 0; i < index.length; i++) {
            List<List<Run>> longer = new ArrayList<>();
            for (List<Run> before : meetings) {
                for (Run run : Run.of(geometry.axes().get(i), index[i])) {
                    List<Run> with = new ArrayList<>(before);
                    with.add(run);
                    longer.add(with);
                }
            }
            meetings = longer;
        }
        return meetings;
    }

    /** Small positions of one axis, and the large position that the first of them meets. */
    private record Run(long first, long count, long meets) {

        /**
         * Where 0 <= position * stride + shift < large. oneDNN takes no strides that would step out of the row behind
         * the last position; that one is a run of its own then.
         */
        static List<Run> of(Axis axis, int tap) {
            long shift = (long) tap * axis.dilation() - axis.crop();
            long stride = axis.stride();
            long first = Math.max(0, Math.floorDiv(-shift + stride - 1, stride));
            long end = Math.min(axis.small(), Math.floorDiv(axis.large() - 1 - shift, stride) + 1);
            long count = end - first;
            if (count <= 0) {
                return List.of();
            }
            if (count == 1 || count * stride <= axis.large()) {
                return List.of(new Run(first, count, first * stride + shift));
            }
            return List.of(
                    new Run(first, count - 1, first * stride + shift), new Run(end - 1, 1, (end - 1) * stride + shift));
        }
    }

    /** Where some of a tap's values stand on both sides. */
    private final class Places {

        private final long[] sizes = new long[geometry.axes().size() + 2];
        private final long[] largeStrides = new long[sizes.length];
        private final long[] matrixStrides = new long[sizes.length];
        private long largeOffset;
        private long matrixOffset;

        Places(int tap, int[] index, List<Run> runs) {
            matrixOffset = (long) tap * geometry.largeChannels();
            long largeStride = geometry.largeChannels();
            long matrixStride = columns();
            for (int i = index.length - 1; i >= 0; i--) {
                Axis axis = geometry.axes().get(i);
                Run run = runs.get(i);
                along(i + 1, run.count(), largeStride * axis.stride(), matrixStride);
                largeOffset += run.meets() * largeStride;
                matrixOffset += run.first() * matrixStride;
                largeStride *= axis.large();
                matrixStride *= axis.small();
            }
            along(0, batch, largeStride, matrixStride);
            along(sizes.length - 1, geometry.largeChannels(), 1, 1);
        }

        private void along(int axis, long size, long largeStride, long matrixStride) {
            sizes[axis] = size;
            largeStrides[axis] = largeStride;
            matrixStrides[axis] = matrixStride;
        }

        Primitive copy(Session session, Stored large, Stored matrix, boolean gather) {
            dnnl_memory_desc inLarge = session.strided(large.precision(), sizes, largeStrides);
            dnnl_memory_desc inMatrix = session.strided(matrix.precision(), sizes, matrixStrides);
            dnnl_memory ofLarge = session.memory(inLarge, large.from(largeOffset));
            dnnl_memory ofMatrix = session.memory(inMatrix, matrix.from(matrixOffset));
            return gather
                    ? Primitive.reorder(session, inLarge, ofLarge, inMatrix, ofMatrix)
                    : Primitive.reorder(
                            session,
                            inMatrix,
                            ofMatrix,
                            inLarge,
                            ofLarge,
                            Attributes.followedBy(session).addedToWhatIsThere().done());
        }
    }
}
