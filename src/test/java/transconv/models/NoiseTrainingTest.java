package transconv.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static transconv.layers.Layers.add;
import static transconv.layers.Layers.alphaDropout;
import static transconv.layers.Layers.conv2D;
import static transconv.layers.Layers.conv2DTranspose;
import static transconv.layers.Layers.dense;
import static transconv.layers.Layers.dropout;
import static transconv.layers.Layers.flatten;
import static transconv.layers.Layers.gaussianDropout;
import static transconv.layers.Layers.gaussianNoise;
import static transconv.layers.Layers.input;
import static transconv.layers.Layers.spatialDropout2D;
import static transconv.models.CompileOption.engine;
import static transconv.models.CompileOption.loss;
import static transconv.models.CompileOption.optimizer;
import static transconv.models.FitOption.batchSize;
import static transconv.models.FitOption.epochs;
import static transconv.models.FitOption.initialEpoch;
import static transconv.models.FitOption.sampleWeight;
import static transconv.models.FitOption.shuffle;
import static transconv.models.FitOption.verbose;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import transconv.Closeness;
import transconv.layers.Input;
import transconv.layers.Layer;
import transconv.layers.RandomSeed;
import transconv.layers.Tensor;
import transconv.ops.Activation;
import transconv.ops.RandomGeometry;
import transconv.shape.Shape;
import transconv.training.Loss;
import transconv.training.SGD;

/** Training with every kind of noise: shared, nested, in front of two outputs, in any cut, and again from a seed. */
class NoiseTrainingTest {

    private static final int SAMPLES = 37;
    private static final Closeness CLOSENESS = new Closeness();

    private final INDArray x = RandomGeometry.values(Shape.of(SAMPLES, 5, 4, 2), 1);
    private final List<INDArray> y = List.of(
            RandomGeometry.values(Shape.of(SAMPLES, 10, 8, 1), 2), RandomGeometry.values(Shape.of(SAMPLES, 3), 3));

    @AfterAll
    static void printWorst() {
        System.out.println("training with noise, " + CLOSENESS);
    }

    /** Smooth, so that finite differences hold. Without noise where the rate is 0. */
    private static Model model(double rate) {
        Input start = input(5, 4, 2);
        Layer shared = gaussianDropout(rate);
        Sequential nested = new Sequential(
                input(5, 4, 2),
                gaussianNoise(rate),
                conv2D(3, 2).activation(Activation.TANH),
                spatialDropout2D(rate).seed(5),
                conv2DTranspose(2, 2));
        Tensor middle = add().apply(shared.apply(nested.apply(start)), shared.apply(start));
        Tensor picture = conv2DTranspose(1, 2)
                .strides(2)
                .apply(alphaDropout(rate).noiseShape(-1, 1, -1, -1).apply(middle));
        Tensor numbers = dense(3).activation(Activation.SIGMOID)
                .apply(dropout(rate).apply(flatten().apply(middle)));
        return new Model(List.of(start), List.of(picture, numbers));
    }

    private static Model compiled(double rate, String engine, List<INDArray> weights) {
        Model model = model(rate);
        model.compile(optimizer(new SGD().learningRate(1)), loss("mse"), engine(engine));
        if (weights != null) {
            model.setWeights(weights);
        }
        RandomSeed.set(7);
        return model;
    }

    private static List<INDArray> someWeights() {
        List<INDArray> weights = new ArrayList<>();
        for (INDArray weight : model(0).getWeights()) {
            weights.add(RandomGeometry.values(Shape.of(weight.shape()), 10 + weights.size())
                    .muli(0.5));
        }
        return weights;
    }

    /** The first batch, without any weight, settles the cut: a micro-batch is a quarter of it. */
    @ParameterizedTest
    @MethodSource("transconv.EnginesUnderTest#names")
    void theCutIntoMicroBatchesChangesNothing(String engine) {
        List<INDArray> weights = someWeights();
        double loss = 0;
        List<INDArray> trained = List.of();
        for (int first : new int[] {SAMPLES, 1, 8, 200}) {
            try (Model model = compiled(0.3, engine, weights)) {
                List<INDArray> none = List.of(Nd4j.zeros(first, 10, 8, 1), Nd4j.zeros(first, 3));
                model.trainOnBatch(List.of(Nd4j.zeros(first, 5, 4, 2)), none, sampleWeight(Nd4j.zeros(first)));
                double found = model.trainOnBatch(List.of(x), y).get("loss");
                if (first == SAMPLES) {
                    loss = found;
                    trained = model.getWeights();
                    continue;
                }
                CLOSENESS.require("loss by the cut on " + engine, loss, found, 1e-6);
                for (int i = 0; i < trained.size(); i++) {
                    CLOSENESS.require(
                            "weights by the cut on " + engine,
                            trained.get(i),
                            model.getWeights().get(i),
                            2e-6);
                }
            }
        }
    }

    /** The gradient is that of the loss with the noise held fast, and the step after it has other noise. */
    @Test
    void gradientsAreThoseOfTheSameNoise() {
        List<INDArray> weights = someWeights();
        Model model = compiled(0.3, "reference", weights);
        double loss = model.trainOnBatch(List.of(x), y).get("loss");
        assertEquals(loss, lossOfAStep(weights), "the same seed, the same noise");
        List<INDArray> after = model.getWeights();
        double step = 1.0 / 128;
        List<Double> slopes = new ArrayList<>();
        List<Double> gradients = new ArrayList<>();
        for (int w = 0; w < weights.size(); w++) {
            INDArray weight = weights.get(w);
            for (int i = 0; i < weight.length(); i += 11) {
                gradients.add(weight.getDouble(i) - after.get(w).getDouble(i));
                double kept = weight.getDouble(i);
                weight.putScalar(i, kept + step);
                double above = lossOfAStep(weights);
                weight.putScalar(i, kept - step);
                slopes.add((above - lossOfAStep(weights)) / (2 * step));
                weight.putScalar(i, kept);
            }
        }
        CLOSENESS.require("gradients", Nd4j.create(slopes), Nd4j.create(gradients), 1e-4);
        Model other = compiled(0.3, "reference", weights);
        other.trainOnBatch(List.of(x), y, sampleWeight(Nd4j.zeros(SAMPLES)));
        assertNotEquals(loss, other.trainOnBatch(List.of(x), y).get("loss"), "the next step, the same weights");
    }

    private double lossOfAStep(List<INDArray> weights) {
        try (Model model = compiled(0.3, "reference", weights)) {
            return model.trainOnBatch(List.of(x), y).get("loss");
        }
    }

    /**
     * Steps that the caller makes have the noise of trainOnBatch; gradients that are computed anew have other noise.
     */
    @Test
    void gradientsForTheCallersStepsAreWithNoise() {
        List<INDArray> weights = someWeights();
        List<Loss> losses = List.of(Loss.MEAN_SQUARED_ERROR, Loss.MEAN_SQUARED_ERROR);
        Model trained = compiled(0.3, "nd4j", weights);
        Model stepped = compiled(0.3, "nd4j", weights);
        for (int step = 0; step < 2; step++) {
            RandomSeed.set(7);
            double loss = trained.trainOnBatch(List.of(x), y).get("loss");
            RandomSeed.set(7);
            LossGradients first = stepped.gradients(List.of(x), y, losses);
            assertEquals(loss, first.loss(), 1e-6);
            double again = stepped.gradients(List.of(x), y, losses).loss();
            assertTrue(Math.abs(again - loss) > 1e-4, again + " and " + loss);
            stepped.applyGradients(first.weights());
            assertEquals(trained.getWeights(), stepped.getWeights());
        }
    }

    @Test
    void predictionAndEvaluationAreWithoutNoise() {
        List<INDArray> weights = someWeights();
        Model noisy = compiled(0.5, "nd4j", weights);
        Model plain = compiled(0, "nd4j", weights);
        assertEquals(plain.predict(List.of(x)), noisy.predict(List.of(x)));
        double evaluated = plain.evaluate(List.of(x), y).get("loss");
        assertEquals(evaluated, noisy.evaluate(List.of(x), y).get("loss"));
        assertEquals(evaluated, plain.trainOnBatch(List.of(x), y).get("loss"), 1e-6, "rate 0 trains without noise");
        double trained = noisy.trainOnBatch(List.of(x), y).get("loss");
        assertTrue(Math.abs(trained - evaluated) > 0.01, trained + " and " + evaluated);
        plain.setWeights(noisy.getWeights());
        assertEquals(plain.predict(List.of(x)), noisy.predict(List.of(x)), "after training");
        assertEquals(
                plain.evaluate(List.of(x), y).get("loss"),
                noisy.evaluate(List.of(x), y).get("loss"));
    }

    /** Chance follows from the seed and the number of steps alone, so that a run may stop and go on. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aRunInTwoPartsIsTheRunInOne(boolean shuffled) {
        List<INDArray> weights = someWeights();
        Model whole = compiled(0.2, "nd4j", weights);
        List<Double> losses = whole.fit(List.of(x), y, epochs(3), batchSize(10), shuffle(shuffled), verbose(0))
                .get("loss");
        Model parts = compiled(0.2, "nd4j", weights);
        parts.fit(List.of(x), y, epochs(1), batchSize(10), shuffle(shuffled), verbose(0));
        List<Double> last = parts.fit(
                        List.of(x), y, initialEpoch(1), epochs(3), batchSize(10), shuffle(shuffled), verbose(0))
                .get("loss");
        assertEquals(losses.subList(1, 3), last);
        assertEquals(whole.getWeights(), parts.getWeights());

        Model other = compiled(0.2, "nd4j", weights);
        RandomSeed.set(8);
        assertNotEquals(
                losses,
                other.fit(List.of(x), y, epochs(3), batchSize(10), shuffle(false), verbose(0))
                        .get("loss"));
    }

    /** The inputs are wanted back from what the noise leaves of them: less noise, less loss. */
    @Test
    void aDenoisingModelLearns() {
        RandomSeed.set(3);
        Sequential model = new Sequential(
                input(6), gaussianNoise(0.3), dropout(0.1), dense(24).activation(Activation.RELU), dense(6));
        INDArray clean = RandomGeometry.values(Shape.of(256, 1), 4).mmul(Nd4j.ones(DataType.DOUBLE, 1, 6));
        model.compile(optimizer("adam"), loss("mse"));
        double before = model.evaluate(clean, clean, verbose(0));
        model.fit(clean, clean, epochs(60), batchSize(16), verbose(0));
        double after = model.evaluate(clean, clean, verbose(0));
        assertTrue(after < 0.03 && before > 0.2, before + " to " + after);
    }
}
