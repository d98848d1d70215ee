package transconv.models;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import transconv.config.Config;
import transconv.layers.Weight;
import transconv.models.file.ModelFile;
import transconv.models.file.ModelFileException;
import transconv.training.Callback;
import transconv.training.StatefulCallback;

/** The backup of one run of {@code fit}. */
final class Backup {

    private static final String CONTENTS = "backup";
    private static final String OPTIMIZER = "optimizer/";
    private static final String LOSSES = "losses/";
    private static final String MEND = "train as it was, or delete the file to begin anew";

    private final BackupAndRestore wanted;
    private final TrainableModel model;
    private final TrainingIdentity identity;
    private final List<StatefulCallback> callbacks;
    private ModelFile found;
    /** Where a run goes on within an epoch, or null. */
    private Config within;

    private double[] losses;

    private Backup(
            BackupAndRestore wanted,
            TrainableModel model,
            TrainingIdentity identity,
            List<StatefulCallback> callbacks) {
        this.wanted = wanted;
        this.model = model;
        this.identity = identity;
        this.callbacks = callbacks;
    }

    /**
     * The backup that the callbacks ask for, or null.
     *
     * @param callbacks all of the run's
     * @throws ModelFileException if there is a file, and it is damaged or of another run
     */
    static Backup of(
            TrainableModel model, FitSettings settings, Batches trained, Batches validated, List<Callback> callbacks) {
        List<BackupAndRestore> wanted = all(callbacks, BackupAndRestore.class);
        if (wanted.isEmpty()) {
            return null;
        }
        if (wanted.size() > 1) {
            throw new IllegalArgumentException(
                    "fit: callbacks has %d BackupAndRestore; give one".formatted(wanted.size()));
        }
        List<OutputMetric> metrics = model.compilation().metrics;
        if (wanted.get(0).saveFreq() > 0 && !metrics.isEmpty()) {
            throw new IllegalArgumentException(
                    "BackupAndRestore: saveFreq=%d beside metrics %s, whose count within an epoch cannot be kept; leave saveFreq or the metrics out"
                            .formatted(
                                    wanted.get(0).saveFreq(),
                                    metrics.stream().map(OutputMetric::name).toList()));
        }
        List<StatefulCallback> stateful = all(callbacks, StatefulCallback.class);
        TrainingIdentity identity = TrainingIdentity.of(model, settings, trained, validated, stateful);
        Backup backup = new Backup(wanted.get(0), model, identity, stateful);
        backup.read(settings.epochs);
        return backup;
    }

    private static <T> List<T> all(List<Callback> callbacks, Class<T> kind) {
        return callbacks.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private void read(int epochs) {
        wanted.restoredEpoch(OptionalInt.empty());
        deleteDrafts();
        Path file = wanted.file();
        if (!Files.exists(file)) {
            return;
        }
        ModelFile read = ModelFile.read(file);
        if (!read.contents().equals(CONTENTS)) {
            throw new ModelFileException(
                    file, "contents=%s must be %s; give another backupDir".formatted(read.contents(), CONTENTS));
        }
        try {
            Config settings = settings(read);
            settings.requireOnly(Set.of("run", "epoch", "step", "stopped", "chance", "chance_at_epoch_begin"));
            identity.difference(settings.part("run").values()).ifPresent(difference -> {
                throw new IllegalArgumentException(difference + "; " + MEND);
            });
            settings.truth("stopped");
            int begun = settings.integer("epoch") + (settings.integer("step") > 0 ? 1 : 0);
            if (begun > epochs) {
                throw new IllegalArgumentException(
                        "epoch is %d in the backup, fit was asked for epochs=%d; ask for %d or more, or delete the file to begin anew"
                                .formatted(settings.integer("epoch"), epochs, begun));
            }
        } catch (IllegalArgumentException refused) {
            throw new ModelFileException(file, refused.getMessage(), refused);
        }
        found = read;
    }

    private static Config settings(ModelFile file) {
        return Config.of("settings", file.settings());
    }

    /**
     * Brings model, chance and callbacks to where they stood, if there is a backup.
     *
     * @return the epoch to begin with, from 0; as many as there are if the run had ended
     * @throws ModelFileException if the file's arrays do not fit
     */
    int restore(int initialEpoch, int epochs) {
        if (found == null) {
            return initialEpoch;
        }
        Config settings = settings(found);
        try {
            Map<String, Weight> names = model.namedWeights();
            List<INDArray> weights = SavedModel.weights(wanted.file(), found, names, model.label());
            Compilation compilation = model.compilation();
            compilation.optimizer.restore(
                    WeightNames.parameters(names, compilation.trainable), within(found.optimizer(), OPTIMIZER));
            boolean isWithin = settings.integer("step") > 0;
            model.chance().resume(settings.part(isWithin ? "chance_at_epoch_begin" : "chance"));
            if (isWithin) {
                within = settings;
                losses = within(found.optimizer(), LOSSES).get("sums").toDoubleVector();
            }
            for (int i = 0; i < callbacks.size(); i++) {
                callbacks.get(i).restore(within(found.optimizer(), prefix(i)));
            }
            model.setWeights(weights);
        } catch (IllegalArgumentException refused) {
            throw new ModelFileException(wanted.file(), refused.getMessage() + "; " + MEND, refused);
        }
        found = null;
        int epoch = settings.integer("epoch");
        wanted.restoredEpoch(OptionalInt.of(epoch));
        return settings.truth("stopped") ? epochs : epoch;
    }

    /** Whether the epoch that begins now is one that a backup was made in. */
    boolean isWithinEpoch() {
        return within != null;
    }

    /**
     * Leaves out the batches that are done.
     *
     * @return how many
     */
    int goOn(Iterator<Rows> batches, Meter meter) {
        int done = within.integer("step");
        for (int i = 0; i < done; i++) {
            if (!batches.hasNext()) {
                throw new ModelFileException(
                        wanted.file(),
                        "step is %d in the backup, the epoch has %d batches here; %s".formatted(done, i, MEND));
            }
            batches.next();
        }
        meter.restore(losses);
        model.chance().resume(within.part("chance"));
        within = null;
        return done;
    }

    /** @param begin chance as it was when the epoch began */
    void batchEnd(int epoch, int step, Config begin, Meter meter) {
        if (wanted.saveFreq() > 0 && step % wanted.saveFreq() == 0) {
            write(epoch, step, false, begin, Map.of("sums", Nd4j.createFromArray(meter.state())));
        }
    }

    private String prefix(int callback) {
        return "callbacks/%d/".formatted(callback);
    }

    private static Map<String, INDArray> within(Map<String, INDArray> arrays, String prefix) {
        Map<String, INDArray> some = new LinkedHashMap<>();
        arrays.forEach((name, array) -> {
            if (name.startsWith(prefix)) {
                some.put(name.substring(prefix.length()), array);
            }
        });
        return some;
    }

    /**
     * @param epochs  how many are done, from epoch 0
     * @param stopped whether a callback has ended the run with this epoch
     * @throws UncheckedIOException if the file cannot be written
     */
    void write(int epochs, boolean stopped) {
        write(epochs, 0, stopped, model.chance().config(), Map.of());
    }

    private void write(int epochs, int step, boolean stopped, Config begin, Map<String, INDArray> sums) {
        Map<String, Weight> names = model.namedWeights();
        Map<String, INDArray> weights = new LinkedHashMap<>();
        names.forEach((name, weight) -> weights.put(name, weight.parameter().value()));
        Map<String, INDArray> memory = new LinkedHashMap<>();
        Compilation compilation = model.compilation();
        compilation
                .optimizer
                .state(WeightNames.parameters(names, compilation.trainable))
                .forEach((name, array) -> memory.put(OPTIMIZER + name, array));
        for (int i = 0; i < callbacks.size(); i++) {
            String prefix = prefix(i);
            callbacks.get(i).state().forEach((name, array) -> memory.put(prefix + name, array));
        }
        sums.forEach((name, array) -> memory.put(LOSSES + name, array));
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("run", identity.values());
        settings.put("epoch", epochs);
        settings.put("step", step);
        settings.put("stopped", stopped);
        settings.put("chance_at_epoch_begin", begin.values());
        settings.put("chance", model.chance().config().values());
        try {
            Files.createDirectories(wanted.file().toAbsolutePath().getParent());
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "BackupAndRestore: the folder of %s cannot be made (%s); choose another one"
                            .formatted(wanted.file(), e),
                    e);
        }
        new ModelFile(CONTENTS, settings, weights, memory).write(wanted.file());
    }

    /** The run came to its end. */
    void delete() {
        if (!wanted.deleteCheckpoint()) {
            return;
        }
        try {
            Files.deleteIfExists(wanted.file());
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "BackupAndRestore: %s cannot be deleted (%s); delete it, or the next run takes it for its own"
                            .formatted(wanted.file(), e),
                    e);
        }
    }

    /** What a process left that was killed while it wrote. */
    private void deleteDrafts() {
        Path folder = wanted.file().toAbsolutePath().getParent();
        if (!Files.isDirectory(folder)) {
            return;
        }
        List<Path> drafts = new ArrayList<>();
        try (DirectoryStream<Path> found =
                Files.newDirectoryStream(folder, "." + wanted.file().getFileName() + ".*.draft")) {
            found.forEach(drafts::add);
            for (Path draft : drafts) {
                Files.deleteIfExists(draft);
            }
        } catch (IOException inTheWay) {
            // they are never read
        }
    }
}
