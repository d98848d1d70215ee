package transconv.engines.vector;

import static transconv.engines.vector.Lanes.COUNT;
import static transconv.engines.vector.Lanes.SPECIES;

import java.util.Arrays;
import java.util.List;
import jdk.incubator.vector.FloatVector;
import transconv.ops.AxisMatrix;
import transconv.ops.AxisMatrix.Entry;
import transconv.shape.Shape;

/**
 * One axis mapped by a sparse matrix: each output slice is a weighted sum of slices of the input. Slices are computed
 * in order: what a vector writes behind a slice is the next one's, which is computed later.
 */
final class Resampling {

    private final int outer;
    private final int inner;
    private final int inputLength;
    private final int[][] columns;
    private final float[][] weights;

    /** @param shape the input's */
    Resampling(int axis, AxisMatrix matrix, Shape shape) {
        int before = 1;
        for (int i = 0; i < axis; i++) {
            before *= shape.size(i);
        }
        outer = before;
        inputLength = shape.size(axis);
        inner = shape.elements() / (before * inputLength);
        columns = matrix.rows().stream()
                .map(row -> row.stream().mapToInt(Entry::column).toArray())
                .toArray(int[][]::new);
        weights = matrix.rows().stream().map(Resampling::weights).toArray(float[][]::new);
    }

    private static float[] weights(List<Entry> row) {
        float[] weights = new float[row.size()];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (float) row.get(i).weight();
        }
        return weights;
    }

    void run(float[] x, float[] out) {
        int to = 0;
        for (int o = 0; o < outer; o++) {
            int first = o * inputLength * inner;
            for (int row = 0; row < columns.length; row++, to += inner) {
                slice(x, first, columns[row], weights[row], out, to, inner);
            }
        }
    }

    private static void slice(float[] x, int first, int[] column, float[] weight, float[] out, int to, int inner) {
        if (column.length == 0) {
            Arrays.fill(out, to, to + inner, 0);
        } else {
            scale(x, first + column[0] * inner, weight[0], out, to, inner);
            for (int entry = 1; entry < column.length; entry++) {
                addScaled(x, first + column[entry] * inner, weight[entry], out, to, inner);
            }
        }
    }

    /** Added to 0 as all sums are: -0 becomes 0. */
    private static void scale(float[] x, int from, float weight, float[] out, int to, int count) {
        FloatVector factor = FloatVector.broadcast(SPECIES, weight);
        FloatVector zero = FloatVector.zero(SPECIES);
        for (int i = 0; i < count; i += COUNT) {
            FloatVector.fromArray(SPECIES, x, from + i).fma(factor, zero).intoArray(out, to + i);
        }
    }

    private static void addScaled(float[] x, int from, float weight, float[] out, int to, int count) {
        FloatVector factor = FloatVector.broadcast(SPECIES, weight);
        for (int i = 0; i < count; i += COUNT) {
            FloatVector.fromArray(SPECIES, x, from + i)
                    .fma(factor, FloatVector.fromArray(SPECIES, out, to + i))
                    .intoArray(out, to + i);
        }
    }
}
