package transconv.models;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import transconv.config.Config;
import transconv.engines.Engines;
import transconv.layers.Input;
import transconv.layers.Layer;
import transconv.layers.Pass;
import transconv.layers.Tensor;
import transconv.layers.Weight;
import transconv.ops.Value;
import transconv.shape.Shape;
import transconv.training.Callback;
import transconv.training.FitDisplay;
import transconv.training.History;
import transconv.training.Optimizer;
import transconv.training.TrainedModel;

/**
 * Layers between inputs and outputs that were drawn with {@link Layer#apply}: several inputs and outputs, skip
 * connections, shared layers; and a layer itself, so that models nest. Data has the samples on the first axis: x
 * (samples, input axes...), y and predictions (samples, output axes...). Source: Keras 3, {@code Model}.
 *
 * <pre>{@code
 * Input x = Layers.input(8, 8, 1);
 * System.out.println(new Model(x, Layers.conv2DTranspose(3, 2).strides(2).apply(x)).outputShape()); // (16, 16, 3)
 * }</pre>
 */
public class Model extends Layer implements Summarized, TrainedModel, AutoCloseable {

    private final List<Input> inputs;
    private final Chance chance = new Chance();
    private Network network;
    private Compilation compilation;
    private PredictionProgram prediction;
    private BatchTraining batchTraining;
    private History history = new History();

    /** A model with one input and one output. */
    public Model(Input input, Tensor output) {
        this(List.of(input), List.of(output));
    }

    /**
     * @throws IllegalArgumentException if an output depends on an input that is not given, or two layers have one name
     */
    public Model(List<Input> inputs, List<Tensor> outputs) {
        this.inputs = List.copyOf(inputs);
        network = new Network(inputs, outputs);
        new LayerNames(this).giveAll(network.layers());
    }

    /** For a model whose layers come later. */
    Model() {
        inputs = List.of();
    }

    final Network network() {
        if (network == null) {
            throw new IllegalStateException(
                    "%s: no input shape yet; start with input(height, width, channels)".formatted(label()));
        }
        return network;
    }

    final void network(Network network) {
        this.network = network;
    }

    final Chance chance() {
        return chance;
    }

    @Override
    public String type() {
        return "Functional";
    }

    @Override
    public Model name(String name) {
        super.name(name);
        return this;
    }

    @Override
    protected boolean isNameSettled() {
        return super.name() != null && !hasOwnName();
    }

    /** The layers in the order of computation, without the inputs. */
    public List<Layer> layers() {
        return network == null ? List.of() : network.layers();
    }

    /**
     * A layer by its name.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    public Layer layer(String name) {
        return layers().stream()
                .filter(layer -> layer.label().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("%s: no layer '%s'; there are %s"
                        .formatted(
                                label(),
                                name,
                                layers().stream().map(Layer::label).toList())));
    }

    /** The layers as the summary shows them. */
    List<Layer> shownLayers() {
        List<Layer> shown = new ArrayList<>(inputs);
        shown.addAll(layers());
        return shown;
    }

    /** As in Keras, for all its layers too. */
    @Override
    public Model trainable(boolean trainable) {
        super.trainable(trainable);
        layers().forEach(layer -> layer.trainable(trainable));
        return this;
    }

    @Override
    public boolean isBuilt() {
        return network != null;
    }

    @Override
    public List<Shape> inputShapes() {
        return network().inputShapes();
    }

    @Override
    public List<Shape> outputShapes() {
        return network().outputShapes();
    }

    @Override
    public List<Shape> outputShapes(List<Shape> inputShapes) {
        return network().outputShapes(inputShapes);
    }

    @Override
    protected List<Value> lower(List<Value> values, Pass pass) {
        return network().lower(values, pass);
    }

    @Override
    public boolean mixesSamples() {
        return network().mixesSamples();
    }

    @Override
    public List<Weight> weights() {
        return network == null ? List.of() : network.weights();
    }

    @Override
    public List<Weight> trainableWeights() {
        return network == null ? List.of() : network.trainableWeights();
    }

    /** The table of layers; {@code toString} is Keras' text. */
    @Override
    public Summary summary() {
        network();
        return Summary.of(this, compilation == null ? 0 : compilation.optimizer.stateCount());
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

    final boolean isCompiled() {
        return compilation != null;
    }

    /**
     * Trains. An interrupt of the thread ends it after the micro-batch in hand: the weights are those of the last whole
     * step, the History that of the last whole epoch, and the thread's interrupt flag stays set.
     *
     * @param x       (samples, input axes...), finite
     * @param y       (samples, output axes...), finite
     * @param options batchSize, epochs, initialEpoch, validationSplit, validationData, sampleWeight, classWeight,
     *     shuffle, verbose, callbacks
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
        Rows all = Rows.checked("fit", this, x, y, settings);
        int trained = settings.trainedSamples(all.samples());
        Rows validated = settings.validationX != null
                ? Rows.checked(
                        "fit", this, settings.validationX, settings.validationY, FitSettings.of("fit", FitSettings.FIT))
                : trained < all.samples()
                        ? all.of(IntStream.range(trained, all.samples()).toArray())
                        : null;
        history = new History();
        // after the user's callbacks, as in Keras, so that what they add to the logs reaches it
        List<Callback> callbacks = new ArrayList<>(settings.callbacks);
        callbacks.add(history);
        callbacks.add(FitDisplay.create(settings.verbose));
        Rows rows = all.of(IntStream.range(0, trained).toArray());
        new Training(this, compilation, settings, rows, validated, callbacks).run();
        parametersChanged();
        return history;
    }

    /** One step of the optimizer with the program's gradients, and what constraints make of it. */
    final void step(TrainingProgram program) {
        compilation.optimizer.step(program.parameters(), program.gradients());
        compilation.trainable.stream()
                .filter(weight -> weight.constraint() != null)
                .forEach(weight -> weight.constraint().apply(weight.parameter().value()));
        chance.stepMade();
    }

    /** The History of the last {@code fit}, also of one that was interrupted; empty before the first. */
    public History history() {
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
        Rows rows = Rows.checked("evaluate", this, x, y, settings);
        try (Programs programs = new Programs(network(), compilation, false)) {
            Meter meter = Training.measure(programs, compilation, rows, settings.batchSize);
            if (Thread.currentThread().isInterrupted()) {
                throw new IllegalStateException("evaluate: interrupted before all %d samples were done; call it again"
                        .formatted(rows.samples()));
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
        List<INDArray> samples = Samples.checked("predict", "x", x, inputShapes());
        int count = Math.toIntExact(samples.get(0).size(0));
        int wanted = MicroBatch.size(network(), Math.min(settings.batchSize, count));
        if (prediction == null || prediction.micro() != wanted) {
            closePrediction();
            prediction = new PredictionProgram(
                    network(), compilation == null ? Engines.current() : compilation.engine, wanted);
        }
        return prediction.predict(samples);
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
        Rows batch = Rows.checked("trainOnBatch", this, x, y, settings);
        if (batchTraining == null) {
            batchTraining = new BatchTraining(this, compilation);
        }
        Map<String, Double> logs = batchTraining.step(batch);
        parametersChanged();
        return logs;
    }

    /** Loss and metrics of one batch, by their names. */
    public Map<String, Double> testOnBatch(INDArray x, INDArray y) {
        return evaluate(List.of(x), List.of(y), FitOption.batchSize(Math.toIntExact(x.size(0))));
    }

    /** The outputs for one batch. */
    public INDArray predictOnBatch(INDArray x) {
        return predict(x, FitOption.batchSize(Math.toIntExact(Math.max(1, x.size(0)))));
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
        parametersChanged();
    }

    @Override
    public Optimizer optimizer() {
        Compilation.require(compilation, label(), "optimizer");
        return compilation.optimizer;
    }

    /** @throws UnsupportedOperationException always: whole models are not saved yet */
    @Override
    public void save(Path file) {
        throw new UnsupportedOperationException(
                "%s: save to %s: whole models are not saved yet".formatted(label(), file));
    }

    /** @throws UnsupportedOperationException always: weights are not saved yet */
    @Override
    public void saveWeights(Path file) {
        throw new UnsupportedOperationException("%s: save to %s: weights are not saved yet".formatted(label(), file));
    }

    private void parametersChanged() {
        if (prediction != null) {
            prediction.parametersChanged();
        }
    }

    private void closePrediction() {
        if (prediction != null) {
            prediction.close();
            prediction = null;
        }
    }

    /** Frees the programs; weights stay, and the next call makes programs anew. */
    @Override
    public void close() {
        closePrediction();
        if (batchTraining != null) {
            batchTraining.close();
            batchTraining = null;
        }
    }

    @Override
    protected void describe(Config config) {
        throw new UnsupportedOperationException("%s: a nested model cannot be written down yet".formatted(label()));
    }

    @Override
    public String toString() {
        return network == null ? label() : summary().toString();
    }
}
