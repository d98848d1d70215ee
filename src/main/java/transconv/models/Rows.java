package transconv.models;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import transconv.shape.Shape;

/**
 * Some samples of checked data, one array for each input and each output.
 *
 * @param weights one number a sample of the data, or null where all count alike
 * @param rows    which samples
 */
record Rows(List<INDArray> x, List<INDArray> y, float[] weights, int[] rows) {

    /**
     * All samples of a caller's data.
     *
     * @throws IllegalArgumentException if arrays, shapes, values or counts do not fit the model
     */
    static Rows checked(
            String call,
            Network network,
            Compilation compilation,
            List<INDArray> x,
            List<INDArray> y,
            FitSettings settings) {
        List<INDArray> samples = Samples.checked(call, "x", x, network.inputShapes());
        List<Shape> shapes = compilation.targetShapes(network);
        List<INDArray> targets = Samples.checked(call, "y", Samples.ofRank(y, shapes), shapes, x, samples);
        Samples.requireEqualCounts(call, samples, targets);
        int count = Math.toIntExact(samples.get(0).size(0));
        return new Rows(
                samples,
                targets,
                settings.weights(call, targets),
                IntStream.range(0, count).toArray());
    }

    Rows of(int[] others) {
        return new Rows(x, y, weights, others);
    }

    Map<String, Object> described(Function<INDArray, String> array) {
        Map<String, Object> described = new LinkedHashMap<>();
        described.put("samples", "%d from number %d".formatted(rows.length, rows[0]));
        for (int i = 0; i < x.size(); i++) {
            described.put("x " + i, array.apply(x.get(i)));
        }
        for (int i = 0; i < y.size(); i++) {
            described.put("y " + i, array.apply(y.get(i)));
        }
        described.put("sample weights", weights == null ? "none" : array.apply(Nd4j.createFromArray(weights)));
        return described;
    }

    int samples() {
        return Math.toIntExact(x.get(0).size(0));
    }
}
