package transconv.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What callbacks do beyond Keras, or otherwise than Keras. */
class CallbacksTest {

    @TempDir
    Path folder;

    private final FakeProgress progress = new FakeProgress();

    @Test
    void lambdasRunAtTheirMomentAndAtNoOther() {
        List<String> told = new ArrayList<>();
        List<Callback> callbacks = List.of(
                Callback.onTrainBegin(p -> told.add("train begin")),
                Callback.onEpochBegin(p -> told.add("epoch begin")),
                Callback.onTrainBatchBegin(p -> told.add("batch begin")),
                Callback.onTrainBatchEnd(p -> told.add("batch end")),
                Callback.onEpochEnd(p -> told.add("epoch end " + p.epoch())),
                Callback.onTrainEnd(p -> told.add("train end")));
        callbacks.forEach(callback -> callback.onTrainBegin(progress));
        callbacks.forEach(callback -> callback.onEpochBegin(progress));
        callbacks.forEach(callback -> callback.onTrainBatchBegin(progress));
        callbacks.forEach(callback -> callback.onTrainBatchEnd(progress));
        callbacks.forEach(callback -> callback.onEpochEnd(progress.at(3, 0)));
        callbacks.forEach(callback -> callback.onTrainEnd(progress));
        assertEquals(
                List.of("train begin", "epoch begin", "batch begin", "batch end", "epoch end 3", "train end"), told);
    }

    @Test
    void aLambdaThatIsNullIsRefused() {
        assertEquals(
                "Callback.onEpochEnd: action is null; give progress -> ...",
                assertThrows(NullPointerException.class, () -> Callback.onEpochEnd((Consumer<TrainingProgress>) null))
                        .getMessage());
    }

    @Test
    void saysWhereItStoppedAndWhatWasBest() {
        EarlyStopping stopping = new EarlyStopping().patience(2);
        stopping.onTrainBegin(progress);
        double[] losses = {1, 0.5, 0.75, 0.625};
        for (int epoch = 0; epoch < losses.length; epoch++) {
            assertFalse(progress.stopped);
            stopping.onEpochEnd(progress.at(epoch, 0).log("val_loss", losses[epoch]));
        }
        assertTrue(progress.stopped);
        assertEquals(OptionalDouble.of(0.5), stopping.best());
        assertEquals(1, stopping.bestEpoch());
        assertEquals(3, stopping.stoppedEpoch());
    }

    @Test
    void aRunThatIsInterruptedHasItsBestWeightsAndPrintsNothing() {
        EarlyStopping stopping =
                new EarlyStopping().patience(9).restoreBestWeights(true).verbose(1);
        stopping.onTrainBegin(progress);
        progress.model.weight(0);
        stopping.onEpochEnd(progress.at(0, 0).log("val_loss", 1));
        progress.model.weight(1);
        stopping.onEpochEnd(progress.at(1, 0).log("val_loss", 2));
        progress.interrupted = true;
        assertEquals("", printed(() -> stopping.onTrainEnd(progress)));
        assertEquals(0, progress.model.weight());
    }

    @Test
    void aRunThatEndsBeforeItsFirstEpochKeepsItsWeights() {
        EarlyStopping stopping = new EarlyStopping().restoreBestWeights(true);
        stopping.onTrainBegin(progress);
        progress.model.weight(5);
        stopping.onTrainEnd(progress);
        assertEquals(5, progress.model.weight());
    }

    @Test
    void aLogThatWasThereMayStayAwayLater() {
        EarlyStopping stopping = new EarlyStopping().patience(1);
        stopping.onTrainBegin(progress);
        stopping.onEpochEnd(progress.at(0, 0).log("val_loss", 1));
        progress.logs.clear();
        stopping.onEpochEnd(progress.at(1, 0).log("loss", 1));
        assertFalse(progress.stopped);
    }

    @Test
    void whatIsMissingInTheNextRunIsMissed() {
        EarlyStopping stopping = new EarlyStopping();
        stopping.onTrainBegin(progress);
        stopping.onEpochEnd(progress.log("val_loss", 1));
        progress.logs.clear();
        stopping.onTrainBegin(progress.log("loss", 1));
        assertEquals(
                "EarlyStopping: monitor=val_loss is not among the logs [loss]; let fit validate, or monitor one of"
                        + " these",
                assertThrows(IllegalArgumentException.class, () -> stopping.onEpochEnd(progress))
                        .getMessage());
    }

    @Test
    void theBestWithinEpochsIsTheRunningMeans() {
        ModelCheckpoint checkpoint =
                new ModelCheckpoint("m-{batch}").saveFreq(1).monitor("loss").saveBestOnly(true);
        checkpoint.onTrainBegin(progress);
        double[] losses = {1, 2, 0.5, 0.75};
        for (int batch = 0; batch < losses.length; batch++) {
            checkpoint.onTrainBatchEnd(progress.at(0, batch + 1).log("loss", losses[batch]));
        }
        assertEquals(List.of("model m-1", "model m-3"), progress.model.saved);
        assertEquals(OptionalDouble.of(0.5), checkpoint.best());
    }

    @Test
    void theBestValidationWithinEpochsIsRefused() {
        ModelCheckpoint checkpoint = new ModelCheckpoint("m").saveFreq(1).saveBestOnly(true);
        checkpoint.onTrainBegin(progress.log("loss", 1));
        assertEquals(
                "ModelCheckpoint: monitor=val_loss is not among the logs [loss]; let fit validate, or monitor one of"
                        + " these",
                assertThrows(IllegalArgumentException.class, () -> checkpoint.onTrainBatchEnd(progress))
                        .getMessage());
        assertEquals(List.of(), progress.model.saved);
    }

    @Test
    void aCheckpointsFolderIsMade() {
        Path file = folder.resolve("a folder/ß/m-01.tcm");
        ModelCheckpoint checkpoint = new ModelCheckpoint(folder + "/a folder/ß/m-{epoch:02d}.tcm");
        checkpoint.onTrainBegin(progress);
        checkpoint.onEpochEnd(progress.log("loss", 1));
        assertTrue(Files.isDirectory(file.getParent()));
        assertEquals(List.of("model " + file), progress.model.saved);
    }

    @Test
    void aCheckpointsFolderThatIsAFileIsTold() throws IOException {
        Path file = Files.writeString(folder.resolve("taken"), "");
        ModelCheckpoint checkpoint = new ModelCheckpoint(file + "/m.tcm");
        String message = assertThrows(UncheckedIOException.class, () -> checkpoint.onEpochEnd(progress.log("loss", 1)))
                .getMessage();
        assertTrue(message.startsWith("ModelCheckpoint: the folder of filepath="), message);
        assertTrue(message.endsWith("; choose another one"), message);
    }

    @Test
    void aRateThatIsNoneIsRefused() {
        LearningRateScheduler scheduler = new LearningRateScheduler((epoch, rate) -> epoch < 1 ? rate : -rate);
        scheduler.onTrainBegin(progress);
        scheduler.onEpochBegin(progress.at(0, 0));
        assertEquals(
                "LearningRateScheduler: the schedule gives rate=-1.0 for epoch 1, it must be a finite number at least"
                        + " 0; change the schedule",
                assertThrows(IllegalArgumentException.class, () -> scheduler.onEpochBegin(progress.at(1, 0)))
                        .getMessage());
        assertEquals(1, progress.model.optimizer.learningRate());
    }

    @Test
    void aNaNMayFailTheRun() {
        TerminateOnNaN guard = new TerminateOnNaN().raiseError(true);
        guard.onTrainBatchEnd(progress.at(2, 6).log("loss", 1));
        assertEquals(
                "TerminateOnNaN: loss=NaN after batch 6 of epoch 2 must be finite; lower the learning rate, clip"
                        + " gradients, or look for NaN in the data",
                assertThrows(
                                IllegalStateException.class,
                                () -> guard.onTrainBatchEnd(progress.at(2, 7).log("loss", Double.NaN)))
                        .getMessage());
        assertFalse(progress.stopped);
    }

    @Test
    void rowsAreNotAddedUnderOtherColumns() throws IOException {
        Path file = Files.writeString(folder.resolve("log.csv"), "epoch,accuracy,loss\r\n0,0.5,1.0\r\n");
        CSVLogger logger = new CSVLogger(file.toString()).append(true);
        logger.onTrainBegin(progress);
        assertEquals(
                "CSVLogger: " + file + " has the columns epoch,accuracy,loss, this run has epoch,loss,val_loss; write"
                        + " to another file, or leave append unset",
                assertThrows(IllegalStateException.class, () -> logger.onEpochEnd(progress.log("loss", 1)))
                        .getMessage());
        assertEquals("epoch,accuracy,loss\r\n0,0.5,1.0\r\n", Files.readString(file));
    }

    @Test
    void aRowThatWasCutOffEndsBeforeTheNext() throws IOException {
        Path file = Files.writeString(folder.resolve("log.csv"), "epoch,loss,val_loss\r\n0,1.0,NA\r\n1,0.");
        CSVLogger logger = new CSVLogger(file.toString()).append(true);
        logger.onTrainBegin(progress);
        logger.onEpochEnd(progress.at(2, 0).log("loss", 0.25));
        assertEquals("epoch,loss,val_loss\r\n0,1.0,NA\r\n1,0.\r\n2,0.25,NA\r\n", Files.readString(file));
    }

    @Test
    void aRowStandsInTheFileAsSoonAsItsEpochEnds() throws IOException {
        CSVLogger logger = new CSVLogger(folder.resolve("new folder/log.csv").toString());
        logger.onTrainBegin(progress);
        logger.onEpochEnd(progress.log("loss", 0.5));
        // No onTrainEnd: the run may have died.
        assertEquals("epoch,loss,val_loss\r\n0,0.5,NA\r\n", Files.readString(logger.file()));
        Files.delete(logger.file());
    }

    @Test
    void aFileThatCannotBeWrittenIsToldBeforeTraining() {
        CSVLogger logger = new CSVLogger(folder.toString()).append(true);
        String message = assertThrows(UncheckedIOException.class, () -> logger.onTrainBegin(progress))
                .getMessage();
        assertTrue(message.startsWith("CSVLogger: " + folder + " cannot be written ("), message);
        assertTrue(message.endsWith("; choose another file"), message);
    }

    private static String printed(Runnable action) {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream console = System.out;
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            action.run();
        } finally {
            System.setOut(console);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }
}
