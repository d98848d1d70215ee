package transconv.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static transconv.layers.Layers.batchNormalization;
import static transconv.layers.Layers.conv2D;
import static transconv.layers.Layers.conv2DTranspose;
import static transconv.layers.Layers.dense;
import static transconv.layers.Layers.dropout;
import static transconv.layers.Layers.flatten;
import static transconv.layers.Layers.input;
import static transconv.layers.Layers.leakyRelu;
import static transconv.layers.Layers.reshape;
import static transconv.models.CompileOption.engine;
import static transconv.models.CompileOption.loss;
import static transconv.models.CompileOption.optimizer;
import static transconv.models.FitOption.batchSize;
import static transconv.models.FitOption.callbacks;
import static transconv.models.FitOption.epochs;
import static transconv.models.FitOption.shuffle;
import static transconv.models.FitOption.verbose;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import transconv.layers.RandomSeed;
import transconv.training.Callback;
import transconv.training.SGD;

/** Two models that train in turns through each other, as those of a GAN. */
class SharedWeightsTest {

    private static final INDArray NOISE = Nd4j.linspace(-1, 1, 6).reshape(3, 2);
    private static final INDArray ZEROS = Nd4j.zeros(3, 1);
    private static final INDArray ONES = Nd4j.ones(3, 1);

    private Sequential generator;
    private Sequential discriminator;
    private Sequential both;

    @BeforeEach
    void seed() {
        RandomSeed.set(11);
    }

    private void make(String engineName) {
        generator = new Sequential(
                input(2), dense(12), reshape(2, 3, 2), conv2DTranspose(4, 3).strides(2), batchNormalization());
        discriminator = new Sequential(input(5, 7, 4), conv2D(3, 3), leakyRelu(0.2), dropout(0.2), flatten(), dense(1));
        both = new Sequential(input(2), generator, discriminator);
        discriminator.compile(optimizer(new SGD().learningRate(0.1)), loss("mse"), engine(engineName));
        discriminator.trainable(false);
        both.compile(optimizer(new SGD().learningRate(0.1)), loss("mse"), engine(engineName));
    }

    private void close() {
        generator.close();
        discriminator.close();
        both.close();
    }

    /** The same layers and weights, with programs of their own. */
    private static INDArray afresh(Sequential model, INDArray x) {
        try (Model fresh = Model.fromConfig(model.className(), model.config())) {
            fresh.setWeights(model.getWeights());
            return fresh.predict(x);
        }
    }

    @ParameterizedTest
    @MethodSource("transconv.EnginesUnderTest#names")
    void eachSeesAtOnceWhatTheOtherMadeOfItsWeights(String engineName) {
        make(engineName);
        INDArray images = generator.predict(NOISE);
        discriminator.trainOnBatch(images, ONES);
        for (int step = 0; step < 2; step++) {
            INDArray before = generator.predict(NOISE);
            List<INDArray> judging = discriminator.getWeights();
            both.trainOnBatch(NOISE, ZEROS);
            assertEquals(judging, discriminator.getWeights());
            INDArray made = generator.predict(NOISE);
            assertNotEquals(before, made);
            assertEquals(afresh(generator, NOISE), made);

            INDArray judged = discriminator.predict(images);
            discriminator.trainOnBatch(images, ONES);
            assertNotEquals(judged, discriminator.predict(images));
            assertEquals(afresh(discriminator, images), discriminator.predict(images));
            assertEquals(discriminator.predict(made), both.predict(NOISE));
        }
        close();
    }

    /** A generator's run of fit, with the discriminator's step before or after each of its own. */
    @Test
    void fitSeesWhatACallbackTrains() {
        make("onednn");
        List<INDArray> begin = both.getWeights();
        INDArray images = generator.predict(NOISE);
        both.fit(
                NOISE,
                ZEROS,
                batchSize(3),
                epochs(3),
                shuffle(false),
                verbose(0),
                callbacks(Callback.onTrainBatchBegin(progress -> discriminator.trainOnBatch(images, ONES))));
        List<INDArray> byFit = both.getWeights();
        close();

        RandomSeed.set(11);
        make("onednn");
        assertEquals(begin, both.getWeights());
        for (int step = 0; step < 3; step++) {
            discriminator.trainOnBatch(images, ONES);
            both.trainOnBatch(NOISE, ZEROS);
        }
        assertEquals(byFit, both.getWeights());
        close();
    }
}
