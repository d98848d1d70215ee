package transconv.models;

import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import transconv.config.Config;
import transconv.training.Callback;
import transconv.training.TrainedModel;
import transconv.training.TrainingProgress;

/** One call of {@code fit}: epochs of batches, validation, and what callbacks see of it. */
final class Training implements TrainingProgress {

    private final TrainableModel model;
    private final Compilation compilation;
    private final FitSettings settings;
    private final Batches trained;
    private final Batches validated;
    private final List<Callback> callbacks;
    private final Backup backup;
    private final Map<String, Double> logs = new LinkedHashMap<>();
    private int epoch;
    private int step;
    private int stepsSeen;
    private boolean stopped;
    private boolean interrupted;

    /**
     * @param validated for validation, or null
     * @param backup    or null
     */
    Training(
            TrainableModel model,
            Compilation compilation,
            FitSettings settings,
            Batches trained,
            Batches validated,
            List<Callback> callbacks,
            Backup backup) {
        this.model = model;
        this.compilation = compilation;
        this.settings = settings;
        this.trained = trained;
        this.validated = validated;
        this.callbacks = List.copyOf(callbacks);
        this.backup = backup;
    }

    void run() {
        tell(callback -> callback.onTrainBegin(this));
        Network network = model.network();
        try (Programs programs = new Programs(network, compilation, true);
                Programs validation = new Programs(network, compilation, false)) {
            epoch = settings.initialEpoch;
            if (backup != null) {
                epoch = backup.restore(epoch, settings.epochs);
            }
            for (; epoch < settings.epochs && !stopped; epoch++) {
                epoch(programs, validation);
            }
        } finally {
            tellAllOfTheEnd();
        }
        if (backup != null && !interrupted) {
            backup.delete();
        }
    }

    /** Every callback, also after one that failed: files are to be closed, and weights restored. */
    private void tellAllOfTheEnd() {
        RuntimeException first = null;
        for (Callback callback : callbacks) {
            try {
                callback.onTrainEnd(this);
            } catch (RuntimeException failure) {
                first = first == null ? failure : first;
            }
        }
        if (first != null) {
            throw first;
        }
    }

    private void epoch(Programs programs, Programs validation) {
        logs.clear();
        step = 0;
        boolean goesOn = backup != null && backup.isWithinEpoch();
        if (!goesOn) {
            // told before the backup, where a run goes on within an epoch
            tell(callback -> callback.onEpochBegin(this));
        }
        Config begin = model.chance().config();
        Iterator<Rows> batches = trained.epoch(epoch);
        Meter meter = new Meter(compilation);
        if (goesOn) {
            step = backup.goOn(batches, meter);
        }
        while (!stopped && batches.hasNext()) {
            Rows batch = batches.next();
            int samples = batch.rows().length;
            tell(callback -> callback.onTrainBatchBegin(this));
            TrainingProgram program = programs.of(samples);
            double[] losses = program.run(batch, model.chance().noise());
            if (losses == null) {
                stopIfInterrupted();
                return;
            }
            model.step(program.gradients());
            meter.add(losses, samples);
            logs.putAll(meter.logs(""));
            step++;
            tell(callback -> callback.onTrainBatchEnd(this));
            if (stopIfInterrupted()) {
                return;
            }
            if (backup != null) {
                backup.batchEnd(epoch, step, begin, meter);
            }
        }
        stepsSeen = step;
        if (validated != null) {
            Meter validationMeter = measure(validation, compilation, validated.epoch(epoch));
            if (stopIfInterrupted()) {
                return;
            }
            logs.putAll(validationMeter.logs("val_"));
        }
        tell(callback -> callback.onEpochEnd(this));
        if (backup != null) {
            backup.write(epoch + 1, stopped);
        }
    }

    /** Losses and metrics of batches; without meaning if the thread was interrupted. */
    static Meter measure(Programs programs, Compilation compilation, Iterator<Rows> batches) {
        Meter meter = new Meter(compilation);
        while (batches.hasNext()) {
            Rows batch = batches.next();
            int samples = batch.rows().length;
            double[] losses = programs.of(samples).run(batch, null);
            if (losses == null) {
                return meter;
            }
            meter.add(losses, samples);
        }
        return meter;
    }

    /** A half-done batch or validation is dropped: weights and History stay those of the last whole step. */
    private boolean stopIfInterrupted() {
        if (Thread.currentThread().isInterrupted()) {
            interrupted = true;
            stopped = true;
        }
        return interrupted;
    }

    private void tell(Consumer<Callback> event) {
        callbacks.forEach(event);
    }

    @Override
    public int epoch() {
        return epoch;
    }

    @Override
    public int epochs() {
        return settings.epochs;
    }

    @Override
    public int step() {
        return step;
    }

    @Override
    public int steps() {
        return Math.max(trained.steps(), stepsSeen);
    }

    @Override
    public Map<String, Double> logs() {
        return Collections.unmodifiableMap(new LinkedHashMap<>(logs));
    }

    @Override
    public void addToLogs(String name, double value) {
        logs.put(name, value);
    }

    @Override
    public TrainedModel model() {
        return model;
    }

    @Override
    public void stopTraining() {
        stopped = true;
    }

    @Override
    public boolean interrupted() {
        return interrupted;
    }
}
