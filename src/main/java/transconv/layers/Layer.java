package transconv.layers;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.nd4j.linalg.api.ndarray.INDArray;
import transconv.config.Config;
import transconv.config.Configurable;
import transconv.ops.Graph;
import transconv.ops.Parameter;
import transconv.ops.Value;
import transconv.shape.Shape;

/**
 * A layer: configuration, shapes and weights. It is configured by its setters, built once for the shapes of its inputs,
 * and then lowers itself to ops as often as it is called. Shapes leave the batch axis out. Most layers have one input
 * and one output and override the methods for one; those with several override the methods for lists.
 */
public abstract class Layer implements Configurable {

    private static final AtomicLong LAYERS = new AtomicLong();

    private final long creation = LAYERS.getAndIncrement();
    private final List<Weight> weights = new ArrayList<>();
    private final List<Node> applications = new ArrayList<>();
    private String name;
    private String suggestedName;
    private boolean trainable = true;
    private Regularizer activityRegularizer;
    private WeightValues weightValues;
    private List<Shape> inputShapes;
    private List<Shape> outputShapes;

    /** The layer's class as Keras names it: {@code Conv2DTranspose}. */
    public String type() {
        return getClass().getSimpleName();
    }

    @Override
    public final String className() {
        return type();
    }

    /** The name, its own or that of its model, or null while it has none. */
    public final String name() {
        return name != null ? name : suggestedName;
    }

    /** Whether {@link #name(String)} was called. */
    public final boolean hasOwnName() {
        return name != null;
    }

    /** Keras' base of automatic names: {@code conv2d_transpose}. */
    public String baseName() {
        return type().replaceAll("(.)([A-Z][a-z0-9]+)", "$1_$2")
                .replaceAll("([a-z])([A-Z])", "$1_$2")
                .toLowerCase(Locale.ROOT);
    }

    /** @param name unique within a model, without slashes */
    public Layer name(String name) {
        if (isNameSettled()) {
            requireUnbuilt("name");
        }
        if (name == null || name.isBlank() || name.contains("/")) {
            throw new IllegalArgumentException(
                    "%s: the name '%s' is blank or has a slash; give another or leave it out".formatted(type(), name));
        }
        this.name = name;
        return this;
    }

    /** Whether a name comes too late: a layer's weights carry it. */
    protected boolean isNameSettled() {
        return isBuilt();
    }

    /** For models: how a layer without a name of its own is called in the first model that it came into. */
    public final void suggestName(String name) {
        if (suggestedName == null || !isBuilt()) {
            suggestedName = name;
        }
    }

    /** The name for messages: the layer's, or its base name. */
    public final String label() {
        return name() != null ? name() : baseName();
    }

    /**
     * Whether training changes the weights, from the next {@code compile} on; default true. Batch normalization that is
     * not trainable uses its moving averages, as in Keras.
     */
    public Layer trainable(boolean trainable) {
        this.trainable = trainable;
        return this;
    }

    public final boolean isTrainable() {
        return trainable;
    }

    /** Penalty on the outputs, for the layers that offer it as an argument. */
    final void setActivityRegularizer(Regularizer regularizer) {
        requireUnbuilt("activityRegularizer");
        this.activityRegularizer = regularizer;
    }

    /**
     * Draws the layer into a model: {@code conv2D(8, 3).apply(x)} is Keras' {@code Conv2D(8, 3)(x)}. The first
     * application builds it; further ones share its weights.
     *
     * @throws IllegalArgumentException if the layer cannot take these tensors
     */
    public final Tensor apply(Tensor... inputs) {
        List<Tensor> outputs = applyToAll(inputs);
        if (outputs.size() != 1) {
            throw new IllegalStateException(
                    "%s: it has %d outputs; call applyToAll".formatted(label(), outputs.size()));
        }
        return outputs.get(0);
    }

    /** As {@link #apply}, for layers with several outputs: nested models. */
    public final List<Tensor> applyToAll(Tensor... inputs) {
        List<Tensor> given = List.of(inputs);
        List<Shape> shapes = given.stream().map(Tensor::shape).toList();
        if (!isBuilt()) {
            build(shapes);
        } else if (!shapes.equals(inputShapes())) {
            requireFitting(shapes);
        }
        Node application = new Node(this, given, checkedOutputShapes(shapes));
        applications.add(application);
        return application.outputs();
    }

    /** Where it was applied, the first time first, in whatever models. */
    public final List<Node> applications() {
        return Collections.unmodifiableList(applications);
    }

    /** Grows from layer to layer in the order in which they are made: Keras counts its automatic names in it. */
    public final long creation() {
        return creation;
    }

    /** A trial on a graph of its own: ops refuse weights that were made for other inputs. */
    private void requireFitting(List<Shape> shapes) {
        Graph trial = new Graph();
        try {
            call(shapes.stream().map(shape -> trial.input(shape.prepend(1))).toList(), Pass.inference(trial));
        } catch (IllegalArgumentException cause) {
            throw new IllegalArgumentException(
                    "%s: inputs of shape %s do not fit its weights, which were made for %s (%s); take a layer of its own"
                            .formatted(label(), shapes, inputShapes(), cause.getMessage()),
                    cause);
        }
    }

    /**
     * Makes the weights for the shape of the only input.
     *
     * @throws IllegalArgumentException if the layer cannot take that input
     * @throws IllegalStateException    if the layer is built already
     */
    public final void build(Shape inputShape) {
        build(List.of(inputShape));
    }

    /** Makes the weights for the shapes of the inputs, with the same errors. */
    public final void build(List<Shape> inputShapes) {
        requireUnbuilt("build");
        List<Shape> outputs = checkedOutputShapes(inputShapes);
        try {
            makeWeights(inputShapes);
        } catch (RuntimeException refused) {
            weights.clear();
            throw refused;
        }
        this.inputShapes = List.copyOf(inputShapes);
        this.outputShapes = outputs;
    }

    private List<Shape> checkedOutputShapes(List<Shape> inputShapes) {
        try {
            return List.copyOf(outputShapes(inputShapes));
        } catch (IllegalArgumentException cause) {
            throw new IllegalArgumentException("%s: %s".formatted(label(), cause.getMessage()), cause);
        }
    }

    public boolean isBuilt() {
        return outputShapes != null;
    }

    /** The shape of the first input that it was built for. */
    public final Shape inputShape() {
        return inputShapes().get(0);
    }

    /** The shape of the first output for the inputs that it was built for. */
    public final Shape outputShape() {
        return outputShapes().get(0);
    }

    public List<Shape> inputShapes() {
        requireBuilt();
        return inputShapes;
    }

    public List<Shape> outputShapes() {
        requireBuilt();
        return outputShapes;
    }

    /** The weights in Keras' order, kernel before bias. */
    public List<Weight> weights() {
        return List.copyOf(weights);
    }

    /** The weights' values, in that order. */
    public final List<Parameter> parameters() {
        return weights().stream().map(Weight::parameter).toList();
    }

    /** The weights that training changes. */
    public List<Weight> trainableWeights() {
        return weights.stream().filter(weight -> trainable && weight.learned()).toList();
    }

    /** Number of values of all weights. */
    public final long parameterCount() {
        return parameters().stream()
                .mapToLong(parameter -> parameter.shape().elements())
                .sum();
    }

    /**
     * The output's shape for an input's, without building.
     *
     * @throws IllegalArgumentException if the layer cannot take that input
     */
    public Shape outputShape(Shape inputShape) {
        return outputShapes(List.of(inputShape)).get(0);
    }

    /** The shapes of all outputs for those of all inputs, with the same errors. */
    public List<Shape> outputShapes(List<Shape> inputShapes) {
        return List.of(outputShape(single(inputShapes)));
    }

    /** Makes the weights by {@link #addWeight}; a layer without weights has nothing to do. */
    protected void makeWeights(Shape inputShape) {}

    /** The same for several inputs. */
    protected void makeWeights(List<Shape> inputShapes) {
        makeWeights(inputShapes.get(0));
    }

    /** The output of a built layer in the input's graph; the batch axis comes first. */
    protected Value lower(Value input, Pass pass) {
        return lower(List.of(input), pass).get(0);
    }

    /** The same for several inputs. */
    protected List<Value> lower(List<Value> inputs, Pass pass) {
        return List.of(lower(single(inputs), pass));
    }

    private <E> E single(List<E> inputs) {
        if (inputs.size() != 1) {
            throw new IllegalArgumentException("%d inputs; it takes one".formatted(inputs.size()));
        }
        return inputs.get(0);
    }

    /** The outputs of a built layer, and in the pass what else comes of them. */
    public final List<Value> call(List<Value> inputs, Pass pass) {
        requireBuilt();
        List<Value> outputs = lower(inputs, pass);
        if (activityRegularizer != null) {
            outputs.forEach(output -> pass.penalty(activityRegularizer.ofSamples(output)));
        }
        return outputs;
    }

    /** The output for one input, as in inference. */
    public final Value call(Value input) {
        return call(List.of(input), Pass.inference(input.graph())).get(0);
    }

    /** True if in this pass a sample's output depends on the others of its batch, which then must not be cut. */
    public boolean mixesSamples(Pass pass) {
        return false;
    }

    /** Keras' {@code get_config}: the name and whatever the constructor and the setters take. */
    @Override
    public final Config config() {
        Config config = Config.of(type()).with("name", label()).with("trainable", trainable);
        describe(config);
        if (activityRegularizer != null) {
            config.with("activity_regularizer", activityRegularizer);
        }
        return config;
    }

    /** Adds the layer's own settings to its configuration, those of the constructor included. */
    protected abstract void describe(Config config);

    /** Takes the settings that are not the constructor's from a configuration, as far as they are there. */
    protected void configure(Config config) {}

    final void configureAll(Config config) {
        if (config.has("name")) {
            name(config.text("name"));
        }
        if (config.has("trainable")) {
            trainable(config.truth("trainable"));
        }
        if (config.has("activity_regularizer")) {
            setActivityRegularizer(config.object("activity_regularizer", Regularizers::fromConfig));
        }
        configure(config);
    }

    /** What the weights begin with, instead of what the initializers make. */
    public final void beginWith(WeightValues values) {
        requireUnbuilt("beginWith");
        weightValues = values;
    }

    final Parameter addWeight(String weightName, Shape shape, WeightSettings settings) {
        return addWeight(
                weightName, shape, settings.initializer(), true, settings.regularizer(), settings.constraint());
    }

    /** A weight that no gradient changes: {@link Pass#update} does. */
    protected final Parameter addUnlearnedWeight(String weightName, Shape shape, Initializer initializer) {
        return addWeight(weightName, shape, initializer, false, null, null);
    }

    private Parameter addWeight(
            String weightName,
            Shape shape,
            Initializer initializer,
            boolean learned,
            Regularizer regularizer,
            Constraint constraint) {
        INDArray value = weightValues != null
                ? weightValues.of(weightName, shape)
                : initializer.values(shape, label() + "/" + weightName);
        Parameter parameter = new Parameter(() -> label() + "/" + weightName, value);
        weights.add(new Weight(weightName, parameter, learned, regularizer, constraint));
        return parameter;
    }

    protected final void requireUnbuilt(String what) {
        if (isBuilt()) {
            throw new IllegalStateException(
                    "%s: %s comes too late, the layer is built; configure it before it goes into a model"
                            .formatted(label(), what));
        }
    }

    private void requireBuilt() {
        if (!isBuilt()) {
            throw new IllegalStateException(
                    "%s: not built yet; put it into a model that has an input shape".formatted(label()));
        }
    }

    /** For messages: fails unless the value is at least the least. */
    protected final int atLeast(int least, String argument, int value) {
        requireUnbuilt(argument);
        if (value < least) {
            throw new IllegalArgumentException(
                    "%s: %s=%d must be at least %d".formatted(label(), argument, value, least));
        }
        return value;
    }
}
