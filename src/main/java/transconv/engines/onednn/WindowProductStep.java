package transconv.engines.onednn;

import java.util.List;
import java.util.Map;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.Pointer;
import transconv.engines.Precision;
import transconv.shape.Geometry;

/**
 * A kernel's gradient as one product of matrices: the windows that the small side's positions look at, a row each,
 * times the small side. Windows are copied for it; the product then runs at the machine's best speed.
 */
final class WindowProductStep implements Step {

    private static final int CHANNELS_WORTH_A_COPY = 64;

    private final Geometry geometry;
    private final TapPlaces places;
    private final List<Primitive> copies;
    private final Primitive product;

    private WindowProductStep(
            Session session, Geometry geometry, TapPlaces places, Stored large, Stored small, Pointer kernel) {
        this.geometry = geometry;
        this.places = places;
        // What lies outside of the large side stays 0: it is never written.
        Stored windows = new Stored(
                session.allocate(places.positions()
                        * places.columns()
                        * large.precision().bytes()),
                large.precision());
        copies = places.gather(session, large, windows);
        product = product(session, windows, small, kernel);
    }

    /** Null where another form is cheaper, or oneDNN has no good code. */
    static WindowProductStep of(
            Session session, Geometry geometry, int batch, Stored large, Stored small, Pointer kernel) {
        TapPlaces places = new TapPlaces(geometry, batch);
        if (!isCheap(geometry, batch, places)) {
            return null;
        }
        WindowProductStep step = new WindowProductStep(session, geometry, places, large, small, kernel);
        return step.product == null || BlockPlaces.areSlow(step.copies) ? null : step;
    }

    /** Measured against oneDNN's gradients of convolutions. */
    private static boolean isCheap(Geometry geometry, int batch, TapPlaces places) {
        return geometry.groups() == 1
                && !geometry.axes().isEmpty()
                && (isKernelLargest(geometry, batch, places) || isCopiedOnce(geometry) || lacksCode(geometry));
    }

    /** The product lies as the kernel does; a convolution's kernel is dear to bring into another layout. */
    private static boolean isKernelLargest(Geometry geometry, int batch, TapPlaces places) {
        return geometry.kernel().elements() > geometry.large(batch).elements()
                && places.positions() <= geometry.smallChannels();
    }

    /**
     * Windows that do not overlap are no larger than the data; with few channels the copy takes longer all the same.
     */
    private static boolean isCopiedOnce(Geometry geometry) {
        return geometry.smallChannels() > CHANNELS_WORTH_A_COPY
                && geometry.taps() > 1
                && geometry.axes().stream().allMatch(axis -> axis.kernel() <= axis.stride());
    }

    /** For windows with gaps at a distance oneDNN has only general code, which is several times slower. */
    private static boolean lacksCode(Geometry geometry) {
        return geometry.smallChannels() >= Library.lanes()
                && geometry.axes().stream().anyMatch(axis -> axis.dilation() > 1)
                && geometry.axes().stream().anyMatch(axis -> axis.stride() > 1);
    }

    /** (columns, positions) times (positions, small channels). */
    private Primitive product(Session session, Stored windows, Stored small, Pointer kernel) {
        long positions = places.positions();
        long columns = places.columns();
        long channels = geometry.smallChannels();
        dnnl_memory_desc left =
                session.strided(windows.precision(), new long[] {columns, positions}, new long[] {1, columns});
        dnnl_memory_desc right =
                session.strided(small.precision(), new long[] {positions, channels}, new long[] {channels, 1});
        dnnl_memory_desc result = session.strided(new long[] {columns, channels}, new long[] {channels, 1});
        Primitive.Plan plan = Primitive.Plan.ofProduct(session, left, right, result);
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
        return places.positions() * geometry.kernel().elements();
    }

    @Override
    public String toString() {
        return product.implementation() + " of windows";
    }
}
