package transconv.models;

import java.util.List;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
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

    int samples() {
        return Math.toIntExact(x.get(0).size(0));
    }
}
