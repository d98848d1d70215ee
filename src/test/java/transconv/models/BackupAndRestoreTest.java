package transconv.models;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import transconv.layers.Layers;
import transconv.models.file.ModelFile;
import transconv.models.file.ModelFileException;
import transconv.training.Callback;
import transconv.training.EarlyStopping;
import transconv.training.History;
import transconv.training.SGD;

/** A run that died goes on from its backup, and ends as one that was never stopped. */
class BackupAndRestoreTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"plateau", "schedule", "steps"})
    void aRunKilledTwiceEndsWithTheSameBits(String kind) throws IOException, InterruptedException {
        List<String> wanted = BackedUpRun.bits(kind, folder.resolve("whole"));
        Path dir = folder.resolve("killed");
        kill(dir, kind, 2);
        Map<String, ?> written =
                ModelFile.read(dir.resolve("backup/training.tcm")).settings();
        assertEquals(2, written.get("epoch"));
        assertEquals(kind.equals("steps") ? 2 : 0, written.get("step"));
        kill(dir, kind, 3);
        Files.createFile(dir.resolve("backup/.training.tcm.0badcafe.draft"));

        BackupAndRestore backup = BackedUpRun.backup(kind, dir.resolve("backup").toString());
        assertEquals(wanted, BackedUpRun.bits(kind, dir, backup));
        assertEquals(OptionalInt.of(3), backup.restoredEpoch());
        try (Stream<Path> left = Files.list(dir.resolve("backup"))) {
            assertEquals(List.of(), left.toList());
        }
        assertEquals(names(folder.resolve("whole")), names(dir));
    }

    /** The killed runs must have something to lose, or the test above proves little. */
    @Test
    void whatTheRunsRememberShowsInThem() {
        List<String> plateau = BackedUpRun.bits("plateau", folder.resolve("p"));
        String rates = plateau.stream()
                .filter(line -> line.startsWith("learning_rate"))
                .findFirst()
                .orElseThrow();
        assertEquals(
                3,
                Stream.of(rates.replaceAll(".*\\[|]", "").split(", "))
                        .distinct()
                        .count(),
                rates);
        String losses = BackedUpRun.bits("schedule", folder.resolve("s")).get(0);
        assertTrue(losses.startsWith("loss["), losses);
        int epochs = losses.split(", ").length;
        assertTrue(epochs > 3 && epochs < BackedUpRun.EPOCHS, "stopped early, after " + epochs);
    }

    /** Such as {@code kill -9}, while the third step of an epoch waits. */
    private static void kill(Path dir, String kind, int epoch) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules",
                "jdk.incubator.vector",
                "-cp",
                System.getProperty("java.class.path"),
                BackedUpRun.class.getName(),
                dir.toString(),
                kind,
                Integer.toString(epoch)));
        if (Runtime.version().feature() >= 24) {
            command.addAll(1, List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
        }
        Process run = new ProcessBuilder(command).redirectErrorStream(true).start();
        StringBuilder printed = new StringBuilder();
        try (BufferedReader lines = run.inputReader(StandardCharsets.UTF_8)) {
            String line = lines.readLine();
            while (line != null && !line.equals("waiting")) {
                printed.append(line).append('\n');
                line = lines.readLine();
            }
            run.destroyForcibly();
            assertTrue(run.waitFor(60, TimeUnit.SECONDS));
            assertEquals("waiting", line, printed.toString());
            assertNotEquals(0, run.exitValue());
        }
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    private static Model model(int filters) {
        Model model = new Sequential(Layers.input(4, 3, 1), Layers.conv2DTranspose(filters, 3), Layers.flatten());
        model.compile(CompileOption.optimizer(new SGD()), CompileOption.loss("mse"));
        return model;
    }

    private static final INDArray X = Nd4j.linspace(-1, 1, 120).reshape(10, 4, 3, 1);
    private static final INDArray Y = Nd4j.linspace(-1, 1, 600).reshape(10, 60);

    private BackupAndRestore backup() {
        return new BackupAndRestore(folder.toString());
    }

    private History fit(Model model, INDArray y, int batchSize, FitOption... options) {
        List<FitOption> all = new ArrayList<>(List.of(options));
        all.addAll(0, List.of(FitOption.batchSize(batchSize), FitOption.callbacks(backup())));
        return fit(model, y, all.toArray(FitOption[]::new));
    }

    private static History fit(Model model, INDArray y, FitOption... options) {
        List<FitOption> all = new ArrayList<>(List.of(FitOption.epochs(4), FitOption.verbose(0)));
        all.addAll(List.of(options));
        return model.fit(X, y, all.toArray(FitOption[]::new));
    }

    /** A model whose run failed in its third epoch. */
    private BackupAndRestore failed(Model model) {
        BackupAndRestore backup = backup();
        Callback failure = Callback.onEpochBegin(progress -> {
            if (progress.epoch() == 2) {
                throw new IllegalStateException("power failure");
            }
        });
        assertThrows(
                IllegalStateException.class,
                () -> fit(model, Y, FitOption.batchSize(4), FitOption.callbacks(failure, backup)));
        return backup;
    }

    @Test
    void aFailedRunLeavesItsBackupAndTheSameModelGoesOn() {
        Model model = model(2);
        BackupAndRestore backup = failed(model);
        assertTrue(Files.exists(backup.file()));
        History history = fit(model, Y, FitOption.batchSize(4), FitOption.callbacks(backup));
        assertEquals(OptionalInt.of(2), backup.restoredEpoch());
        assertEquals(4, history.epochs());
        assertFalse(Files.exists(backup.file()));
    }

    @Test
    void anInterruptedRunLeavesItsBackup() {
        BackupAndRestore backup = backup();
        Callback stop = Callback.onEpochBegin(progress -> {
            if (progress.epoch() == 1) {
                Thread.currentThread().interrupt();
            }
        });
        fit(model(2), Y, FitOption.callbacks(stop, backup));
        assertTrue(Thread.interrupted());
        assertTrue(Files.exists(backup.file()));
    }

    /** Killed between the last epoch and the end: nothing is left to train, and callbacks still hear of the end. */
    @Test
    void aRunThatHadEndedIsNotTrainedFurther() {
        for (boolean early : new boolean[] {false, true}) {
            EarlyStopping stopping = new EarlyStopping().monitor("loss").minDelta(early ? 100 : 0);
            Model model = model(2);
            History first = fit(model, Y, FitOption.callbacks(stopping, backup().deleteCheckpoint(false)));
            assertEquals(early ? 2 : 4, first.epochs());
            Model again = model(2);
            List<String> told = new ArrayList<>();
            BackupAndRestore backup = backup();
            History second = fit(
                    again,
                    Y,
                    FitOption.callbacks(
                            new EarlyStopping().monitor("loss").minDelta(early ? 100 : 0),
                            Callback.onEpochBegin(progress -> told.add("epoch")),
                            Callback.onTrainEnd(progress -> told.add("end")),
                            backup));
            assertEquals(List.of("end"), told);
            assertEquals(first.get("loss"), second.get("loss"));
            for (int i = 0; i < 2; i++) {
                assertArrayEquals(
                        model.getWeights().get(i).data().asFloat(),
                        again.getWeights().get(i).data().asFloat());
            }
            assertFalse(Files.exists(backup.file()));
        }
    }

    @Test
    void moreEpochsMayBeAskedForThanBefore() {
        failed(model(2));
        BackupAndRestore backup = backup();
        History history = fit(model(2), Y, FitOption.batchSize(4), FitOption.epochs(6), FitOption.callbacks(backup));
        assertEquals(6, history.epochs());
    }

    @Test
    void anotherRunIsRefused() {
        Path file = failed(model(2)).file();
        Map<String, Runnable> others = Map.of(
                "model.config.layers.1.config.filters is 2 in the backup, 3 here",
                () -> fit(model(3), Nd4j.linspace(0, 1, 900).reshape(10, 90), 4),
                "fit.batch_size is 4 in the backup, 5 here",
                () -> fit(model(2), Y, 5),
                "fit.shuffle is true in the backup, false here",
                () -> fit(model(2), Y, 4, FitOption.shuffle(false)),
                "data.samples is 10 from number 0 in the backup, 5 from number 0 here",
                () -> fit(model(2), Y, 4, FitOption.validationSplit(0.5)),
                "data.y 0 is [10, 60] with checksum ",
                () -> fit(model(2), Y.mul(2), 4),
                "callbacks.0.class_name is missing in the backup, EarlyStopping here",
                () -> fit(model(2), Y, 4, FitOption.callbacks(new EarlyStopping().monitor("loss"), backup())),
                "epoch is 2 in the backup, fit was asked for epochs=1; ask for 2 or more",
                () -> fit(model(2), Y, 4, FitOption.epochs(1)),
                "compile.optimizer.config.learning_rate is 0.01 in the backup, 0.02 here",
                () -> {
                    Model model = model(2);
                    model.compile(CompileOption.optimizer(new SGD().learningRate(0.02)), CompileOption.loss("mse"));
                    fit(model, Y, 4);
                });
        others.forEach((difference, run) -> {
            String message =
                    assertThrows(ModelFileException.class, run::run, difference).getMessage();
            assertTrue(message.startsWith(file + ": "), message);
            assertTrue(message.contains(difference), message);
            assertTrue(message.contains("delete the file to begin anew"), message);
        });
        assertTrue(Files.exists(file));
    }

    @Test
    void aDamagedBackupIsRefusedAndNothingIsChanged() throws IOException {
        Path file = failed(model(2)).file();
        byte[] whole = Files.readAllBytes(file);
        int unnoticed = 0;
        for (int at = 0; at < whole.length; at += 197) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 0x10;
            Files.write(file, damaged);
            Model model = model(2);
            float before = model.getWeights().get(0).getFloat(0);
            try {
                fit(model, Y, 4, FitOption.epochs(2));
                // a byte that decides nothing, such as a date in the zip; the file was deleted as ever
                unnoticed++;
            } catch (ModelFileException refused) {
                assertTrue(refused.getMessage().startsWith(file + ": "), refused.getMessage());
                assertEquals(before, model.getWeights().get(0).getFloat(0));
            }
        }
        assertTrue(unnoticed * 5 < whole.length / 197, unnoticed + " of " + whole.length / 197);
        for (int length : new int[] {0, 10, whole.length / 2, whole.length - 1}) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThrows(ModelFileException.class, () -> fit(model(2), Y, FitOption.callbacks(backup())));
        }
        model(2).save(file);
        String message = assertThrows(ModelFileException.class, () -> fit(model(2), Y, FitOption.callbacks(backup())))
                .getMessage();
        assertEquals(file + ": contents=model must be backup; give another backupDir", message);
    }

    @Test
    void metricsCannotBeKeptWithinAnEpoch() {
        Model model = model(2);
        model.compile(CompileOption.optimizer("sgd"), CompileOption.loss("mse"), CompileOption.metrics("mae"));
        assertEquals(
                "BackupAndRestore: saveFreq=3 beside metrics [mae], whose count within an epoch cannot be kept; "
                        + "leave saveFreq or the metrics out",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> fit(model, Y, FitOption.callbacks(backup().saveFreq(3))))
                        .getMessage());
    }

    @Test
    void argumentsAreChecked() {
        assertEquals(
                "BackupAndRestore: saveFreq=0 must be at least 1 batch; leave it unset to save after each epoch",
                assertThrows(IllegalArgumentException.class, () -> backup().saveFreq(0))
                        .getMessage());
        assertEquals(
                "BackupAndRestore: backupDir= must name a folder; give \"backup/autoencoder\" or the like",
                assertThrows(IllegalArgumentException.class, () -> new BackupAndRestore(""))
                        .getMessage());
        assertEquals(
                "fit: callbacks has 2 BackupAndRestore; give one",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> fit(model(2), Y, FitOption.callbacks(backup(), backup())))
                        .getMessage());
    }
}
