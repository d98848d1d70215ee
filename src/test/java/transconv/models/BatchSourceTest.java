package transconv.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static transconv.layers.Layers.conv2DTranspose;
import static transconv.layers.Layers.input;
import static transconv.models.CompileOption.loss;
import static transconv.models.CompileOption.metrics;
import static transconv.models.CompileOption.optimizer;
import static transconv.models.FitOption.batchSize;
import static transconv.models.FitOption.callbacks;
import static transconv.models.FitOption.epochs;
import static transconv.models.FitOption.initialEpoch;
import static transconv.models.FitOption.sampleWeight;
import static transconv.models.FitOption.shuffle;
import static transconv.models.FitOption.stepsPerEpoch;
import static transconv.models.FitOption.validationData;
import static transconv.models.FitOption.validationSteps;
import static transconv.models.FitOption.verbose;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import transconv.layers.RandomSeed;
import transconv.training.Callback;
import transconv.training.History;

/** Training on batches that come one by one: the same as on the arrays that they were cut from. */
class BatchSourceTest {

    private static final INDArray X = Nd4j.linspace(0, 1, 10 * 3 * 2).reshape('c', 10, 3, 2, 1);
    private static final INDArray Y = Nd4j.linspace(1, 0, 10 * 7 * 5 * 2).reshape('c', 10, 7, 5, 2);
    private static final INDArray WEIGHTS = Nd4j.linspace(1, 10, 10).divi(4);

    /** Batches of 4, 4 and 2 samples. */
    private static final BatchSource SOURCE = BatchSource.of(3, BatchSourceTest::batch);

    private static Batch batch(int number) {
        int begin = 4 * number;
        int end = Math.min(begin + 4, 10);
        return Batch.of(rows(X, begin, end), rows(Y, begin, end)).sampleWeight(rows(WEIGHTS, begin, end));
    }

    private static INDArray rows(INDArray all, int begin, int end) {
        return all.get(NDArrayIndex.interval(begin, end));
    }

    private static Sequential model() {
        RandomSeed.set(7);
        Sequential model =
                new Sequential(input(3, 2, 1), conv2DTranspose(2, 3).strides(2));
        model.compile(optimizer("adam"), loss("mse"), metrics("mae"));
        return model;
    }

    @Test
    void isTheSameAsTheArraysThatItWasCutFrom() {
        try (Sequential streamed = model();
                Sequential whole = model()) {
            History ofSource = streamed.fit(SOURCE, epochs(3), verbose(0), validationData(SOURCE));
            History ofArrays =
                    whole.fit(X, Y, batchSize(4), epochs(3), shuffle(false), sampleWeight(WEIGHTS), verbose(0));
            assertEquals(ofArrays.get("loss"), ofSource.get("loss"));
            assertEquals(ofArrays.get("mae"), ofSource.get("mae"));
            assertEquals(whole.getWeights(), streamed.getWeights());
            double weighted = whole.evaluate(List.of(X), List.of(Y), batchSize(4), sampleWeight(WEIGHTS))
                    .get("loss");
            assertEquals(weighted, streamed.evaluate(SOURCE).get("loss"), 1e-9);
            assertEquals(weighted, ofSource.get("val_loss").get(2), 1e-9);
        }
    }

    @Test
    void anEndlessSourceIsCutIntoEpochsByTheirNumbers() {
        List<Integer> asked = new ArrayList<>();
        List<Integer> steps = new ArrayList<>();
        BatchSource endless = epoch -> {
            asked.add(epoch);
            return Stream.iterate(0, number -> (number + 1) % 3)
                    .map(BatchSourceTest::batch)
                    .iterator();
        };
        try (Sequential model = model()) {
            History history = model.fit(
                    endless,
                    epochs(4),
                    initialEpoch(2),
                    stepsPerEpoch(5),
                    validationData(endless),
                    validationSteps(2),
                    verbose(0),
                    callbacks(Callback.onEpochEnd(progress -> steps.add(progress.steps()))));
            assertEquals(2, history.get("val_loss").size());
            assertEquals(List.of(2, 2, 3, 3), asked);
            assertEquals(List.of(5, 5), steps);
        }
    }

    /** Without a number of batches, the first epoch tells it. */
    @Test
    void theStepsOfAnEpochAreLearnedFromTheFirst() {
        List<Integer> steps = new ArrayList<>();
        BatchSource silent = epoch -> Stream.of(batch(0), batch(1)).iterator();
        try (Sequential model = model()) {
            model.fit(
                    silent,
                    epochs(2),
                    verbose(0),
                    callbacks(Callback.onEpochBegin(progress -> steps.add(progress.steps()))));
        }
        assertEquals(List.of(0, 2), steps);
    }

    @Test
    void refusesInTheseWords() {
        try (Sequential model = model()) {
            BatchSource empty = epoch -> Collections.emptyIterator();
            assertEquals(
                    "fit: the source has no batch in epoch 0; give at least one",
                    message(() -> model.fit(empty, verbose(0))));
            Iterator<Batch> wrong =
                    List.of(batch(0), Batch.of(X, Nd4j.ones(10, 2))).iterator();
            assertEquals(
                    "fit: batch 1 of epoch 0: y has shape [10, 2]; the model needs (None, 7, 5, 2), samples on the"
                            + " first axis",
                    message(() -> model.fit(epoch -> wrong, verbose(0))));
            assertEquals(
                    "fit: takes no batchSize; it knows [callbacks, classWeight, epochs, initialEpoch, stepsPerEpoch,"
                            + " validationData, validationSteps, verbose]",
                    message(() -> model.fit(SOURCE, batchSize(2))));
            assertEquals("batch source: batches=0 must be at least 1", message(() -> BatchSource.of(0, null)));
            assertEquals(
                    "fit: stepsPerEpoch=0 must be at least 1; leave it out for all batches",
                    message(() -> stepsPerEpoch(0)));
        }
    }

    private static String message(Runnable call) {
        return assertThrows(IllegalArgumentException.class, call::run).getMessage();
    }
}
