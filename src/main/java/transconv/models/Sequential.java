package transconv.models;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.nd4j.linalg.api.ndarray.INDArray;
import transconv.engines.Engines;
import transconv.layers.Input;
import transconv.layers.Layer;
import transconv.ops.Parameter;
import transconv.shape.Shape;
import transconv.training.Callback;
import transconv.training.FitDisplay;
import transconv.training.History;

/**
 * Layers one after another. Data is channels last with the samples on the first axis: x (samples, input axes...), y and
 * predictions (samples, output axes...). Source: Keras 3, {@code Sequential}.
 *
 * <pre>{@code
 * Sequential model = new Sequential(Layers.input(4, 4, 1), Layers.conv2DTranspose(2, 3).strides(2));
 * System.out.println(model.outputShape()); // (9, 9, 2)
 * }</pre>
 */
public final class Sequential implements Summarized, AutoCloseable {

    private final List<Layer> layers = new ArrayList<>();
    private final Map<String, Integer> namesGiven = new HashMap<>();
    private final Set<String> names = new HashSet<>();
    private String name = "sequential";
    private Shape inputShape;
    private Compilation compilation;
    private PredictionProgram prediction;
    private History history = new History();

    /** @param layers the first one an {@link Input}, so that every shape is known at once */
    public Sequential(Layer... layers) {
        Arrays.stream(layers).forEach(this::add);
    }

    /** Default {@code sequential}. */
    public Sequential name(String name) {
        this.name = name;
        return this;
    }

    public String name() {
        return name;
    }

    /**
     * Adds a layer and makes its weights.
     *
     * @throws IllegalArgumentException if the layer does not fit the output so far, its name is taken, or the first is
     *     no {@link Input}
     * @throws IllegalStateException    if the layer is part of a model already, or this model is compiled
     */
    public Sequential add(Layer layer) {
        if (compilation != null) {
            throw new IllegalStateException("%s: the model is compiled; add all layers before compile".formatted(name));
        }
        if (layer instanceof Input input) {
            if (inputShape != null) {
                throw new IllegalArgumentException(
                        "%s: a second input of shape %s; a Sequential has one, as its first layer"
                                .formatted(name, input.shape()));
            }
            inputShape = input.shape();
            return this;
        }
        if (inputShape == null) {
            throw new IllegalArgumentException("%s: the first layer is %s; start with input(height, width, channels)"
                    .formatted(name, layer.type()));
        }
        Map<String, Integer> givenBefore = Map.copyOf(namesGiven);
        giveName(layer);
        try {
            layer.build(outputShape());
        } catch (RuntimeException refused) {
            // as if it had never been added: the next layer of its kind takes its name
            names.remove(layer.name());
            namesGiven.clear();
            namesGiven.putAll(givenBefore);
            throw refused;
        }
        layers.add(layer);
        return this;
    }

    /** Keras' names: conv2d, conv2d_1, conv2d_2; counted within the model, so that a cell run twice gives the same. */
    private void giveName(Layer layer) {
        if (layer.name() == null) {
            int given = namesGiven.merge(layer.baseName(), 1, Integer::sum);
            layer.name(given == 1 ? layer.baseName() : layer.baseName() + "_" + (given - 1));
        }
        if (!names.add(layer.name())) {
            throw new IllegalArgumentException("%s: there is a layer '%s' already; every layer needs a name of its own"
                    .formatted(name, layer.name()));
        }
    }

    public List<Layer> layers() {
        return List.copyOf(layers);
    }

    /** The shape of one sample. */
    public Shape inputShape() {
        requireInput();
        return inputShape;
    }

    /** The shape of one output. */
    public Shape outputShape() {
        requireInput();
        return layers.isEmpty() ? inputShape : layers.get(layers.size() - 1).outputShape();
    }

    private void requireInput() {
        if (inputShape == null) {
            throw new IllegalStateException(
                    "%s: no input shape yet; start with input(height, width, channels)".formatted(name));
        }
    }

    public long parameterCount() {
        return layers.stream().mapToLong(Layer::parameterCount).sum();
    }

    /** The table of layers; {@code toString} is Keras' text. */
    @Override
    public Summary summary() {
        requireInput();
        List<Summary.Row> rows = layers.stream()
                .map(layer -> new Summary.Row(
                        layer.name(), layer.type(), layer.outputShape().toBatchString(), layer.parameterCount()))
                .toList();
        return new Summary(
                name, rows, parameterCount(), 0, compilation == null ? 0 : compilation.optimizer.stateCount());
    }

    /**
     * Sets optimizer, loss and engine; the optimizer starts anew.
     *
     * @throws IllegalArgumentException if optimizer or loss is missing
     */
    public void compile(CompileOption... options) {
        requireInput();
        Compilation compiled = Compilation.of(options);
        closePrediction();
        compilation = compiled;
    }

    /**
     * Trains. An interrupt of the thread ends it after the micro-batch in hand: the weights are those of the last whole
     * step, the History that of the last whole epoch, and the thread's interrupt flag stays set.
     *
     * @param x       (samples, input axes...), finite
     * @param y       (samples, output axes...), finite
     * @param options batchSize, epochs, validationSplit, shuffle, verbose, callbacks
     * @return losses of every epoch; the same as {@link #history}
     * @throws IllegalArgumentException if data or options do not fit
     * @throws IllegalStateException    if the model is not compiled
     */
    public History fit(INDArray x, INDArray y, FitOption... options) {
        requireCompiled("fit");
        FitSettings settings = FitSettings.of(
                "fit", Set.of("batchSize", "epochs", "validationSplit", "shuffle", "verbose", "callbacks"), options);
        INDArray samples = Samples.checked("fit", "x", x, inputShape);
        INDArray targets = y == x ? samples : Samples.checked("fit", "y", y, outputShape());
        requireEqualCounts("fit", samples, targets);
        history = new History();
        List<Callback> callbacks = new ArrayList<>(List.of(history));
        callbacks.addAll(settings.callbacks);
        callbacks.add(FitDisplay.create(settings.verbose));
        new Training(network(), compilation, settings, samples, targets, callbacks).run();
        parametersChanged();
        return history;
    }

    /** The History of the last {@code fit}, also of one that was interrupted; empty before the first. */
    public History history() {
        return history;
    }

    /**
     * The mean loss over samples.
     *
     * @param options batchSize, verbose
     * @throws IllegalStateException if the model is not compiled, or the thread was interrupted before the end
     */
    public double evaluate(INDArray x, INDArray y, FitOption... options) {
        requireCompiled("evaluate");
        FitSettings settings = FitSettings.of("evaluate", Set.of("batchSize", "verbose"), options);
        INDArray samples = Samples.checked("evaluate", "x", x, inputShape);
        INDArray targets = y == x ? samples : Samples.checked("evaluate", "y", y, outputShape());
        requireEqualCounts("evaluate", samples, targets);
        int count = Math.toIntExact(samples.size(0));
        try (TrainingProgram program =
                new TrainingProgram(network(), compilation, Math.min(settings.batchSize, count), false)) {
            double loss = Training.loss(program, samples, targets, 0, count, settings.batchSize);
            if (Thread.currentThread().isInterrupted()) {
                throw new IllegalStateException(
                        "evaluate: interrupted before all %d samples were done; call it again".formatted(count));
            }
            return loss;
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
        FitSettings settings = FitSettings.of("predict", Set.of("batchSize", "verbose"), options);
        INDArray samples = Samples.checked("predict", "x", x, inputShape());
        int wanted = MicroBatch.size(network(), Math.toIntExact(Math.min(settings.batchSize, samples.size(0))));
        if (prediction == null || prediction.micro() != wanted) {
            closePrediction();
            prediction = new PredictionProgram(
                    network(), compilation == null ? Engines.current() : compilation.engine, wanted);
        }
        return prediction.predict(samples);
    }

    /** Copies of all weights, layer by layer, kernel before bias. */
    public List<INDArray> getWeights() {
        return network().parameters().stream()
                .map(parameter -> parameter.value().dup('c'))
                .toList();
    }

    /**
     * Overwrites all weights; nothing is changed if one does not fit.
     *
     * @param weights in the order of {@link #getWeights}, equal shapes
     */
    public void setWeights(List<INDArray> weights) {
        List<Parameter> parameters = network().parameters();
        if (weights.size() != parameters.size()) {
            throw new IllegalArgumentException(
                    "%s: %d weights given, the model has %d; give them in the order of getWeights"
                            .formatted(name, weights.size(), parameters.size()));
        }
        for (int i = 0; i < weights.size(); i++) {
            if (!Arrays.equals(weights.get(i).shape(), parameters.get(i).value().shape())) {
                throw new IllegalArgumentException("%s: weight %d has shape %s, %s needs %s"
                        .formatted(
                                name,
                                i,
                                Arrays.toString(weights.get(i).shape()),
                                parameters.get(i).name(),
                                parameters.get(i).shape()));
            }
        }
        for (int i = 0; i < weights.size(); i++) {
            parameters.get(i).value().assign(weights.get(i));
        }
        parametersChanged();
    }

    private Network network() {
        return new Network(inputShape(), List.copyOf(layers));
    }

    private void parametersChanged() {
        if (prediction != null) {
            prediction.parametersChanged();
        }
    }

    private void requireCompiled(String call) {
        if (compilation == null) {
            throw new IllegalStateException(
                    "%s: %s before compile; call compile(optimizer(\"adam\"), loss(\"binary_crossentropy\")) first"
                            .formatted(name, call));
        }
    }

    private void requireEqualCounts(String call, INDArray x, INDArray y) {
        if (x.size(0) != y.size(0)) {
            throw new IllegalArgumentException(
                    "%s: x has %d samples, y has %d; both need the same number".formatted(call, x.size(0), y.size(0)));
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
    }

    @Override
    public String toString() {
        return inputShape == null ? name : summary().toString();
    }
}
