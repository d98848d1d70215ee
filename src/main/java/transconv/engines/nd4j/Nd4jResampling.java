package transconv.engines.nd4j;

import java.nio.FloatBuffer;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import transconv.engines.AxisPass;
import transconv.ops.AxisMatrix;
import transconv.ops.AxisMatrix.Entry;

/** One axis mapped by a sparse matrix: each output is a weighted sum of whole slices of the input. */
final class Nd4jResampling {

    private static final int LONG_SLICE = 8;

    private final int[][] columns;
    private final float[][] weights;
    private final AxisPass pass;

    private Nd4jResampling(AxisMatrix matrix, AxisPass pass) {
        this.pass = pass;
        columns = matrix.rows().stream()
                .map(row -> row.stream().mapToInt(Entry::column).toArray())
                .toArray(int[][]::new);
        weights = matrix.rows().stream().map(Nd4jResampling::weights).toArray(float[][]::new);
    }

    private static float[] weights(List<Entry> row) {
        float[] weights = new float[row.size()];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (float) row.get(i).weight();
        }
        return weights;
    }

    static Runnable resample(int axis, AxisMatrix matrix, INDArray x, INDArray out) {
        int outer = 1;
        int inner = 1;
        for (int other = 0; other < x.rank(); other++) {
            outer *= other < axis ? (int) x.size(other) : 1;
            inner *= other > axis ? (int) x.size(other) : 1;
        }
        Nd4jResampling resampling = new Nd4jResampling(matrix, new AxisPass(outer, matrix.columns(), inner));
        FloatBuffer from = Floats.of(x);
        FloatBuffer to = Floats.of(out);
        return () -> resampling.run(from, to);
    }

    private void run(FloatBuffer x, FloatBuffer out) {
        int slice = pass.inner();
        int to = 0;
        for (int outer = 0; outer < pass.outer(); outer++) {
            int first = outer * pass.length() * slice;
            for (int row = 0; row < columns.length; row++, to += slice) {
                if (slice < LONG_SLICE) {
                    sumShort(x, first, columns[row], weights[row], out, to);
                } else {
                    sumLong(x, first, columns[row], weights[row], out, to);
                }
            }
        }
    }

    /** With short slices, a loop over the terms of each output costs less than a loop over the slice for each term. */
    private void sumShort(FloatBuffer x, int first, int[] column, float[] weight, FloatBuffer out, int to) {
        int slice = pass.inner();
        for (int i = 0; i < slice; i++) {
            float sum = 0;
            for (int entry = 0; entry < column.length; entry++) {
                sum += weight[entry] * x.get(first + column[entry] * slice + i);
            }
            out.put(to + i, sum);
        }
    }

    private void sumLong(FloatBuffer x, int first, int[] column, float[] weight, FloatBuffer out, int to) {
        int slice = pass.inner();
        if (column.length == 0) {
            for (int i = 0; i < slice; i++) {
                out.put(to + i, 0);
            }
            return;
        }
        int from = first + column[0] * slice;
        float factor = weight[0];
        for (int i = 0; i < slice; i++) {
            out.put(to + i, factor * x.get(from + i));
        }
        for (int entry = 1; entry < column.length; entry++) {
            int next = first + column[entry] * slice;
            float share = weight[entry];
            for (int i = 0; i < slice; i++) {
                out.put(to + i, out.get(to + i) + share * x.get(next + i));
            }
        }
    }
}
