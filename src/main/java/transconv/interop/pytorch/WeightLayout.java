package transconv.interop.pytorch;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * How a weight of ours lies in PyTorch: its features put in order, then seen in a split shape, whose axes are
 * permuted, and some of them joined.
 *
 * @param shape  ours
 * @param axes   PyTorch's axes as axes of ours
 * @param joined PyTorch's shape
 * @param orders for each axis of ours the place of each of PyTorch's features, or null
 * @param rule   for messages: {@code (kernel axes..., in, out) as (out, in, kernel axes...)}
 */
record WeightLayout(long[] shape, int[] axes, long[] joined, int[][] orders, String rule) {

    static WeightLayout same(long[] shape, int[] order) {
        int[][] orders = new int[shape.length][];
        if (shape.length == 1) {
            orders[0] = order;
        }
        int[] axes = IntStream.range(0, shape.length).toArray();
        return new WeightLayout(shape, axes, shape, orders, "as it is");
    }

    static WeightLayout permuted(long[] shape, String rule, int... axes) {
        long[] permuted = Arrays.stream(axes).mapToLong(axis -> shape[axis]).toArray();
        return new WeightLayout(shape, axes, permuted, new int[shape.length][], rule);
    }

    WeightLayout joined(long... joined) {
        return new WeightLayout(shape, axes, joined, orders, rule);
    }

    /** PyTorch's array of one of ours. */
    INDArray toPyTorch(INDArray ours) {
        return reordered(ours, orders).permute(axes).dup('c').reshape('c', joined);
    }

    /** Our array of one of PyTorch's, which has the shape {@link #joined}. */
    INDArray fromPyTorch(INDArray theirs) {
        long[] permuted = Arrays.stream(axes).mapToLong(axis -> shape[axis]).toArray();
        int[] back = new int[axes.length];
        int[][] places = new int[orders.length][];
        for (int axis = 0; axis < axes.length; axis++) {
            back[axes[axis]] = axis;
            places[axis] = orders[axis] == null ? null : inverse(orders[axis]);
        }
        return reordered(theirs.dup('c').reshape('c', permuted).permute(back).dup('c'), places);
    }

    private static int[] inverse(int[] order) {
        int[] inverse = new int[order.length];
        IntStream.range(0, order.length).forEach(place -> inverse[order[place]] = place);
        return inverse;
    }

    private static INDArray reordered(INDArray array, int[][] orders) {
        INDArray reordered = array;
        for (int axis = 0; axis < orders.length; axis++) {
            if (orders[axis] != null && array.rank() == 1) {
                reordered = rows(reordered.dup('c').reshape('c', array.length(), 1), orders[axis])
                        .reshape(array.length());
            } else if (orders[axis] != null) {
                reordered = axis == 0
                        ? rows(reordered, orders[axis])
                        : rows(reordered.transpose(), orders[axis]).transpose();
            }
        }
        return reordered;
    }

    private static INDArray rows(INDArray matrix, int[] order) {
        return Nd4j.pullRows(matrix.dup('c'), 1, order);
    }
}
