package transconv.layers;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import transconv.ops.Graph;
import transconv.ops.Parameter;
import transconv.ops.Value;
import transconv.shape.Shape;

/**
 * One way of data through a model, for training or for inference: what layers ask for beside their inputs, and what
 * they leave behind beside their outputs. Whoever runs the graph feeds the noise, adds the penalties to the loss and
 * carries out the updates.
 */
public final class Pass {

    private final Graph graph;
    private final boolean training;
    /** What is trained, by identity; null to ask each layer. */
    private final Set<Parameter> trained;

    private final Map<Value, Noise> noises = new LinkedHashMap<>();
    private final Map<Parameter, Value> updates = new LinkedHashMap<>();
    private final List<Value> penalties = new ArrayList<>();

    private Pass(Graph graph, boolean training, Set<Parameter> trained) {
        this.graph = graph;
        this.training = training;
        this.trained = trained;
    }

    public static Pass training(Graph graph) {
        return new Pass(graph, true, null);
    }

    /** Training of these weights, whatever has become of {@link Layer#isTrainable} since they were chosen. */
    public static Pass training(Graph graph, List<Weight> trained) {
        Set<Parameter> parameters = Collections.newSetFromMap(new IdentityHashMap<>());
        trained.forEach(weight -> parameters.add(weight.parameter()));
        return new Pass(graph, true, parameters);
    }

    public static Pass inference(Graph graph) {
        return new Pass(graph, false, null);
    }

    /** Whether layers that behave differently in training, such as Dropout, shall do so. */
    public boolean isTraining() {
        return training;
    }

    /** Whether it is training, and the layer is not frozen. */
    public boolean trains(Layer layer) {
        List<Weight> learned = layer.weights().stream().filter(Weight::learned).toList();
        return training
                && (trained == null || learned.isEmpty()
                        ? layer.isTrainable()
                        : learned.stream().anyMatch(weight -> trained.contains(weight.parameter())));
    }

    /**
     * Random numbers, new in each run.
     *
     * @param shape (batch, ...), one row a sample
     */
    public Value noise(Noise noise, Shape shape) {
        Value value = graph.input(shape);
        noises.put(value, noise);
        return value;
    }

    /** The parameter as earlier layers of this pass left it. */
    public Value latest(Parameter parameter) {
        Value updated = updates.get(parameter);
        return updated != null ? updated : graph.parameter(parameter);
    }

    /** After the run, the parameter shall take this value. */
    public void update(Parameter parameter, Value value) {
        updates.put(parameter, value);
    }

    /**
     * Adds to the loss.
     *
     * @param ofSamples what each sample adds, (batch); the loss takes the mean
     */
    public void penalty(Value ofSamples) {
        penalties.add(ofSamples);
    }

    /** What to feed to which input before each run. */
    public Map<Value, Noise> noises() {
        return Collections.unmodifiableMap(noises);
    }

    public Map<Parameter, Value> updates() {
        return Collections.unmodifiableMap(updates);
    }

    public List<Value> penalties() {
        return Collections.unmodifiableList(penalties);
    }
}
