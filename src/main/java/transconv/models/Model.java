package transconv.models;

import java.nio.file.Path;
import java.util.List;
import transconv.config.Config;
import transconv.layers.Input;
import transconv.layers.Layer;
import transconv.layers.Pass;
import transconv.layers.Tensor;
import transconv.layers.Weight;
import transconv.ops.Value;
import transconv.shape.Shape;

/**
 * Layers between inputs and outputs that were drawn with {@link Layer#apply}: several inputs and outputs, skip
 * connections, shared layers; and a layer itself, so that models nest. Source: Keras 3, {@code Model}.
 *
 * <pre>{@code
 * Input x = Layers.input(8, 8, 1);
 * System.out.println(new Model(x, Layers.conv2DTranspose(3, 2).strides(2).apply(x)).outputShape()); // (16, 16, 3)
 * }</pre>
 */
public class Model extends TrainableModel implements Summarized {

    private Network network;

    /** A model with one input and one output. */
    public Model(Input input, Tensor output) {
        this(List.of(input), List.of(output));
    }

    /**
     * @throws IllegalArgumentException if an output depends on an input that is not given, or two layers have one name
     */
    public Model(List<Input> inputs, List<Tensor> outputs) {
        network = new Network(inputs, outputs);
        new LayerNames(this).giveAll(network.shownLayers());
    }

    /** For a model whose layers come later. */
    Model() {}

    @Override
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

    /** The layers in Keras' order, the furthest from the outputs first, without the inputs. */
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
        return network().shownLayers();
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
    public boolean mixesSamples(Pass pass) {
        return network().mixesSamples(pass);
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
        return Summary.of(this, isCompiled() ? optimizer().stateCount() : 0);
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

    @Override
    protected void describe(Config config) {
        throw new UnsupportedOperationException("%s: a nested model cannot be written down yet".formatted(label()));
    }

    @Override
    public String toString() {
        return network == null ? label() : summary().toString();
    }
}
