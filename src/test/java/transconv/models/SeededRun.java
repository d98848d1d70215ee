package transconv.models;

import static transconv.layers.Layers.conv2D;
import static transconv.layers.Layers.conv2DTranspose;
import static transconv.layers.Layers.dropout;
import static transconv.layers.Layers.gaussianNoise;
import static transconv.layers.Layers.input;
import static transconv.models.CompileOption.engine;
import static transconv.models.CompileOption.loss;
import static transconv.models.CompileOption.optimizer;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import transconv.layers.RandomSeed;
import transconv.ops.Activation;
import transconv.ops.RandomGeometry;
import transconv.shape.Padding;
import transconv.shape.Shape;
import transconv.training.History;

/** A short training with a seed, noise included; prints the bits of its losses and weights. */
public final class SeededRun {

    private SeededRun() {}

    public static void main(String[] args) {
        System.out.println(bits(7));
    }

    /** The losses and a sum over all weights' bits. */
    static List<Long> bits(long seed) {
        RandomSeed.set(seed);
        Sequential model = new Sequential(
                input(8, 8, 1),
                gaussianNoise(0.1),
                conv2D(4, 3).activation(Activation.RELU),
                dropout(0.2),
                conv2DTranspose(4, 3).activation(Activation.RELU),
                conv2D(1, 3).padding(Padding.SAME).activation(Activation.SIGMOID));
        INDArray x = RandomGeometry.values(Shape.of(103, 8, 8, 1), 5).muli(0.5).addi(0.5);
        model.compile(optimizer("adam"), loss("binary_crossentropy"), engine("nd4j"));
        History history = model.fit(
                x,
                x,
                FitOption.batchSize(32),
                FitOption.epochs(3),
                FitOption.validationSplit(0.2),
                FitOption.verbose(0));
        List<Long> bits = new ArrayList<>();
        history.names().forEach(name -> history.get(name).forEach(value -> bits.add(Double.doubleToLongBits(value))));
        long sum = 0;
        for (INDArray weight : model.getWeights()) {
            for (float value : weight.data().asFloat()) {
                sum = 31 * sum + Float.floatToIntBits(value);
            }
        }
        bits.add(sum);
        return bits;
    }
}
