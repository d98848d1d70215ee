import java.util.Locale;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.CnnLossLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import transconv.datasets.Mnist;

/**
 * Trains the MNIST autoencoder of notebook 01 with Deeplearning4j on plain ND4J, on some hundreds of digits only, and
 * prints what an epoch of 48,000 digits and 12,000 of validation would take.
 */
public final class Deeplearning4jEpochs {

    private static final int BATCH = 100;
    private static final int BATCHES = 2;

    private Deeplearning4jEpochs() {}

    public static void main(String[] arguments) {
        INDArray digits = Mnist.load().trainImages();
        MultiLayerNetwork model = new MultiLayerNetwork(configuration());
        model.init();
        fit(model, digits, 0);
        long start = System.nanoTime();
        for (int batch = 1; batch <= BATCHES; batch++) {
            fit(model, digits, batch);
        }
        long between = System.nanoTime();
        for (int batch = 0; batch < BATCHES; batch++) {
            model.output(images(digits, batch));
        }
        double train = (between - start) / 1e9 / BATCHES;
        double validate = (System.nanoTime() - between) / 1e9 / BATCHES;
        for (int epoch = 1; epoch <= 2; epoch++) {
            System.out.printf(
                    Locale.ROOT,
                    "Epoch %d - %.1fs - loss: %.4f (of %d batches) - val_loss: 0%n",
                    epoch,
                    480 * train + 120 * validate,
                    model.score(),
                    BATCHES);
        }
    }

    private static MultiLayerConfiguration configuration() {
        return new NeuralNetConfiguration.Builder()
                .seed(1)
                .updater(new Adam(0.001))
                .weightInit(WeightInit.RELU)
                .list()
                .layer(new ConvolutionLayer.Builder(3, 3).nOut(32).activation(Activation.RELU).build())
                .layer(new ConvolutionLayer.Builder(3, 3).nOut(16).activation(Activation.RELU).build())
                .layer(new ConvolutionLayer.Builder(3, 3).nOut(8).activation(Activation.RELU).build())
                .layer(new Deconvolution2D.Builder(3, 3).nOut(8).activation(Activation.RELU).build())
                .layer(new Deconvolution2D.Builder(3, 3).nOut(16).activation(Activation.RELU).build())
                .layer(new Deconvolution2D.Builder(3, 3).nOut(32).activation(Activation.RELU).build())
                .layer(new ConvolutionLayer.Builder(3, 3)
                        .nOut(1)
                        .convolutionMode(ConvolutionMode.Same)
                        .activation(Activation.IDENTITY)
                        .build())
                .layer(new CnnLossLayer.Builder(LossFunction.XENT).activation(Activation.SIGMOID).build())
                .setInputType(InputType.convolutional(28, 28, 1))
                .build();
    }

    private static void fit(MultiLayerNetwork model, INDArray digits, int batch) {
        INDArray images = images(digits, batch);
        model.fit(images, images);
    }

    /** Channels first, as Deeplearning4j wants them; one channel lies the same either way. */
    private static INDArray images(INDArray digits, int batch) {
        return digits.get(NDArrayIndex.interval((long) batch * BATCH, (long) (batch + 1) * BATCH))
                .dup('c')
                .reshape('c', BATCH, 1, 28, 28);
    }
}
