package transconv.engines.onednn;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.Pointer;
import transconv.engines.Precision;
import transconv.shape.Axis;
import transconv.shape.Geometry;

/**
 * A kernel's gradient as one product of matrices: the windows that the small side's positions look at, a row each,
 * times the small side. Its result lies as the kernel does, where oneDNN's convolutions want a layout of their own: a
 * kernel larger than the data is dear to bring from one to the other.
 */
final class WindowProductStep implements Step {

    private final Geometry geometry;
    private final int batch;
    private final List<Primitive> copies = new ArrayList<>();
    private final Primitive product;

    private WindowProductStep(
            Session session, Geometry geometry, int batch, Stored large, Stored small, Pointer kernel) {
        this.geometry = geometry;
        this.batch = batch;
        long columns = geometry.kernel().elements() / geometry.smallChannels();
        // What lies outside of the large side stays 0: it is never written.
        Stored windows = new Stored(
                session.allocate(positions(geometry, batch) * columns * large.precision().bytes()), large.precision());
        copyTaps(session, large, windows, columns);
        product = product(session, windows, columns, small, kernel);
    }

    /** Null where another form is cheaper, or oneDNN has no good code. */
    static WindowProductStep of(
            Session session, Geometry geometry, int batch, Stored large, Stored small, Pointer kernel) {
        if (!isCheap(geometry, batch)) {
            return null;
        }
        WindowProductStep step = new WindowProductStep(session, geometry, batch, large, small, kernel);
        return step.product == null || BlockPlaces.areSlow(step.copies) ? null : step;
    }

    /** Where neither the data nor the windows, which are copied, are larger than the kernel. */
    private static boolean isCheap(Geometry geometry, int batch) {
        return geometry.groups() == 1
                && !geometry.axes().isEmpty()
                && geometry.kernel().elements() > geometry.large(batch).elements()
                && positions(geometry, batch) <= geometry.smallChannels();
    }

    private static long positions(Geometry geometry, int batch) {
        return geometry.small(batch).elements() / geometry.smallChannels();
    }

    /** For each tap, from the positions of the large side that it meets into the windows' rows. */
    private void copyTaps(Session session, Stored large, Stored windows, long columns) {
        int axes = geometry.axes().size();
        int taps = geometry.axes().stream().mapToInt(Axis::kernel).reduce(1, (a, b) -> a * b);
        for (int tap = 0; tap < taps; tap++) {
            long[] sizes = new long[axes + 2];
            long[] from = new long[axes + 2];
            long[] to = new long[axes + 2];
            long fromOffset = 0;
            long toOffset = (long) tap * geometry.largeChannels();
            long fromStride = geometry.largeChannels();
            long toStride = columns;
            boolean isEmpty = false;
            int rest = tap;
            for (int i = axes - 1; i >= 0; i--) {
                Axis axis = geometry.axes().get(i);
                long shift = (long) (rest % axis.kernel()) * axis.dilation() - axis.crop();
                rest /= axis.kernel();
                // Small positions o with 0 <= o * stride + shift < large.
                long first = Math.max(0, Math.floorDiv(-shift + axis.stride() - 1, axis.stride()));
                long end = Math.min(axis.small(), Math.floorDiv(axis.large() - 1 - shift, axis.stride()) + 1);
                isEmpty |= end <= first;
                sizes[i + 1] = end - first;
                from[i + 1] = fromStride * axis.stride();
                to[i + 1] = toStride;
                fromOffset += (first * axis.stride() + shift) * fromStride;
                toOffset += first * toStride;
                fromStride *= axis.large();
                toStride *= axis.small();
            }
            sizes[0] = batch;
            from[0] = fromStride;
            to[0] = toStride;
            sizes[axes + 1] = geometry.largeChannels();
            from[axes + 1] = 1;
            to[axes + 1] = 1;
            if (!isEmpty) {
                dnnl_memory_desc source = session.strided(large.precision(), sizes, from);
                dnnl_memory_desc target = session.strided(windows.precision(), sizes, to);
                copies.add(Primitive.reorder(
                        session,
                        source,
                        session.memory(source, large.from(fromOffset)),
                        target,
                        session.memory(target, windows.from(toOffset))));
            }
        }
    }

    /** (columns, positions) times (positions, small channels). */
    private Primitive product(Session session, Stored windows, long columns, Stored small, Pointer kernel) {
        long positions = positions(geometry, batch);
        long channels = geometry.smallChannels();
        dnnl_memory_desc left =
                session.strided(windows.precision(), new long[] {columns, positions}, new long[] {1, columns});
        dnnl_memory_desc right =
                session.strided(small.precision(), new long[] {positions, channels}, new long[] {channels, 1});
        dnnl_memory_desc result = session.strided(new long[] {columns, channels}, new long[] {channels, 1});
        Primitive.Plan plan = Primitive.Plan.of(
                session,
                Attributes.none(session),
                (desc, attributes) -> dnnl.dnnl_matmul_primitive_desc_create(
                        desc, Library.engine(), left, right, null, result, attributes));
        return plan == null
                        || windows.precision() != Precision.FLOAT32
                                && plan.implementation().contains("gemm")
                ? null
                : new Primitive(
                        session,
                        plan,
                        Map.of(
                                dnnl.DNNL_ARG_SRC, session.memory(left, windows.at()),
                                dnnl.DNNL_ARG_WEIGHTS, session.memory(right, small.at()),
                                dnnl.DNNL_ARG_DST, session.memory(result, kernel)));
    }

    @Override
    public void run() {
        copies.forEach(Primitive::run);
        product.run();
    }

    /** Multiply-adds, those with zeros included. */
    long executed() {
        return positions(geometry, batch) * geometry.kernel().elements();
    }

    @Override
    public String toString() {
        return product.implementation() + " of windows, since the kernel is larger than the data";
    }
}
