package transconv.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static transconv.layers.Layers.batchNormalization;
import static transconv.layers.Layers.dense;
import static transconv.layers.Layers.input;
import static transconv.models.CompileOption.engine;
import static transconv.models.CompileOption.loss;
import static transconv.models.CompileOption.optimizer;
import static transconv.models.FitOption.batchSize;
import static transconv.models.FitOption.shuffle;
import static transconv.models.FitOption.verbose;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import transconv.layers.BatchNormalization;
import transconv.layers.Layer;

/** When batch normalization learns and when it stands still; that all ways of training do the same. */
class BatchNormalizationTrainingTest {

    private static final INDArray X = Nd4j.createFromArray(new float[][] {
        {1, -2, 3, 0.5f, 2}, {0, 4, -1, 2, 2}, {3, 1, 1, -2, 0}, {-1, 0, 2, 1, 5}, {2, 2, -3, 0, 1}, {1, 1, 4, 3, -2}
    });
    private static final INDArray Y =
            Nd4j.createFromArray(new float[][] {{1, 0}, {0, 1}, {2, 1}, {-1, 0}, {1, 1}, {0, 0}});

    private static INDArray average(Model model) {
        return model.parameters().stream()
                .filter(parameter -> parameter.name().equals("norm/moving_mean"))
                .findFirst()
                .orElseThrow()
                .value()
                .dup();
    }

    @ParameterizedTest
    @MethodSource("transconv.EnginesUnderTest#names")
    void fitAndSingleBatchesTakeTheSameSteps(String engineName) {
        try (Model fitted = BatchNormalizationModels.features();
                Model stepped = BatchNormalizationModels.features()) {
            stepped.setWeights(fitted.getWeights());
            for (Model model : List.of(fitted, stepped)) {
                model.compile(optimizer("adam"), loss("mse"), engine(engineName));
            }
            double fittedLoss = fitted.fit(X, Y, batchSize(4), shuffle(false), verbose(0))
                    .get("loss")
                    .get(0);
            double steppedLoss = 0;
            for (int[] part : new int[][] {{0, 4}, {4, 6}}) {
                INDArray x = X.get(NDArrayIndex.interval(part[0], part[1])).dup();
                INDArray y = Y.get(NDArrayIndex.interval(part[0], part[1])).dup();
                steppedLoss += (part[1] - part[0]) * stepped.trainOnBatch(x, y).get("loss") / 6;
            }
            assertEquals(fitted.getWeights(), stepped.getWeights());
            assertEquals(fittedLoss, steppedLoss, 1e-7);
            INDArray before = average(fitted);
            assertEquals(fitted.evaluate(X, Y), stepped.evaluate(X, Y, batchSize(1)), 1e-6);
            assertEquals(before, average(fitted));
        }
    }

    @Test
    void averagesOfTwoBatchesOfTwoSizes() {
        // Means 2 and 6, variances 1 and 0; half of each average stays.
        Model model =
                new Sequential(input(1), batchNormalization().momentum(0.5).name("norm"));
        model.compile(optimizer("sgd"), loss("mse"), engine("reference"));
        model.trainOnBatch(Nd4j.createFromArray(new float[][] {{1}, {3}}), Nd4j.zeros(2, 1));
        model.trainOnBatch(Nd4j.createFromArray(new float[][] {{6}}), Nd4j.zeros(1, 1));
        assertEquals(Nd4j.createFromArray(3.5f), model.getWeights().get(2));
        assertEquals(Nd4j.createFromArray(0.5f), model.getWeights().get(3));
    }

    @Test
    void theSummaryCountsMovingAveragesAsNotTrainable() {
        String summary = BatchNormalizationModels.picture(true).summary().toString();
        // Kernel 48, dense 192 + 2; gamma and beta 8, moving averages 8.
        assertTrue(summary.contains("Trainable params: 250"), summary);
        assertTrue(summary.contains("Non-trainable params: 8"), summary);
        String frozen = BatchNormalizationModels.picture(false).summary().toString();
        assertTrue(frozen.contains("Non-trainable params: 16"), frozen);
    }

    private static Model compiled(BatchNormalization norm) {
        Model model = new Sequential(input(5), dense(4).name("hidden"), norm.name("norm"), dense(2).name("dense"));
        model.compile(optimizer("sgd"), loss("mse"));
        return model;
    }

    /** A discriminator goes on learning after it was frozen for the generator's model. */
    @Test
    void freezingWaitsForTheNextCompile() {
        Model discriminator = compiled(batchNormalization());
        discriminator.trainable(false);
        Model chained = new Sequential(input(5), dense(5).name("generator"), discriminator);
        chained.compile(optimizer("sgd"), loss("mse"));

        INDArray before = average(discriminator);
        chained.trainOnBatch(X, Y);
        assertEquals(before, average(discriminator));
        discriminator.trainOnBatch(X, Y);
        INDArray after = average(discriminator);
        assertNotEquals(before, after);

        discriminator.compile(optimizer("sgd"), loss("mse"));
        discriminator.trainOnBatch(X, Y);
        assertEquals(after, average(discriminator));
    }

    @Test
    void frozenWithinAModelThatTrainsItUsesItsAverages() {
        Layer norm = batchNormalization().name("norm");
        Model inner = new Sequential(input(5), norm);
        Model outer = new Sequential(input(5), inner, dense(2).name("dense"));
        inner.trainable(false);
        outer.compile(optimizer("sgd"), loss("mse"));
        double evaluated = outer.evaluate(X, Y);
        assertEquals(evaluated, outer.trainOnBatch(X, Y).get("loss"), 1e-6);
        assertEquals(Nd4j.zeros(5), norm.parameters().get(2).value());
    }

    /** Micro-batches come back where nothing mixes the samples. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void onlyALayerThatLearnsWantsTheWholeBatch(boolean trainable) {
        BatchNormalization norm = batchNormalization();
        norm.trainable(trainable);
        Model model = compiled(norm);
        Compilation compilation = Compilation.of(optimizer("sgd"), loss("mse"));
        compilation.fit(model.network());
        try (Programs training = new Programs(model.network(), compilation, true);
                Programs evaluation = new Programs(model.network(), compilation, false)) {
            assertEquals(!trainable, training.of(6).takes(2));
            assertEquals(!trainable, training.of(6) == training.of(2));
            assertTrue(training.of(6).takes(6));
            assertTrue(evaluation.of(6) == evaluation.of(2));
        }
    }

    @Test
    void aSharedLayerIsCountedOnce() {
        Model model = BatchNormalizationModels.of("chained");
        assertEquals(4 * 5 + 25 + 12, model.parameterCount());
    }
}
