package transconv.engines.vector;

import java.util.Arrays;
import transconv.ops.OneHot;
import transconv.shape.Shape;

/** Ops that read some of their values as row numbers. */
final class Tables {

    private Tables() {}

    static Step gather(Operands a) {
        Shape table = a.inShape(0);
        return Step.of(
                "copies of rows", () -> gather(a.in(0), table.size(0), table.last(), a.in(1), a.inLength(1), a.out()));
    }

    static Step scatterAdd(Operands a) {
        double[] sums = new double[a.length()];
        int features = a.shape().last();
        return Step.of(
                "sums of rows in double",
                (long) sums.length * Double.BYTES,
                () -> scatterAdd(a.in(0), a.inLength(0), a.in(1), features, sums, a.out()));
    }

    static Step oneHot(OneHot op, Operands a) {
        return Step.of("zeros and a one a row", () -> oneHot(a.in(0), a.inLength(0), op.depth(), a.out()));
    }

    /**
     * @param table  (rows, features)
     * @param count  of the indices
     * @param out    (count, features)
     */
    private static void gather(float[] table, int rows, int features, float[] indices, int count, float[] out) {
        for (int i = 0; i < count; i++) {
            System.arraycopy(table, index("Gather", indices, i, rows) * features, out, i * features, features);
        }
    }

    /**
     * @param values (count, features)
     * @param sums   work memory, (rows, features)
     * @param out    (rows, features)
     */
    private static void scatterAdd(
            float[] indices, int count, float[] values, int features, double[] sums, float[] out) {
        Arrays.fill(sums, 0);
        for (int i = 0; i < count; i++) {
            int to = index("ScatterAdd", indices, i, sums.length / features) * features;
            for (int feature = 0; feature < features; feature++) {
                sums[to + feature] += values[i * features + feature];
            }
        }
        for (int i = 0; i < sums.length; i++) {
            out[i] = (float) sums[i];
        }
    }

    /** @param out (count, depth) */
    private static void oneHot(float[] indices, int count, int depth, float[] out) {
        Arrays.fill(out, 0, count * depth, 0);
        for (int i = 0; i < count; i++) {
            out[i * depth + index("OneHot", indices, i, depth)] = 1;
        }
    }

    /** @throws IllegalArgumentException if an index is no whole number from 0 to rows - 1 */
    private static int index(String op, float[] indices, int i, int rows) {
        float value = indices[i];
        int index = (int) value;
        if (index != value || index < 0 || index >= rows) {
            throw new IllegalArgumentException(
                    "%s: index %s, number %d in C order, must be a whole number from 0 to %d; correct it, or allow more"
                            .formatted(op, value, i, rows - 1));
        }
        return index;
    }
}
