package transconv.models;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import transconv.training.Callback;
import transconv.training.TrainedModel;
import transconv.training.TrainingProgress;

/** One call of {@code fit}: epochs of batches, validation, and what callbacks see of it. */
final class Training implements TrainingProgress {

    private final Model model;
    private final Compilation compilation;
    private final FitSettings settings;
    private final Rows trained;
    private final Rows validated;
    private final List<Callback> callbacks;
    private final Map<String, Double> logs = new LinkedHashMap<>();
    private int epoch;
    private int step;
    private boolean stopped;
    private boolean interrupted;

    /** @param validated the samples of validation, or null */
    Training(
            Model model,
            Compilation compilation,
            FitSettings settings,
            Rows trained,
            Rows validated,
            List<Callback> callbacks) {
        this.model = model;
        this.compilation = compilation;
        this.settings = settings;
        this.trained = trained;
        this.validated = validated;
        this.callbacks = List.copyOf(callbacks);
    }

    void run() {
        tell(callback -> callback.onTrainBegin(this));
        Network network = model.network();
        try (Programs programs = new Programs(network, compilation, true);
                Programs validation = new Programs(network, compilation, false)) {
            for (epoch = settings.initialEpoch; epoch < settings.epochs && !stopped; epoch++) {
                epoch(programs, validation);
            }
        } finally {
            tellAllOfTheEnd();
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
        tell(callback -> callback.onEpochBegin(this));
        int[] order = trained.rows().clone();
        if (settings.shuffle) {
            shuffle(order, new SplittableRandom(model.chance().orderSeed()));
        }
        Meter meter = new Meter(compilation);
        for (int start = 0; start < order.length && !stopped; start += settings.batchSize) {
            int[] rows = Arrays.copyOfRange(order, start, Math.min(start + settings.batchSize, order.length));
            tell(callback -> callback.onTrainBatchBegin(this));
            TrainingProgram program = programs.of(rows.length);
            double[] losses = program.run(trained.of(rows), model.chance().noise());
            if (losses == null) {
                stopIfInterrupted();
                return;
            }
            model.step(program);
            programs.parametersChanged();
            meter.add(losses, rows.length);
            logs.putAll(meter.logs(""));
            step++;
            tell(callback -> callback.onTrainBatchEnd(this));
            if (stopIfInterrupted()) {
                return;
            }
        }
        if (validated != null) {
            validation.parametersChanged();
            Meter validationMeter = measure(validation, compilation, validated, settings.batchSize);
            if (stopIfInterrupted()) {
                return;
            }
            logs.putAll(validationMeter.logs("val_"));
        }
        tell(callback -> callback.onEpochEnd(this));
    }

    /** Losses and metrics of samples; without meaning if the thread was interrupted. */
    static Meter measure(Programs programs, Compilation compilation, Rows samples, int batchSize) {
        Meter meter = new Meter(compilation);
        int[] all = samples.rows();
        for (int start = 0; start < all.length; start += batchSize) {
            int[] rows = Arrays.copyOfRange(all, start, Math.min(start + batchSize, all.length));
            double[] losses = programs.of(rows.length).run(samples.of(rows), null);
            if (losses == null) {
                return meter;
            }
            meter.add(losses, rows.length);
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

    /** Fisher and Yates. */
    private static void shuffle(int[] order, SplittableRandom random) {
        for (int last = order.length - 1; last > 0; last--) {
            int other = random.nextInt(last + 1);
            int kept = order[last];
            order[last] = order[other];
            order[other] = kept;
        }
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
        return (trained.rows().length + settings.batchSize - 1) / settings.batchSize;
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
