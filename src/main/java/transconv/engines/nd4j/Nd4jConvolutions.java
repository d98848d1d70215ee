package transconv.engines.nd4j;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
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
    Runnable convolution(INDArray x, INDArray k, INDArray y) {
        return largeWindows(x, (matrix, group) ->
                PreparedOp.matrixProduct(matrix, false, columns(k, group), false, columns(y, group)));
    }

    /** {@code k = windows(x)' y}. */
    Runnable kernelGradient(INDArray x, INDArray y, INDArray k) {
        return largeWindows(x, (matrix, group) ->
                PreparedOp.matrixProduct(matrix, true, columns(y, group), false, columns(k, group)));
    }

    @FunctionalInterface
    private interface Product {
        Runnable of(INDArray matrix, int group);
    }

    private Runnable largeWindows(INDArray x, Product product) {
        List<AxisWindows> axes = geometry.axes().stream().map(Nd4jConvolutions::largeWindows).toList();
        Padded padded = padded(x.reshape('c', geometry.large((int) x.size(0)).toLongArray()), List.of(axes));
        List<Runnable> steps = new ArrayList<>(List.of(padded::fill));
        for (int group = 0; group < geometry.groups(); group++) {
            Windows windows = new Windows(padded, axes, group, geometry.largeChannels() / geometry.groups(), scratch);
            steps.add(windows::copy);
            steps.add(product.of(windows.matrix(), group));
        }
        return () -> steps.forEach(Runnable::run);
    }

    private static AxisWindows largeWindows(Axis axis) {
        int[] offsets = IntStream.range(0, axis.kernel()).map(t -> t * axis.dilation() - axis.crop()).toArray();
        return new AxisWindows(axis.small(), axis.stride(), offsets);
    }

    /**
     * Every {@code stride}-th position of x, a phase, is an ordinary convolution of y with the taps that hit it: no zeros are multiplied and
     * nothing is scattered. ND4J adds into strided views fifty times slower than it copies them, which rules col2im out.
     */
    Runnable transposedConvolution(INDArray y, INDArray k, INDArray x) {
        INDArray large = x.reshape('c', geometry.large((int) x.size(0)).toLongArray());
        INDArray small = y.reshape('c', geometry.small((int) y.size(0)).toLongArray());
        List<List<Phase>> phases = combinations(geometry.axes().stream().map(Phase::of).toList());
        List<List<Phase>> hit = phases.stream().filter(phase -> phase.stream().allMatch(axis -> axis.taps().length > 0)).toList();
        List<Runnable> steps = new ArrayList<>();
        if (hit.size() < phases.size()) {
            steps.add(() -> large.assign(0));
        }
        if (!hit.isEmpty()) {
            Padded padded = padded(small, hit.stream().map(phase -> phase.stream().map(Phase::windows).toList()).toList());
            steps.add(padded::fill);
            for (List<Phase> phase : hit) {
                for (int group = 0; group < geometry.groups(); group++) {
                    addPhase(phase, group, padded, k, large, steps);
                }
            }
        }
        return () -> steps.forEach(Runnable::run);
    }

    private void addPhase(List<Phase> phase, int group, Padded padded, INDArray k, INDArray large, List<Runnable> steps) {
        int smallChannels = geometry.smallChannels() / geometry.groups();
        int largeChannels = geometry.largeChannels() / geometry.groups();
        Windows windows = new Windows(padded, phase.stream().map(Phase::windows).toList(), group, smallChannels, scratch);
        long[] shape = {large.size(0), phase.get(0).count(), phase.get(1).count(), phase.get(2).count(), largeChannels};
        INDArray result = Nd4j.create(DataType.FLOAT, shape[0] * shape[1] * shape[2] * shape[3], largeChannels);
        PhaseKernel kernel = new PhaseKernel(phase, columns(k, group), geometry, largeChannels, smallChannels, scratch);
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
            high[axis] = all.stream().mapToLong(axes -> axes.get(at).high()).max().orElseThrow();
        }
        return new Padded(tensor, low, high, scratch);
    }

    /** The columns of a group in the matrix of all axes but the last by the last. */
    private INDArray columns(INDArray array, int group) {
        long last = array.size(-1);
        INDArray matrix = array.reshape('c', array.length() / last, last);
        if (geometry.groups() == 1) {
            return matrix;
        }
        long width = last / geometry.groups();
        return matrix.get(NDArrayIndex.all(), NDArrayIndex.interval(group * width, (group + 1) * width));
    }
}
