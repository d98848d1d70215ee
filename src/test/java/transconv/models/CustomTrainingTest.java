package transconv.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static transconv.layers.Layers.conv2DTranspose;
import static transconv.layers.Layers.dense;
import static transconv.layers.Layers.flatten;
import static transconv.layers.Layers.input;
import static transconv.models.CompileOption.engine;
import static transconv.models.CompileOption.loss;
import static transconv.models.CompileOption.optimizer;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import transconv.layers.Constraints;
import transconv.layers.Initializers;
import transconv.layers.RandomSeed;
import transconv.layers.Regularizers;
import transconv.layers.Tensor;
import transconv.ops.Activation;
import transconv.ops.Ops;
import transconv.training.Adam;
import transconv.training.Loss;
import transconv.training.SGD;

/** Steps that the caller puts together from gradients. */
class CustomTrainingTest {

    private static final INDArray X = Nd4j.linspace(-1, 1, 5 * 3 * 2 * 2).reshape('c', 5, 3, 2, 2);
    private static final INDArray Y = Nd4j.linspace(1, 0, 5 * 2).reshape('c', 5, 2);

    private static Sequential model(String engineName) {
        RandomSeed.set(5);
        Sequential model = new Sequential(
                input(3, 2, 2),
                conv2DTranspose(3, 2)
                        .strides(2)
                        .activation(Activation.TANH)
                        .kernelRegularizer(Regularizers.l2(0.1))
                        .kernelConstraint(Constraints.maxNorm(0.5)),
                flatten(),
                dense(2));
        model.compile(optimizer(new Adam().learningRate(0.01)), loss("mse"), engine(engineName));
        return model;
    }

    @ParameterizedTest
    @MethodSource("transconv.EnginesUnderTest#names")
    void gradientsThatAreAppliedAreAStepOfTraining(String engineName) {
        try (Sequential byHand = model(engineName);
                Sequential byFit = model(engineName)) {
            for (int step = 0; step < 3; step++) {
                LossGradients gradients = byHand.gradients(X, Y, Loss.MEAN_SQUARED_ERROR);
                byHand.applyGradients(gradients.weights());
                assertEquals(byFit.trainOnBatch(X, Y).get("loss"), gradients.loss(), 1e-15);
            }
            assertEquals(byFit.getWeights(), byHand.getWeights());
            assertEquals(byFit.predict(X), byHand.predict(X));
        }
    }

    /** loss = mean of sum((w x)²) for w = 3, x = 1, 2: 9 (1 + 4) / 2; its slope by w 2 · 3 (1 + 4) / 2. */
    @Test
    void aLossOfOnesOwnHasTheGradientOfItsFormula() {
        Sequential model = new Sequential(
                input(1), dense(1).kernelInitializer(Initializers.constant(3)).useBias(false));
        Loss square = Loss.of("square", (prediction, target) -> Ops.multiply(prediction, prediction));
        LossGradients gradients =
                model.gradients(Nd4j.createFromArray(new float[][] {{1}, {2}}), Nd4j.zeros(2, 1), square);
        assertEquals(22.5, gradients.loss(), 1e-6);
        assertEquals(15, gradients.weights().get(0).getDouble(0), 1e-6);
        model.close();
    }

    /** As a GAN does: the generator learns through a discriminator that stays as it is. */
    @Test
    void oneModelLearnsThroughAnotherThatIsFrozen() {
        Sequential generator = new Sequential(
                input(2), dense(3).kernelInitializer(Initializers.ones()).name("made"));
        Sequential discriminator = new Sequential(
                input(3), dense(1).kernelInitializer(Initializers.ones()).name("judged"));
        discriminator.trainable(false);
        Tensor noise = input(2);
        Model both = new Model((transconv.layers.Input) noise, discriminator.apply(generator.apply(noise)));
        both.compile(optimizer(new SGD().learningRate(0.1)), loss("mse"));
        INDArray x = Nd4j.createFromArray(new float[][] {{1, 2}});
        LossGradients gradients = both.gradients(x, Nd4j.zeros(1, 1), Loss.MEAN_SQUARED_ERROR);
        assertEquals(81, gradients.loss(), 1e-4);
        // 2 · 9 · x for each unit, and 2 · 9 for each bias
        assertEquals(
                Nd4j.createFromArray(new float[][] {{18, 18, 18}, {36, 36, 36}}),
                gradients.weights().get(0));
        assertEquals(Nd4j.createFromArray(18f, 18f, 18f), gradients.weights().get(1));
        both.applyGradients(gradients.weights());
        assertEquals(
                Nd4j.createFromArray(new float[][] {{-0.8f, -0.8f, -0.8f}, {-2.6f, -2.6f, -2.6f}}),
                generator.getWeights().get(0));
        assertEquals(Nd4j.ones(3, 1), discriminator.getWeights().get(0));
        // the discriminator learns again in its own right
        discriminator.trainable(true);
        assertEquals(
                2,
                discriminator
                        .gradients(Nd4j.ones(1, 3), Nd4j.zeros(1, 1), Loss.MEAN_SQUARED_ERROR)
                        .weights()
                        .size());
        both.close();
        discriminator.close();
    }

    @Test
    void refusesInTheseWords() {
        Sequential model = new Sequential(input(2), dense(3).name("a"));
        assertEquals(
                "sequential: applyGradients before compile; call compile(optimizer(\"adam\"),"
                        + " loss(\"binary_crossentropy\")) first",
                assertThrows(IllegalStateException.class, () -> model.applyGradients(List.of()))
                        .getMessage());
        model.compile(optimizer("sgd"), loss("mse"));
        assertEquals(
                "sequential: 1 gradients given, the model has 2; give them in the order of its trainable weights",
                assertThrows(IllegalArgumentException.class, () -> model.applyGradients(List.of(Nd4j.ones(2, 3))))
                        .getMessage());
        assertEquals(
                "sequential: gradient 1 has shape [1, 3], a/bias needs (3,)",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> model.applyGradients(List.of(Nd4j.ones(2, 3), Nd4j.ones(1, 3))))
                        .getMessage());
        assertEquals(
                "gradients: y has shape [4, 2]; the model needs (None, 3), samples on the first axis",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> model.gradients(Nd4j.ones(4, 2), Nd4j.ones(4, 2), Loss.MEAN_SQUARED_ERROR))
                        .getMessage());
    }
}
