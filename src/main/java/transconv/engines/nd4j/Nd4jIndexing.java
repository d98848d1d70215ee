package transconv.engines.nd4j;

import java.nio.FloatBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Rows of a table chosen by numbers that are only known in the run. */
final class Nd4jIndexing {

    private Nd4jIndexing() {}

    static Runnable gather(INDArray table, INDArray indices, INDArray out) {
        FloatBuffer rows = Floats.of(table);
        FloatBuffer chosen = Floats.of(indices);
        FloatBuffer to = Floats.of(out);
        int count = (int) table.size(0);
        int features = (int) table.size(1);
        return () -> {
            for (int i = 0; i < chosen.capacity(); i++) {
                int from = index("Gather", chosen, i, count) * features;
                for (int f = 0; f < features; f++) {
                    to.put(i * features + f, rows.get(from + f));
                }
            }
        };
    }

    static Runnable scatterAdd(INDArray indices, INDArray values, INDArray out) {
        FloatBuffer chosen = Floats.of(indices);
        FloatBuffer from = Floats.of(values);
        FloatBuffer rows = Floats.of(out);
        int count = (int) out.size(0);
        int features = (int) out.size(1);
        return () -> {
            out.assign(0);
            for (int i = 0; i < chosen.capacity(); i++) {
                int to = index("ScatterAdd", chosen, i, count) * features;
                for (int f = 0; f < features; f++) {
                    rows.put(to + f, rows.get(to + f) + from.get(i * features + f));
                }
            }
        };
    }

    static Runnable oneHot(int depth, INDArray indices, INDArray out) {
        FloatBuffer chosen = Floats.of(indices);
        FloatBuffer to = Floats.of(out);
        return () -> {
            out.assign(0);
            for (int i = 0; i < chosen.capacity(); i++) {
                to.put(i * depth + index("OneHot", chosen, i, depth), 1);
            }
        };
    }

    private static int index(String op, FloatBuffer indices, int i, int count) {
        float value = indices.get(i);
        int index = (int) value;
        if (index != value || index < 0 || index >= count) {
            throw new IllegalArgumentException(
                    "%s: index %s, number %d in C order, must be a whole number from 0 to %d; correct it, or allow more"
                            .formatted(op, value, i, count - 1));
        }
        return index;
    }
}
