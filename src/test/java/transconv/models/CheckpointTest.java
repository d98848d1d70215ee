package transconv.models;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static transconv.models.CompileOption.loss;
import static transconv.models.CompileOption.optimizer;
import static transconv.models.FitOption.batchSize;
import static transconv.models.FitOption.callbacks;
import static transconv.models.FitOption.epochs;
import static transconv.models.FitOption.initialEpoch;
import static transconv.models.FitOption.validationData;
import static transconv.models.FitOption.verbose;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import transconv.layers.Layers;
import transconv.layers.RandomSeed;
import transconv.ops.Activation;
import transconv.shape.Shape;
import transconv.training.Callback;
import transconv.training.EarlyStopping;
import transconv.training.History;
import transconv.training.ModelCheckpoint;
import transconv.training.SGD;
import transconv.training.TrainingProgress;

/** Checkpoints and early stopping with a model that trains, and validation that gets worse again. */
class CheckpointTest {

    private static final int EPOCHS = 8;

    @TempDir
    Path folder;

    private final INDArray x = SavedModels.samples(List.of(Shape.of(6)), 12, 1).get(0);
    private final INDArray y = SavedModels.samples(List.of(Shape.of(2)), 12, 2).get(0);
    private final INDArray otherX =
            SavedModels.samples(List.of(Shape.of(6)), 12, 3).get(0);
    private final INDArray otherY =
            SavedModels.samples(List.of(Shape.of(2)), 12, 4).get(0);

    private static Model model() {
        RandomSeed.set(4);
        Model model = new Sequential(Layers.input(6), Layers.dense(16).activation(Activation.RELU), Layers.dense(2));
        model.compile(optimizer(new SGD().learningRate(0.5).momentum(0.9)), loss("mse"));
        return model;
    }

    private History fit(Model model, Callback... callbacks) {
        return model.fit(
                x, y, batchSize(4), epochs(EPOCHS), validationData(otherX, otherY), verbose(0), callbacks(callbacks));
    }

    /** Keeps the weights of every epoch. */
    private static final class Diary implements Callback {

        private final List<List<INDArray>> weights = new ArrayList<>();

        @Override
        public void onEpochEnd(TrainingProgress progress) {
            weights.add(progress.model().getWeights());
        }
    }

    private static int best(History history) {
        List<Double> losses = history.get("val_loss");
        int best = 0;
        for (int epoch = 1; epoch < losses.size(); epoch++) {
            best = losses.get(epoch) < losses.get(best) ? epoch : best;
        }
        assertTrue(best > 0 && best < losses.size() - 1, "the best must be within: " + losses);
        return best;
    }

    @Test
    void theBestModelIsInTheFile() {
        Path file = folder.resolve("best.tcm");
        Diary diary = new Diary();
        Model model = model();
        History history = fit(model, diary, new ModelCheckpoint(file.toString()).saveBestOnly(true));
        Model best = Model.load(file);
        assertSame(diary.weights.get(best(history)), best.getWeights());
        assertNotEquals(model.getWeights(), best.getWeights());
        assertEquals(history.get("val_loss").get(best(history)), best.evaluate(otherX, otherY, batchSize(4)));
    }

    @Test
    void weightsAloneOfTheBest() {
        Path file = folder.resolve("weights.tcm");
        Diary diary = new Diary();
        History history = fit(
                model(),
                diary,
                new ModelCheckpoint(file.toString()).saveBestOnly(true).saveWeightsOnly(true));
        Model other = model();
        other.loadWeights(file);
        assertSame(diary.weights.get(best(history)), other.getWeights());
    }

    @Test
    void aFileAnEpochAndTrainingGoesOnFromAny() throws IOException {
        String pattern = folder.resolve("e{epoch:02d}-{val_loss:.4f}.tcm").toString();
        Model model = model();
        History history = fit(model, new ModelCheckpoint(pattern));
        List<String> wanted = new ArrayList<>();
        for (int epoch = 0; epoch < EPOCHS; epoch++) {
            wanted.add(String.format(
                    Locale.ROOT,
                    "e%02d-%.4f.tcm",
                    epoch + 1,
                    history.get("val_loss").get(epoch)));
        }
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(
                    wanted,
                    files.map(file -> file.getFileName().toString()).sorted().toList());
        }
        Model resumed = Model.load(folder.resolve(wanted.get(2)));
        History rest = resumed.fit(
                x, y, batchSize(4), initialEpoch(3), epochs(EPOCHS), validationData(otherX, otherY), verbose(0));
        assertEquals(history.get("val_loss").subList(3, EPOCHS), rest.get("val_loss"));
        assertSame(model.getWeights(), resumed.getWeights());
    }

    @Test
    void checkpointsWithinEpochsGoOnFromTheStep() {
        Path file = folder.resolve("step.tcm");
        fit(model(), new ModelCheckpoint(file.toString()).saveFreq(5));
        // 24 steps: the last file is of step 20
        assertEquals(20L, Model.load(file).chance().config().values().get("steps"));
    }

    @Test
    void earlyStoppingLeavesTheBestWeights() {
        Diary diary = new Diary();
        EarlyStopping stopping =
                new EarlyStopping().monitor("val_loss").patience(1).restoreBestWeights(true);
        Model model = model();
        History history = fit(model, diary, stopping);
        assertTrue(history.epochs() < EPOCHS);
        assertEquals(history.epochs() - 1, stopping.stoppedEpoch());
        assertSame(diary.weights.get(stopping.bestEpoch()), model.getWeights());
        assertEquals(history.get("val_loss").get(stopping.bestEpoch()), model.evaluate(otherX, otherY, batchSize(4)));
        model.save(folder.resolve("stopped.tcm"));
        assertEquals(
                model.predict(otherX), Model.load(folder.resolve("stopped.tcm")).predict(otherX));
    }

    private static void assertSame(List<INDArray> wanted, List<INDArray> got) {
        assertEquals(wanted.size(), got.size());
        for (int i = 0; i < wanted.size(); i++) {
            assertArrayEquals(wanted.get(i).data().asFloat(), got.get(i).data().asFloat());
        }
    }
}
