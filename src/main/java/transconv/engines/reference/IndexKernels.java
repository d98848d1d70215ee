package transconv.engines.reference;

import java.util.Arrays;
import java.util.List;
import transconv.ops.Gather;
import transconv.ops.OneHot;
import transconv.ops.ScatterAdd;
import transconv.shape.Shape;

/** Ops that read some of their values as row numbers. */
final class IndexKernels {

    private IndexKernels() {}

    static double[] gather(Gather op, Shape output, List<Tensor> in) {
        Tensor table = in.get(0);
        int features = table.shape().last();
        int[] rows = indices("Gather", in.get(1), table.shape().size(0));
        double[] out = new double[output.elements()];
        for (int i = 0; i < rows.length; i++) {
            for (int feature = 0; feature < features; feature++) {
                out[i * features + feature] = table.values()[rows[i] * features + feature];
            }
        }
        return out;
    }

    static double[] scatterAdd(ScatterAdd op, Shape output, List<Tensor> in) {
        double[] values = in.get(1).values();
        int features = output.last();
        int[] rows = indices("ScatterAdd", in.get(0), op.rows());
        double[] out = new double[output.elements()];
        for (int i = 0; i < rows.length; i++) {
            for (int feature = 0; feature < features; feature++) {
                out[rows[i] * features + feature] += values[i * features + feature];
            }
        }
        return out;
    }

    static double[] oneHot(OneHot op, Shape output, List<Tensor> in) {
        int[] numbers = indices("OneHot", in.get(0), op.depth());
        double[] out = new double[output.elements()];
        for (int i = 0; i < numbers.length; i++) {
            out[i * op.depth() + numbers[i]] = 1;
        }
        return out;
    }

    /** @throws IllegalArgumentException if a value is no whole number from 0 to count - 1 */
    private static int[] indices(String op, Tensor indices, int count) {
        int[] whole = new int[indices.values().length];
        for (int i = 0; i < whole.length; i++) {
            double value = indices.values()[i];
            whole[i] = (int) value;
            if (whole[i] != value || value < 0 || value >= count) {
                throw new IllegalArgumentException(
                        "%s: index %s at position %s of %s must be a whole number from 0 to %d; correct it, or allow more"
                                .formatted(
                                        op,
                                        value,
                                        Arrays.toString(Offsets.coordinates(indices.shape(), i)),
                                        indices.shape(),
                                        count - 1));
            }
        }
        return whole;
    }
}
