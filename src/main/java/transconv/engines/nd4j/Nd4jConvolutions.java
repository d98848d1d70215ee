package transconv.engines.nd4j;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import transconv.engines.nd4j.Windows.AxisWindows;
import transconv.shape.Axis;
import transconv.shape.Geometry;

/**
 * The three faces of the trilinear form, each as im2col and a matrix product.
 */
final class Nd4jConvolutions {

    private final Geometry geometry;
    private final Scratch scratch;

    Nd4jConvolutions(Geometry geometry, Scratch scratch) {
        this.geometry = geometry.toThreeAxes();
        this.scratch = scratch;
    }

    /** {@code y = windows(x) k}. */
    Contraction convolution(INDArray x, INDArray k, INDArray y) {
        if (strideOne() && geometry.groups() == 1 && 4 * geometry.smallChannels() <= geometry.largeChannels()) {
            return fewFilters(x, k, y);
        }
        return largeWindows("im2col and matrix product", x, (matrix, group) -> {
            Columns from = new Columns(k, group, geometry.groups(), scratch);
            Columns to = new Columns(y, group, geometry.groups(), scratch);
            return List.of(
                    from::load, PreparedOp.matrixProduct(matrix, false, from.matrix(), false, to.matrix()), to::store);
        });
    }

    /** {@code k = windows(x)' y}. */
    Contraction kernelGradient(INDArray x, INDArray y, INDArray k) {
        if (strideOne() && geometry.groups() == 1 && geometry.smallChannels() < geometry.largeChannels()) {
            return kernelGradientFromSmallWindows(x, y, k);
        }
        return largeWindows("im2col of the large side and matrix product", x, (matrix, group) -> {
            Columns from = new Columns(y, group, geometry.groups(), scratch);
            Columns to = new Columns(k, group, geometry.groups(), scratch);
            return List.of(
                    from::load, PreparedOp.matrixProduct(matrix, true, from.matrix(), false, to.matrix()), to::store);
        });
    }

    private boolean strideOne() {
        return geometry.axes().stream().allMatch(axis -> axis.stride() == 1);
    }

    /**
     * Multiplies before it shifts: x times all taps at once, then for each output position the products that belong to
     * it, summed up. With few filters the products are far smaller than the windows of x.
     */
    private Contraction fewFilters(INDArray x, INDArray k, INDArray y) {
        int filters = geometry.smallChannels();
        int taps = geometry.taps();
        INDArray large = x.reshape('c', geometry.large((int) x.size(0)).toLongArray());
        INDArray products =
                scratch.zeros(large.size(0), large.size(1), large.size(2), large.size(3), (long) taps * filters);
        INDArray taken = k.reshape('c', taps, geometry.largeChannels(), filters).permute(1, 0, 2);
        INDArray sideBySide = scratch.zeros(geometry.largeChannels(), taps, filters);
        List<AxisWindows> axes =
                geometry.axes().stream().map(Nd4jConvolutions::largeWindows).toList();
        Padded padded = padded(products, List.of(axes));
        Windows windows = Windows.oneBlockATap(padded, axes, filters, scratch);
        INDArray sums = Nd4j.concat(
                0, IntStream.range(0, taps).mapToObj(tap -> Nd4j.eye(filters)).toArray(INDArray[]::new));
        List<Runnable> steps = List.of(
                () -> sideBySide.assign(taken),
                PreparedOp.matrixProduct(
                        rows(large),
                        false,
                        sideBySide.reshape('c', geometry.largeChannels(), (long) taps * filters),
                        false,
                        rows(products)),
                padded::fill,
                windows::copy,
                PreparedOp.matrixProduct(windows.matrix(), false, sums, false, rows(y)));
        long summed = y.length() * taps * filters;
        return new Contraction(
                "product with all taps, then shifted sums by a matrix of ones and zeros",
                x.length() * taps * filters + summed,
                steps);
    }

    /** The same sum from the windows of the side that has fewer channels: {@code k' = x' windows(y)}. */
    private Contraction kernelGradientFromSmallWindows(INDArray x, INDArray y, INDArray k) {
        int taps = geometry.taps();
        INDArray small = y.reshape('c', geometry.small((int) y.size(0)).toLongArray());
        List<AxisWindows> axes = geometry.axes().stream()
                .map(axis -> Phase.of(axis).get(0).windows())
                .toList();
        Padded padded = padded(small, List.of(axes));
        Windows windows = new Windows(padded, axes, 0, geometry.smallChannels(), scratch);
        INDArray turned = scratch.zeros(geometry.largeChannels(), taps, geometry.smallChannels());
        long[] block = {geometry.largeChannels(), geometry.smallChannels()};
        // A phase has its taps in descending order.
        List<Runnable> steps = new ArrayList<>(List.<Runnable>of(
                padded::fill,
                windows::copy,
                PreparedOp.matrixProduct(
                        rows(x),
                        true,
                        windows.matrix(),
                        false,
                        turned.reshape('c', geometry.largeChannels(), (long) taps * geometry.smallChannels()))));
        for (int tap = 0; tap < taps; tap++) {
            INDArray from = Nd4j.create(
                    turned.data(),
                    block,
                    new long[] {taps * block[1], 1},
                    turned.offset() + (taps - 1 - tap) * block[1],
                    'c');
            INDArray to =
                    Nd4j.create(k.data(), block, new long[] {block[1], 1}, k.offset() + tap * block[0] * block[1], 'c');
            steps.add(() -> to.assign(from));
        }
        return new Contraction(
                "im2col of the small side and matrix product", x.length() * taps * geometry.smallChannels(), steps);
    }

    private static INDArray rows(INDArray array) {
        return array.reshape('c', array.length() / array.size(-1), array.size(-1));
    }

    @FunctionalInterface
    private interface Product {
        List<Runnable> steps(INDArray matrix, int group);
    }

    private Contraction largeWindows(String algorithm, INDArray x, Product product) {
        List<AxisWindows> axes =
                geometry.axes().stream().map(Nd4jConvolutions::largeWindows).toList();
        Padded padded = padded(x.reshape('c', geometry.large((int) x.size(0)).toLongArray()), List.of(axes));
        List<Runnable> steps = new ArrayList<>(List.of(padded::fill));
        for (int group = 0; group < geometry.groups(); group++) {
            Windows windows = new Windows(padded, axes, group, geometry.largeChannels() / geometry.groups(), scratch);
            steps.add(windows::copy);
            steps.addAll(product.steps(windows.matrix(), group));
        }
        long windows = (long) geometry.small((int) x.size(0)).elements() * geometry.taps();
        return new Contraction(algorithm, windows * geometry.largeChannels() / geometry.groups(), steps);
    }

    private static AxisWindows largeWindows(Axis axis) {
        int[] offsets = IntStream.range(0, axis.kernel())
                .map(t -> t * axis.dilation() - axis.crop())
                .toArray();
        return new AxisWindows(axis.small(), axis.stride(), offsets);
    }

    /**
     * Every {@code stride}-th position of x, a phase, is an ordinary convolution of y with the taps that hit it: no
     * zeros are multiplied and nothing is scattered. ND4J adds into strided views fifty times slower than it copies
     * them, which rules col2im out.
     */
    Contraction transposedConvolution(INDArray y, INDArray k, INDArray x) {
        INDArray large = x.reshape('c', geometry.large((int) x.size(0)).toLongArray());
        INDArray small = y.reshape('c', geometry.small((int) y.size(0)).toLongArray());
        List<List<Phase>> phases =
                combinations(geometry.axes().stream().map(Phase::of).toList());
        List<List<Phase>> hit = phases.stream()
                .filter(phase -> phase.stream().allMatch(axis -> axis.taps().length > 0))
                .toList();
        List<Runnable> steps = new ArrayList<>();
        long windows = 0;
        if (hit.size() < phases.size()) {
            steps.add(() -> large.assign(0));
        }
        if (!hit.isEmpty()) {
            Padded padded = padded(
                    small,
                    hit.stream()
                            .map(phase -> phase.stream().map(Phase::windows).toList())
                            .toList());
            steps.add(padded::fill);
            for (List<Phase> phase : hit) {
                windows += phase.stream()
                        .mapToLong(axis -> (long) axis.count() * axis.taps().length)
                        .reduce(large.size(0), (a, b) -> a * b);
                for (int group = 0; group < geometry.groups(); group++) {
                    addPhase(phase, group, padded, k, large, steps);
                }
            }
        }
        return new Contraction(
                hit.size() == 1
                        ? "im2col and matrix product with the turned kernel"
                        : "%d output phases, each im2col and matrix product".formatted(hit.size()),
                windows * geometry.smallChannels() * geometry.largeChannels() / geometry.groups(),
                steps);
    }

    private void addPhase(
            List<Phase> phase, int group, Padded padded, INDArray k, INDArray large, List<Runnable> steps) {
        int smallChannels = geometry.smallChannels() / geometry.groups();
        int largeChannels = geometry.largeChannels() / geometry.groups();
        Windows windows =
                new Windows(padded, phase.stream().map(Phase::windows).toList(), group, smallChannels, scratch);
        long[] shape = {
            large.size(0),
            phase.get(0).count(),
            phase.get(1).count(),
            phase.get(2).count(),
            largeChannels
        };
        INDArray result = scratch.zeros(shape[0] * shape[1] * shape[2] * shape[3], largeChannels);
        PhaseKernel kernel = new PhaseKernel(phase, k, geometry, group, scratch);
        steps.add(kernel::copy);
        steps.add(windows::copy);
        steps.add(PreparedOp.matrixProduct(windows.matrix(), false, kernel.matrix(), false, result));
        long offset = large.offset() + (long) group * largeChannels;
        long[] strides = large.stride().clone();
        for (int axis = 0; axis < 3; axis++) {
            offset += phase.get(axis).first() * large.stride(axis + 1);
            strides[axis + 1] *= geometry.axes().get(axis).stride();
        }
        INDArray target = Nd4j.create(large.data(), shape, strides, offset, 'c');
        INDArray source = result.reshape('c', shape);
        steps.add(() -> target.assign(source));
    }

    private static List<List<Phase>> combinations(List<List<Phase>> perAxis) {
        List<List<Phase>> all = new ArrayList<>();
        for (Phase depth : perAxis.get(0)) {
            for (Phase height : perAxis.get(1)) {
                for (Phase width : perAxis.get(2)) {
                    all.add(List.of(depth, height, width));
                }
            }
        }
        return all;
    }

    /** A tensor with zeros as far as any of the windows reach. */
    private Padded padded(INDArray tensor, List<List<AxisWindows>> all) {
        long[] low = new long[3];
        long[] high = new long[3];
        for (int axis = 0; axis < 3; axis++) {
            int at = axis;
            low[axis] = all.stream().mapToLong(axes -> axes.get(at).low()).min().orElseThrow();
            high[axis] =
                    all.stream().mapToLong(axes -> axes.get(at).high()).max().orElseThrow();
        }
        return new Padded(tensor, low, high, scratch);
    }
}
