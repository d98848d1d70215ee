package transconv.interop.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import transconv.models.Model;
import transconv.shape.Shape;

/** Weights and inputs for tries. */
final class OnnxModels {

    private OnnxModels() {}

    /** Weights from 0.1 to 1, so that variances can be among them. */
    static void randomWeights(Model model, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<INDArray> weights = new ArrayList<>();
        for (INDArray weight : model.getWeights()) {
            weights.add(random(random, 0.1, 1, weight.shape()));
        }
        model.setWeights(weights);
    }

    /** Samples from -2 to 2. */
    static List<INDArray> samples(Model model, int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<INDArray> samples = new ArrayList<>();
        for (Shape shape : model.inputShapes()) {
            samples.add(random(random, -2, 2, shape.prepend(count).toLongArray()));
        }
        return samples;
    }

    private static INDArray random(SplittableRandom random, double low, double high, long... shape) {
        int count = 1;
        for (long size : shape) {
            count = Math.multiplyExact(count, Math.toIntExact(size));
        }
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextDouble(low, high);
        }
        return Nd4j.create(values, shape, 'c');
    }
}
