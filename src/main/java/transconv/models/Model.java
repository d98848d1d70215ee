package transconv.models;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import transconv.config.Config;
import transconv.layers.Input;
import transconv.layers.Layer;
import transconv.layers.Node;
import transconv.layers.Pass;
import transconv.layers.Tensor;
import transconv.layers.Weight;
import transconv.layers.WeightValues;
import transconv.models.code.KerasCode;
import transconv.models.code.PyTorchCode;
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
    final Map<String, Weight> namedWeights() {
        return WeightNames.of(this);
    }

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

    /** The inputs that it was drawn with. */
    public List<Input> inputs() {
        return network().inputs();
    }

    /** The tensors that it puts out, from which the layers' applications can be followed back. */
    public List<Tensor> outputs() {
        return network().outputs();
    }

    /** The layers in Keras' order, the furthest from the outputs first, without the inputs. */
    public List<Layer> layers() {
        return network == null ? List.of() : network.layers();
    }

    /** The names of the layers that the outputs come from, in the outputs' order. */
    public List<String> outputNames() {
        return network().outputLayers().stream().map(Layer::label).toList();
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

    /** Where a layer is applied in this model, the first time first; it may have been applied elsewhere too. */
    public List<Node> applications(Layer layer) {
        return network().applications(layer);
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

    /**
     * Saves everything in one file, by custom {@code NAME.tcm}: layers, weights, what {@code compile} was told but the
     * engine, the optimizer's state, seed and number of steps. Training that goes on from it gives the same bits as
     * training that was never stopped. An earlier file of that name stays whole until the new one is on disk. Losses,
     * metrics and schedules of your own are code, of which the file has the names alone: give them to {@link #load}.
     * Nested models are saved without what they were compiled with.
     *
     * @throws IllegalArgumentException      if the name ends in {@code .keras} or {@code .h5}: Keras' files are written
     *     by {@code transconv.interop.keras.KerasFile}
     * @throws UnsupportedOperationException if a layer is code of your own, or an initializer, regularizer or
     *     constraint is
     * @throws UncheckedIOException          if the file cannot be written
     */
    @Override
    public void save(Path file) {
        SavedModel.requireOwnFormat(file, "save(model, file)");
        SavedModel.of(this).write(file);
    }

    /** Saves the weights alone, with the same care and in the same format. */
    @Override
    public void saveWeights(Path file) {
        SavedModel.requireOwnFormat(file, "saveWeights(model, file)");
        SavedModel.weightsOf(this).write(file);
    }

    /**
     * A model from a file that {@link #save} wrote, compiled as it was.
     *
     * <pre>{@code
     * Path file = java.nio.file.Files.createTempFile("dense", ".tcm");
     * new Sequential(Layers.input(3), Layers.dense(2)).save(file);
     * System.out.println(Model.load(file).parameterCount()); // 8
     * }</pre>
     *
     * @param instead what to compile with instead of what was saved, with the optimizer's state as it was: losses,
     *     metrics and schedules of your own, or another engine than {@link transconv.engines.Engines#current}
     * @throws transconv.models.file.ModelFileException if it is no such file, cut off, damaged, of another version, or
     *     was compiled with code of your own that is not given
     * @throws UncheckedIOException                     if it cannot be read
     */
    public static Model load(Path file, CompileOption... instead) {
        return SavedModel.load(file, instead);
    }

    /** As above, but not compiled: to predict, or to be compiled anew. */
    public static Model loadUncompiled(Path file) {
        return SavedModel.load(file, null);
    }

    /**
     * Takes over the weights of a file, of {@link #saveWeights} or {@link #save}; the optimizer keeps its state.
     *
     * @throws transconv.models.file.ModelFileException if it is no such file, cut off or damaged, or has not this
     *     model's weights, by names and shapes; then nothing is changed
     * @throws UncheckedIOException                     if it cannot be read
     */
    public void loadWeights(Path file) {
        List<INDArray> weights = SavedModel.weights(file, this);
        setWeights(weights);
        weights.forEach(INDArray::close);
    }

    /**
     * A model, with new weights, from what {@link #className} and {@link #config} wrote.
     *
     * <pre>{@code
     * Model model = new Sequential(Layers.input(4, 4, 1), Layers.conv2DTranspose(2, 3));
     * System.out.println(Model.fromConfig(model.className(), model.config()).outputShape()); // (6, 6, 2)
     * }</pre>
     *
     * @param className {@code Sequential} or {@code Functional}
     * @throws IllegalArgumentException if a class or a setting is not known or wrong, or connections do not fit
     */
    public static Model fromConfig(String className, Config config) {
        return new ModelReader(null).model(className, config);
    }

    /**
     * As above, with weights from elsewhere.
     *
     * @param weights what they begin with, by names such as {@code encoder/conv2d/kernel}; kept, not copied
     */
    public static Model fromConfig(String className, Config config, WeightValues weights) {
        return new ModelReader(weights::of).model(className, config);
    }

    /**
     * The Python program that builds the same model in Keras 3, compiled as it is; the weights go there in a file.
     *
     * <pre>{@code
     * Model model = new Sequential(Layers.input(4, 4, 1), Layers.conv2DTranspose(2, 3).strides(2).name("up"));
     * System.out.println(model.toKerasCode().contains("layers.Conv2DTranspose(2, 3, strides=2, name=\"up\")")); // true
     * }</pre>
     *
     * @throws UnsupportedOperationException if Keras has no equal of a layer, a loss or another part, naming it and why
     */
    public String toKerasCode() {
        return KerasCode.of(
                DrawnModel.of(this), isCompiled() ? SavedCompilation.write(compilation(), WeightNames.of(this)) : null);
    }

    /**
     * The Python program that builds the same model in PyTorch 2, without a loss and an optimizer. It takes and gives
     * channels last, as here; see {@link PyTorchCode} for the names and shapes of its {@code state_dict}.
     *
     * <pre>{@code
     * Model model = new Sequential(Layers.input(4, 4, 1), Layers.conv2DTranspose(2, 3).strides(2).name("up"));
     * System.out.println(model.toPyTorchCode().contains("self.up = nn.ConvTranspose2d(1, 2, 3, stride=2)")); // true
     * }</pre>
     *
     * @throws UnsupportedOperationException if PyTorch has no equal of a layer, naming it and why
     */
    public String toPyTorchCode() {
        return PyTorchCode.of(DrawnModel.of(this));
    }

    /** {@link #isTrainable} without its layers. */
    final void trainableItself(boolean trainable) {
        super.trainable(trainable);
    }

    @Override
    protected void describe(Config config) {
        config.with("name", LayerNames.of(this));
        ModelDescription.describe(this, config);
    }

    @Override
    public String toString() {
        return network == null ? label() : summary().toString();
    }
}
