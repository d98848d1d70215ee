package transconv.models;

import static transconv.models.CompileOption.loss;
import static transconv.models.CompileOption.metrics;
import static transconv.models.CompileOption.optimizer;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import transconv.layers.Layers;
import transconv.layers.RandomSeed;
import transconv.ops.Activation;
import transconv.shape.Padding;
import transconv.training.Adam;
import transconv.training.CosineDecay;
import transconv.training.History;

/** The last two of four epochs of a model from a file; prints the bits of its losses and weights. */
public final class ResumedRun {

    private ResumedRun() {}

    /** @param args the file */
    public static void main(String[] args) {
        System.out.println(bits(Model.load(Path.of(args[0])), 2, 4));
    }

    static Model model() {
        RandomSeed.set(5);
        Model model = new Sequential(
                Layers.input(8, 6, 1),
                Layers.conv2D(4, 3).strides(2).padding(Padding.SAME).activation(Activation.RELU),
                Layers.conv2DTranspose(1, 3).strides(2).padding(Padding.SAME).activation(Activation.SIGMOID));
        model.compile(
                optimizer(new Adam().learningRate(new CosineDecay(0.01, 40))),
                loss("binary_crossentropy"),
                metrics("accuracy"));
        return model;
    }

    static List<Long> bits(Model model, int from, int to) {
        INDArray x = SavedModels.samples(model.inputShapes(), 47, 3).get(0);
        History history = model.fit(
                x,
                x,
                FitOption.batchSize(8),
                FitOption.initialEpoch(from),
                FitOption.epochs(to),
                FitOption.validationSplit(0.2),
                FitOption.verbose(0));
        List<Long> bits = new ArrayList<>();
        history.names().forEach(name -> bits.add(Double.doubleToLongBits(history.last(name))));
        for (INDArray weight : model.getWeights()) {
            for (float value : weight.data().asFloat()) {
                bits.add((long) Float.floatToRawIntBits(value));
            }
        }
        return bits;
    }
}
