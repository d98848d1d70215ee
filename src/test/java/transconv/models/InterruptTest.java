package transconv.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static transconv.models.CompileOption.engine;
import static transconv.models.CompileOption.loss;
import static transconv.models.CompileOption.optimizer;
import static transconv.models.FitOption.batchSize;
import static transconv.models.FitOption.callbacks;
import static transconv.models.FitOption.epochs;
import static transconv.models.FitOption.validationSplit;
import static transconv.models.FitOption.verbose;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import transconv.ops.RandomGeometry;
import transconv.shape.Shape;
import transconv.training.Callback;
import transconv.training.TrainingProgress;

/** What the kernel's stop button does: another thread interrupts the one that trains. */
class InterruptTest {

    private final Sequential model = Autoencoder.create();
    private final INDArray images =
            RandomGeometry.values(Shape.of(450, 28, 28, 1), 3).muli(0.5).addi(0.5);

    /** Follows a training; opens the latch in the second epoch after its first step. */
    private final class Watch implements Callback {
        private final CountDownLatch inSecondEpoch = new CountDownLatch(1);
        private volatile List<INDArray> afterLastStep;
        private volatile int finishedEpochs;
        private volatile int ends;
        private volatile boolean toldOfInterrupt;

        @Override
        public void onTrainBatchEnd(TrainingProgress progress) {
            afterLastStep = model.getWeights();
            if (progress.epoch() == 1) {
                inSecondEpoch.countDown();
            }
        }

        @Override
        public void onEpochEnd(TrainingProgress progress) {
            finishedEpochs++;
        }

        @Override
        public void onTrainEnd(TrainingProgress progress) {
            ends++;
            toldOfInterrupt = progress.interrupted();
        }
    }

    @Test
    void endsFitWithinASecondAndKeepsWhatIsWhole() throws InterruptedException {
        model.compile(optimizer("adam"), loss("binary_crossentropy"), engine("nd4j"));
        Watch watch = new Watch();
        AtomicBoolean flag = new AtomicBoolean();
        List<INDArray> initial = model.getWeights();
        Thread training = new Thread(() -> {
            model.fit(images, images, batchSize(200), epochs(1000), validationSplit(0.1), verbose(0), callbacks(watch));
            flag.set(Thread.currentThread().isInterrupted());
        });
        training.start();
        assertTrue(watch.inSecondEpoch.await(60, TimeUnit.SECONDS), "training does not get to the second epoch");
        // In the midst of a step, most likely.
        Thread.sleep(30);
        long begin = System.nanoTime();
        training.interrupt();
        training.join(10_000);
        double seconds = (System.nanoTime() - begin) / 1e9;
        assertFalse(training.isAlive(), "fit goes on");
        System.out.printf("interrupt, fit ended after %.2f s%n", seconds);
        assertTrue(seconds < 1, "fit ended after " + seconds + " s");
        assertTrue(flag.get(), "the flag is still set");
        assertEquals(watch.afterLastStep, model.getWeights());
        assertNotEquals(initial, model.getWeights());
        assertEquals(watch.finishedEpochs, model.history().epochs());
        assertTrue(model.history().epochs() >= 1);
        assertEquals(List.of("loss", "val_loss"), model.history().names());
        assertEquals(
                model.history().get("loss").size(),
                model.history().get("val_loss").size());
        assertEquals(1, watch.ends);
        assertTrue(watch.toldOfInterrupt);
    }

    @Test
    void trainsOnAfterAnInterrupt() {
        model.compile(optimizer("adam"), loss("binary_crossentropy"), engine("nd4j"));
        INDArray few = images.get(org.nd4j.linalg.indexing.NDArrayIndex.interval(0, 4));
        Thread.currentThread().interrupt();
        List<INDArray> before = model.getWeights();
        assertEquals(0, model.fit(few, few, verbose(0)).epochs());
        assertEquals(before, model.getWeights());
        assertTrue(Thread.interrupted());
        assertEquals(1, model.fit(few, few, verbose(0)).epochs());
        assertNotEquals(before, model.getWeights());
    }

    /** A number that is no mean over all samples must not be returned. */
    @Test
    void predictAndEvaluateSayThatTheyWereInterrupted() {
        model.compile(optimizer("adam"), loss("binary_crossentropy"), engine("nd4j"));
        Thread.currentThread().interrupt();
        String predict = assertThrows(IllegalStateException.class, () -> model.predict(images))
                .getMessage();
        String evaluate = assertThrows(IllegalStateException.class, () -> model.evaluate(images, images, verbose(0)))
                .getMessage();
        assertTrue(Thread.interrupted());
        assertTrue(predict.contains("predict: interrupted before all 450 samples were done"), predict);
        assertTrue(evaluate.contains("evaluate: interrupted before all 450 samples were done"), evaluate);
    }
}
