package transconv.models;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import transconv.layers.RandomSeed;
import transconv.training.Callback;
import transconv.training.TrainedModel;
import transconv.training.TrainingProgress;

/** One call of {@code fit}: epochs of batches, validation, and what callbacks see of it. */
final class Training implements TrainingProgress {

    private final Network network;
    private final Compilation compilation;
    private final FitSettings settings;
    private final INDArray x;
    private final INDArray y;
    private final int trainingSamples;
    private final int samples;
    private final List<Callback> callbacks;
    private final Map<String, Double> logs = new LinkedHashMap<>();
    private int epoch;
    private int step;
    private boolean stopped;
    private boolean interrupted;

    /** @param x checked samples; the last of them are the validation split */
    Training(
            Network network,
            Compilation compilation,
            FitSettings settings,
            INDArray x,
            INDArray y,
            List<Callback> callbacks) {
        this.network = network;
        this.compilation = compilation;
        this.settings = settings;
        this.x = x;
        this.y = y;
        this.callbacks = List.copyOf(callbacks);
        samples = Math.toIntExact(x.size(0));
        trainingSamples = (int) Math.floor(samples * (1 - settings.validationSplit));
        if (trainingSamples == 0 || settings.validationSplit > 0 && trainingSamples == samples) {
            throw new IllegalArgumentException(
                    "fit: validationSplit=%s leaves %d of %d samples for training and %d for validation; both need at least 1"
                            .formatted(settings.validationSplit, trainingSamples, samples, samples - trainingSamples));
        }
    }

    void run() {
        SplittableRandom random = new SplittableRandom(RandomSeed.next());
        tell(callback -> callback.onTrainBegin(this));
        try (TrainingProgram program =
                        new TrainingProgram(network, compilation, Math.min(settings.batchSize, trainingSamples), true);
                TrainingProgram validation = samples > trainingSamples
                        ? new TrainingProgram(
                                network, compilation, Math.min(settings.batchSize, samples - trainingSamples), false)
                        : null) {
            for (epoch = 0; epoch < settings.epochs && !stopped; epoch++) {
                epoch(program, validation, random);
            }
        } finally {
            tell(callback -> callback.onTrainEnd(this));
        }
    }

    private void epoch(TrainingProgram program, TrainingProgram validation, SplittableRandom random) {
        logs.clear();
        step = 0;
        tell(callback -> callback.onEpochBegin(this));
        int[] order = IntStream.range(0, trainingSamples).toArray();
        if (settings.shuffle) {
            shuffle(order, random);
        }
        Mean loss = new Mean();
        for (int start = 0; start < trainingSamples && !stopped; start += settings.batchSize) {
            int[] rows = Arrays.copyOfRange(order, start, Math.min(start + settings.batchSize, trainingSamples));
            tell(callback -> callback.onTrainBatchBegin(this));
            double batchLoss = program.run(x, y, rows);
            if (stopIfInterrupted()) {
                return;
            }
            compilation.optimizer.step(network.parameters(), program.gradients());
            program.parametersChanged();
            loss.add(batchLoss, rows.length);
            logs.put("loss", loss.value());
            step++;
            tell(callback -> callback.onTrainBatchEnd(this));
        }
        if (validation != null) {
            validation.parametersChanged();
            double validationLoss = loss(validation, x, y, trainingSamples, samples, settings.batchSize);
            if (stopIfInterrupted()) {
                return;
            }
            logs.put("val_loss", validationLoss);
        }
        tell(callback -> callback.onEpochEnd(this));
    }

    /**
     * The mean loss of the samples from {@code begin} to {@code end}; without meaning if the thread was interrupted.
     */
    static double loss(TrainingProgram program, INDArray x, INDArray y, int begin, int end, int batchSize) {
        Mean loss = new Mean();
        for (int start = begin; start < end && !Thread.currentThread().isInterrupted(); start += batchSize) {
            int[] rows =
                    IntStream.range(start, Math.min(start + batchSize, end)).toArray();
            loss.add(program.run(x, y, rows), rows.length);
        }
        return loss.value();
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
        new ArrayList<>(callbacks).forEach(event);
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
        return (trainingSamples + settings.batchSize - 1) / settings.batchSize;
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
        throw new UnsupportedOperationException("fit: callbacks cannot use the model yet");
    }

    @Override
    public void stopTraining() {
        stopped = true;
    }

    @Override
    public boolean interrupted() {
        return interrupted;
    }

    /** A running mean weighted by samples, as Keras logs losses. */
    private static final class Mean {
        private double sum;
        private long count;

        void add(double value, int samples) {
            sum += value * samples;
            count += samples;
        }

        double value() {
            return sum / count;
        }
    }
}
