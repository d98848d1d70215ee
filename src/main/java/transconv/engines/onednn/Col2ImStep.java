package transconv.engines.onednn;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.dnnl.dnnl_memory;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.Pointer;
import transconv.engines.Precision;
import transconv.shape.Axis;
import transconv.shape.Geometry;

/**
 * A transposed convolution as a product of matrices, each small position times the whole kernel, whose values are then
 * added to their places (product and col2im). It multiplies no zeros and leaves no lane idle, at the price of the
 * additions: with few channels of the result, or rows of few positions, it is quicker than oneDNN's convolutions.
 */
final class Col2ImStep implements Step {

    /** Floats of a product, which are to be in the cache still when they are added. */
    private static final long CACHED = 1 << 19;

    /** Costs in vector multiplications, from measurements: of each tap's additions, and of each value's. */
    private static final double TAP_COST = 5;

    private static final double VALUE_COST = 1;

    /** Rows so short, and what oneDNN's convolutions lose with them. */
    private static final int SHORT_ROW = 4;

    private static final double SHORT_ROW_FACTOR = 1.15;

    private final Geometry geometry;
    private final int batch;
    private final Pointer result;
    private final Step loadKernel;
    private final boolean kernelIsParameter;
    private final List<Primitive> products = new ArrayList<>();
    private final List<List<Primitive>> additions = new ArrayList<>();

    private Col2ImStep(
            Session session,
            Geometry geometry,
            int batch,
            Stored small,
            Pointer kernel,
            boolean kernelIsParameter,
            Stored large) {
        this.geometry = geometry;
        this.batch = batch;
        this.kernelIsParameter = kernelIsParameter;
        result = large.at();
        int together = together(geometry, batch);
        TapPlaces places = new TapPlaces(geometry, together);
        long channels = geometry.smallChannels();
        dnnl_memory_desc left = session.strided(new long[] {places.positions(), channels}, new long[] {channels, 1});
        dnnl_memory_desc right = session.any(Precision.FLOAT32, channels, places.columns());
        dnnl_memory_desc stamps =
                session.strided(new long[] {places.positions(), places.columns()}, new long[] {places.columns(), 1});
        Primitive.Plan plan = Primitive.Plan.ofProduct(session, left, right, stamps);
        if (plan == null) {
            loadKernel = () -> {};
            return;
        }
        dnnl_memory_desc inOrder = session.strided(new long[] {channels, places.columns()}, new long[] {1, channels});
        dnnl_memory_desc wanted = plan.memory(dnnl.dnnl_query_weights_md, 0);
        dnnl_memory weights = session.memory(wanted, session.allocate(wanted));
        loadKernel = Primitive.reorder(session, inOrder, session.memory(inOrder, kernel), wanted, weights);
        Stored product = new Stored(session.allocate(stamps), Precision.FLOAT32);
        for (int first = 0; first < batch; first += together) {
            Pointer from = small.from((long) first * geometry.small(1).elements());
            products.add(new Primitive(
                    session,
                    plan,
                    Map.of(
                            dnnl.DNNL_ARG_SRC, session.memory(left, from),
                            dnnl.DNNL_ARG_WEIGHTS, weights,
                            dnnl.DNNL_ARG_DST, session.memory(stamps, product.at()))));
            Stored to = new Stored(large.from((long) first * geometry.large(1).elements()), Precision.FLOAT32);
            additions.add(places.add(session, product, to));
        }
    }

    /** Null where another form is quicker, or oneDNN has no good code. */
    static Col2ImStep of(
            Session session,
            Geometry geometry,
            int batch,
            Stored small,
            Pointer kernel,
            boolean kernelIsParameter,
            Stored large) {
        boolean isFloat = small.precision() == Precision.FLOAT32 && large.precision() == Precision.FLOAT32;
        if (!isFloat || !isQuick(geometry)) {
            return null;
        }
        Col2ImStep step = new Col2ImStep(session, geometry, batch, small, kernel, kernelIsParameter, large);
        return step.products.isEmpty() || step.additions.stream().anyMatch(BlockPlaces::areSlow) ? null : step;
    }

    private static boolean isQuick(Geometry geometry) {
        int strides = geometry.axes().stream().mapToInt(Axis::stride).reduce(1, (a, b) -> a * b);
        // Where no two taps meet in one place, blocks are the same without additions.
        if (geometry.groups() > 1 || strides == 1 || geometry.taps() <= strides) {
            return false;
        }
        double products = (double) geometry.smallChannels() * geometry.largeChannels() / Library.lanes();
        double cost =
                (double) geometry.taps() / strides * (products + TAP_COST + VALUE_COST * geometry.largeChannels());
        boolean isShort = geometry.axes().get(geometry.axes().size() - 1).small() <= SHORT_ROW;
        return cost < OutputBlocks.leastCost(geometry, true) * (isShort ? SHORT_ROW_FACTOR : 1);
    }

    /** Samples of one product. */
    private static int together(Geometry geometry, int batch) {
        TapPlaces one = new TapPlaces(geometry, 1);
        int together = (int) Math.max(1, Math.min(batch, CACHED / (one.positions() * one.columns())));
        while (batch % together != 0) {
            together--;
        }
        return together;
    }

    @Override
    public void parametersChanged() {
        if (kernelIsParameter) {
            loadKernel.run();
        }
    }

    @Override
    public void run() {
        if (!kernelIsParameter) {
            loadKernel.run();
        }
        Pointer.memset(result, 0, geometry.large(batch).elements() * (long) Float.BYTES);
        for (int i = 0; i < products.size(); i++) {
            products.get(i).run();
            additions.get(i).forEach(Primitive::run);
        }
    }

    /** Multiply-adds, those that fall outside of the result included. */
    long executed() {
        return new TapPlaces(geometry, batch).positions() * geometry.kernel().elements();
    }

    @Override
    public String toString() {
        return products.get(0).implementation() + " of each position and the kernel, then added up (col2im)";
    }
}
