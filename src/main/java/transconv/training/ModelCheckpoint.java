package transconv.training;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import org.nd4j.linalg.api.ndarray.INDArray;
import transconv.config.Config;

/**
 * Saves the model, or its weights, while it trains: after each epoch or every so many batches, always or only when a
 * logged value got better. Source: Keras 3, {@code ModelCheckpoint}; the file's format is our own.
 *
 * <pre>{@code
 * ModelCheckpoint checkpoint = new ModelCheckpoint("model-{epoch:02d}-{val_loss:.4f}.tcm").saveBestOnly(true);
 * System.out.println(checkpoint.best()); // OptionalDouble.empty
 * }</pre>
 */
public final class ModelCheckpoint extends MonitorCallback<ModelCheckpoint> {

    private final FileNamePattern filepath;
    private boolean saveBestOnly;
    private boolean saveWeightsOnly;
    private int saveFreq;
    private OptionalDouble best = OptionalDouble.empty();
    private int batches;

    /**
     * A checkpoint after each epoch.
     *
     * @param filepath the file's name; {@code {epoch}} (counted from 1), {@code {batch}} (counted from 1, if it saves
     *     within epochs) and each name in the logs are fields, with Python's formats {@code 02d .4f .2e .1%} behind a
     *     colon if wanted. Folders that do not exist are made
     * @throws IllegalArgumentException if a field is wrongly written
     */
    public ModelCheckpoint(String filepath) {
        this.filepath = new FileNamePattern(name(), filepath);
    }

    /**
     * Whether it saves only when the monitored value is better than ever before in this callback's life; default
     * false.
     */
    public ModelCheckpoint saveBestOnly(boolean saveBestOnly) {
        this.saveBestOnly = saveBestOnly;
        return this;
    }

    /** Whether it saves the weights instead of the whole model with its optimizer; default false. */
    public ModelCheckpoint saveWeightsOnly(boolean saveWeightsOnly) {
        this.saveWeightsOnly = saveWeightsOnly;
        return this;
    }

    /**
     * Saves after this many batches, counted across epochs, instead of after each epoch; at least 1. What is monitored
     * is then the mean since the epoch began, and validation is not among it.
     */
    public ModelCheckpoint saveFreq(int batches) {
        if (batches < 1) {
            throw new IllegalArgumentException(
                    "%s: saveFreq=%d must be at least 1 batch; leave it unset to save after each epoch"
                            .formatted(name(), batches));
        }
        this.saveFreq = batches;
        return this;
    }

    /** The value that the first checkpoint has to better, with {@link #saveBestOnly}; default none. */
    public ModelCheckpoint initialValueThreshold(double threshold) {
        best = OptionalDouble.of(Arguments.finite(name(), "initialValueThreshold", threshold));
        return this;
    }

    /** The best value so far, or the threshold, if there is one. */
    public OptionalDouble best() {
        return best;
    }

    /** Without the file's name: files may be saved elsewhere when training goes on. */
    @Override
    public Config config() {
        return super.config()
                .with("save_best_only", saveBestOnly)
                .with("save_weights_only", saveWeightsOnly)
                .with("save_freq", saveFreq == 0 ? "epoch" : saveFreq);
    }

    @Override
    public Map<String, INDArray> state() {
        return new CallbackState(name())
                .with("best", best)
                .with("batches", batches)
                .arrays();
    }

    @Override
    public void restore(Map<String, INDArray> state) {
        CallbackState written = new CallbackState(name(), state);
        best = written.number("best");
        batches = written.count("batches");
    }

    /** @throws IllegalArgumentException if it saves the best only and the monitored name does not tell its mode */
    @Override
    public void onTrainBegin(TrainingProgress progress) {
        if (saveBestOnly) {
            super.onTrainBegin(progress);
        }
    }

    @Override
    public void onTrainBatchEnd(TrainingProgress progress) {
        if (saveFreq > 0 && ++batches >= saveFreq) {
            batches = 0;
            save(progress, true);
        }
    }

    /**
     * @throws IllegalArgumentException if the monitored value or a field of the file's name is not logged
     * @throws UncheckedIOException     if the file cannot be written
     */
    @Override
    public void onEpochEnd(TrainingProgress progress) {
        if (saveFreq == 0) {
            save(progress, false);
        }
    }

    private void save(TrainingProgress progress, boolean withinEpoch) {
        Map<String, Number> fields = new LinkedHashMap<>(progress.logs());
        fields.put("epoch", progress.epoch() + 1);
        if (withinEpoch) {
            fields.put("batch", progress.step());
        }
        Path file = Path.of(filepath.fill(fields));
        if (!wanted(progress, file)) {
            return;
        }
        prepare(file);
        if (saveWeightsOnly) {
            progress.model().saveWeights(file);
        } else {
            progress.model().save(file);
        }
        say(progress, "Epoch %d: finished saving model to %s".formatted(progress.epoch() + 1, file));
    }

    private boolean wanted(TrainingProgress progress, Path file) {
        String epoch = "Epoch %d: ".formatted(progress.epoch() + 1);
        if (!saveBestOnly) {
            say(progress, epoch + "saving model to " + file);
            return true;
        }
        OptionalDouble current = current(progress);
        if (current.isEmpty()) {
            return false;
        }
        String earlier = best.isPresent() ? PythonNumber.fixed(best.getAsDouble(), 5) : "None";
        if (!improves(current.getAsDouble(), best, 0)) {
            say(progress, "%s%s did not improve from %s".formatted(epoch, monitor(), earlier));
            return false;
        }
        say(
                progress,
                "%s%s improved from %s to %s, saving model to %s"
                        .formatted(epoch, monitor(), earlier, PythonNumber.fixed(current.getAsDouble(), 5), file));
        best = current;
        return true;
    }

    private void prepare(Path file) {
        if (Files.isDirectory(file)) {
            throw new IllegalArgumentException(
                    "%s: filepath=%s is an existing folder; give the name of a file".formatted(name(), file));
        }
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "%s: the folder of filepath=%s cannot be made (%s); choose another one".formatted(name(), file, e),
                    e);
        }
    }
}
