package transconv.models;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import transconv.engines.Engine;
import transconv.engines.Engines;
import transconv.layers.Layer;
import transconv.layers.Weight;
import transconv.training.Callback;
import transconv.training.FitDisplay;
import transconv.training.History;
import transconv.training.Loss;
import transconv.training.Optimizer;
import transconv.training.TrainedModel;

/**
 * What a {@link Model} does with data: compile, fit, evaluate, predict, single steps. Data has the samples on the first
 * axis: x (samples, input axes...), y and predictions (samples, output axes...). Source: Keras 3, {@code Trainer}.
 */
public abstract class TrainableModel extends Layer implements TrainedModel, AutoCloseable {

    private Chance chance = new Chance();
    private Compilation compilation;
    private PredictionProgram prediction;
    private BatchTraining batchTraining;
    private BatchGradients batchGradients;
    private History history = new History();

    TrainableModel() {}

    /** What the programs are made of; fails while there are no layers. */
    abstract Network network();

    /** All weights by the names that files have for them. */
    abstract Map<String, Weight> namedWeights();

    final Chance chance() {
        return chance;
    }

    /** What {@code compile} was told, or null. */
    final Compilation compilation() {
        return compilation;
    }

    /**
     * Goes on where another model stood.
     *
     * @param compilation or null, if it is not compiled
     */
    final void resume(Compilation compilation, Chance chance) {
        close();
        this.compilation = compilation;
        this.chance = chance;
    }

    final boolean isCompiled() {
        return compilation != null;
    }

    /** What {@code compile} was told, or null before it. */
    public final CompileSettings compileSettings() {
        return compilation == null
                ? null
                : new CompileSettings(
                        compilation.optimizer, compilation.losses, compilation.lossWeights, compilation.wantedMetrics);
    }

    /**
     * Sets optimizer, losses, metrics and engine; the optimizer starts anew. Which layers are trainable is settled
     * here, as in Keras.
     *
     * @throws IllegalArgumentException if optimizer or loss is missing, or there are not as many losses as outputs
     */
    public void compile(CompileOption... options) {
        Compilation compiled = Compilation.of(options);
        compiled.fit(network());
        close();
        compilation = compiled;
    }

    /**
     * Trains. An interrupt of the thread ends it after the micro-batch in hand: the weights are those of the last whole
     * step, the History that of the last whole epoch, and the thread's interrupt flag stays set.
     *
     * @param x       (samples, input axes...), finite
     * @param y       (samples, output axes...), finite; for losses that take classes (samples, output axes but the
     *     last...)
     * @param options batchSize, epochs, initialEpoch, validationSplit, validationData, validationSteps, sampleWeight,
     *     classWeight, stepsPerEpoch, shuffle, verbose, callbacks
     * @return losses and metrics of every epoch; the same as {@link #history}
     * @throws IllegalArgumentException if data or options do not fit
     * @throws IllegalStateException    if the model is not compiled
     */
    public History fit(INDArray x, INDArray y, FitOption... options) {
        return fit(List.of(x), List.of(y), options);
    }

    /** As above, with one array for each input and each output. */
    public History fit(List<INDArray> x, List<INDArray> y, FitOption... options) {
        Compilation.require(compilation, label(), "fit");
        FitSettings settings = FitSettings.of("fit", FitSettings.FIT, options);
        Rows all = Rows.checked("fit", network(), compilation, x, y, settings);
        int count = settings.trainedSamples(all.samples());
        Rows trained = all.of(IntStream.range(0, count).toArray());
        Batches validation = validation(settings);
        if (validation == null && count < all.samples()) {
            validation =
                    Batches.inOrder(all.of(IntStream.range(count, all.samples()).toArray()), settings.batchSize);
        }
        return train(
                settings,
                settings.shuffle
                        ? Batches.shuffled(trained, settings.batchSize, chance)
                        : Batches.inOrder(trained, settings.batchSize),
                validation);
    }

    /**
     * Trains on batches that come one by one, such as pictures that are read or made as they are needed.
     *
     * @param options epochs, initialEpoch, stepsPerEpoch, validationData, validationSteps, classWeight, verbose,
     *     callbacks
     * @throws IllegalArgumentException if a batch or the options do not fit, or an epoch has no batch
     * @throws IllegalStateException    if the model is not compiled
     */
    public History fit(BatchSource source, FitOption... options) {
        Compilation.require(compilation, label(), "fit");
        FitSettings settings = FitSettings.of("fit", FitSettings.FIT_SOURCE, options);
        return train(
                settings,
                Batches.of("fit", source, network(), compilation, settings.classWeight),
                validation(settings));
    }

    private Batches validation(FitSettings settings) {
        if (settings.validationSource != null) {
            return Batches.of("fit: validationData", settings.validationSource, network(), compilation, null);
        }
        if (settings.validationX == null) {
            return null;
        }
        FitSettings plain = FitSettings.of("fit", FitSettings.FIT);
        return Batches.inOrder(
                Rows.checked("fit", network(), compilation, settings.validationX, settings.validationY, plain),
                settings.batchSize);
    }

    private History train(FitSettings settings, Batches trained, Batches validated) {
        history = new History();
        // after the user's callbacks, as in Keras, so that what they add to the logs reaches it
        List<Callback> callbacks = new ArrayList<>(settings.callbacks);
        callbacks.add(history);
        callbacks.add(FitDisplay.create(settings.verbose));
        Batches training = trained.first(settings.stepsPerEpoch);
        Batches validation = validated == null ? null : validated.first(settings.validationSteps);
        Backup backup = Backup.of(this, settings, training, validation, callbacks);
        new Training(this, compilation, settings, training, validation, callbacks, backup).run();
        return history;
    }

    /** The History of the last {@code fit}, also of one that was interrupted; empty before the first. */
    public final History history() {
        return history;
    }

    /**
     * The mean loss over samples.
     *
     * @param options batchSize, sampleWeight, verbose
     * @throws IllegalStateException if the model is not compiled, or the thread was interrupted before the end
     */
    public double evaluate(INDArray x, INDArray y, FitOption... options) {
        return evaluate(List.of(x), List.of(y), options).get("loss");
    }

    /** As above, with one array for each input and each output; the loss and all metrics by their names. */
    public Map<String, Double> evaluate(List<INDArray> x, List<INDArray> y, FitOption... options) {
        Compilation.require(compilation, label(), "evaluate");
        FitSettings settings = FitSettings.of("evaluate", Set.of("batchSize", "sampleWeight", "verbose"), options);
        Rows rows = Rows.checked("evaluate", network(), compilation, x, y, settings);
        return measure(Batches.inOrder(rows, settings.batchSize), "all %d samples".formatted(rows.samples()));
    }

    /** As above, for the batches of a source's first epoch. */
    public Map<String, Double> evaluate(BatchSource source, FitOption... options) {
        Compilation.require(compilation, label(), "evaluate");
        FitSettings.of("evaluate", Set.of("verbose"), options);
        return measure(Batches.of("evaluate", source, network(), compilation, null), "all batches");
    }

    private Map<String, Double> measure(Batches batches, String extent) {
        try (Programs programs = new Programs(network(), compilation, false)) {
            Meter meter = Training.measure(programs, compilation, batches.epoch(0));
            if (Thread.currentThread().isInterrupted()) {
                throw new IllegalStateException(
                        "evaluate: interrupted before %s were done; call it again".formatted(extent));
            }
            return meter.logs("");
        }
    }

    /**
     * The outputs for samples.
     *
     * @param x       (samples, input axes...), finite
     * @param options batchSize, verbose
     * @return (samples, output axes...), a new array
     */
    public INDArray predict(INDArray x, FitOption... options) {
        return predict(List.of(x), options).get(0);
    }

    /** As above, with one array for each input and each output. */
    public List<INDArray> predict(List<INDArray> x, FitOption... options) {
        FitSettings settings = FitSettings.of("predict", Set.of("batchSize", "verbose"), options);
        List<INDArray> samples = Samples.checked("predict", "x", x, network().inputShapes());
        int count = Math.toIntExact(samples.get(0).size(0));
        int wanted = MicroBatch.size(network(), Math.min(settings.batchSize, count));
        if (prediction == null || prediction.micro() != wanted) {
            closePrediction();
            prediction = new PredictionProgram(network(), engine(), wanted);
        }
        return prediction.predict(samples);
    }

    private Engine engine() {
        return compilation == null ? Engines.current() : compilation.engine;
    }

    /**
     * One step of training on one batch.
     *
     * @param options sampleWeight, classWeight
     * @return loss and metrics of this batch, before the step, by their names
     */
    public Map<String, Double> trainOnBatch(INDArray x, INDArray y, FitOption... options) {
        return trainOnBatch(List.of(x), List.of(y), options);
    }

    /** As above, with one array for each input and each output. */
    public Map<String, Double> trainOnBatch(List<INDArray> x, List<INDArray> y, FitOption... options) {
        Compilation.require(compilation, label(), "trainOnBatch");
        FitSettings settings = FitSettings.of("trainOnBatch", Set.of("sampleWeight", "classWeight"), options);
        Rows batch = Rows.checked("trainOnBatch", network(), compilation, x, y, settings);
        if (batchTraining == null) {
            batchTraining = new BatchTraining(this, compilation);
        }
        return batchTraining.step(batch);
    }

    /** Loss and metrics of one batch, by their names. */
    public Map<String, Double> testOnBatch(INDArray x, INDArray y) {
        return evaluate(List.of(x), List.of(y), FitOption.batchSize(Math.toIntExact(x.size(0))));
    }

    /** The outputs for one batch. */
    public INDArray predictOnBatch(INDArray x) {
        return predict(x, FitOption.batchSize(Math.toIntExact(Math.max(1, x.size(0)))));
    }

    /**
     * The gradients of a loss by the trainable weights, in training mode: a custom step is this, whatever you make of
     * the gradients, and {@link #applyGradients}. The model need not be compiled. As in {@code fit}, the penalties of
     * regularizers are in the loss, and BatchNormalization takes note of the batch.
     *
     * <pre>{@code
     * Sequential model = new Sequential(Layers.input(1), Layers.dense(1).kernelInitializer(Initializers.ones()));
     * System.out.println(model.gradients(Nd4j.ones(1, 1), Nd4j.zeros(1, 1), new HuberLoss()).loss()); // 0.5
     * }</pre>
     *
     * @param x       (batch, input axes...), finite
     * @param y       (batch, output axes...), finite
     * @param loss    one of Keras', or {@link Loss#of your own}; programs are kept for the same loss object
     * @param options sampleWeight, classWeight
     */
    public LossGradients gradients(INDArray x, INDArray y, Loss loss, FitOption... options) {
        return gradients(List.of(x), List.of(y), List.of(loss), options);
    }

    /** As above, with one array for each input and each output, and the sum of one loss for each output. */
    public LossGradients gradients(List<INDArray> x, List<INDArray> y, List<Loss> losses, FitOption... options) {
        FitSettings settings = FitSettings.of("gradients", Set.of("sampleWeight", "classWeight"), options);
        if (batchGradients == null || !batchGradients.areOf(network(), losses)) {
            closeGradients();
            batchGradients = new BatchGradients(network(), losses, engine());
        }
        return batchGradients.of(
                Rows.checked("gradients", network(), batchGradients.compilation(), x, y, settings), chance);
    }

    /**
     * One step of the compiled optimizer with these gradients, and what constraints make of the weights.
     *
     * @param gradients of the weights that were trainable when the model was compiled, as {@link #gradients} gives them
     * @throws IllegalArgumentException if their count or a shape is wrong; nothing is changed then
     * @throws IllegalStateException    if the model is not compiled
     */
    public void applyGradients(List<INDArray> gradients) {
        Compilation.require(compilation, label(), "applyGradients");
        ModelWeights.requireShapes(label(), "gradient", compilation.parameters(), gradients);
        step(gradients);
    }

    /** One step of the optimizer, and what constraints make of it. */
    final void step(List<INDArray> gradients) {
        compilation.optimizer.step(compilation.parameters(), gradients);
        compilation.trainable.stream()
                .filter(weight -> weight.constraint() != null)
                .forEach(weight -> {
                    weight.constraint().apply(weight.parameter().value());
                    weight.parameter().changed();
                });
        chance.stepMade();
    }

    /** Copies of all weights, layer by layer, kernel before bias. */
    @Override
    public List<INDArray> getWeights() {
        return ModelWeights.copies(parameters());
    }

    /**
     * Overwrites all weights; nothing is changed if one does not fit.
     *
     * @param weights in the order of {@link #getWeights}, equal shapes
     */
    @Override
    public void setWeights(List<INDArray> weights) {
        ModelWeights.assign(label(), parameters(), weights);
    }

    @Override
    public Optimizer optimizer() {
        Compilation.require(compilation, label(), "optimizer");
        return compilation.optimizer;
    }

    private void closePrediction() {
        if (prediction != null) {
            prediction.close();
            prediction = null;
        }
    }

    private void closeGradients() {
        if (batchGradients != null) {
            batchGradients.close();
            batchGradients = null;
        }
    }

    /** Frees the programs; weights stay, and the next call makes programs anew. */
    @Override
    public void close() {
        closePrediction();
        closeGradients();
        if (batchTraining != null) {
            batchTraining.close();
            batchTraining = null;
        }
    }
}
