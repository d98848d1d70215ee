package transconv.models;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import transconv.layers.Input;
import transconv.layers.Layer;
import transconv.layers.Node;
import transconv.layers.Pass;
import transconv.layers.Tensor;
import transconv.layers.Weight;
import transconv.ops.Graph;
import transconv.ops.Parameter;
import transconv.ops.Value;
import transconv.shape.Shape;

/** Applications of layers between some inputs and some outputs: what programs are made of. */
final class Network {

    private final List<Input> inputs;
    private final List<Tensor> outputs;
    private final List<Node> nodes = new ArrayList<>();
    private final Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final LayerOrder order;
    private long bytesPerSample;

    /** @throws IllegalArgumentException if an output depends on an input that is not among these */
    Network(List<Input> inputs, List<Tensor> outputs) {
        this.inputs = List.copyOf(inputs);
        this.outputs = List.copyOf(outputs);
        outputs.forEach(this::visit);
        order = new LayerOrder(inputs, outputs);
    }

    /** A node comes after all that it depends on. */
    private void visit(Tensor tensor) {
        if (tensor instanceof Node.Output output) {
            if (seen.add(output.node())) {
                output.node().inputs().forEach(this::visit);
                nodes.add(output.node());
            }
        } else if (inputs.stream().noneMatch(input -> input == tensor)) {
            throw new IllegalArgumentException(
                    "an output depends on an input of shape %s that is not among the model's inputs; add it"
                            .formatted(tensor.shape().toBatchString()));
        }
    }

    List<Input> inputs() {
        return inputs;
    }

    List<Tensor> outputs() {
        return outputs;
    }

    /** The applications of all layers; each comes after all that it depends on. */
    List<Node> nodes() {
        return List.copyOf(nodes);
    }

    /** The applications of a layer in this network, the first time first. */
    List<Node> applications(Layer layer) {
        return layer.applications().stream().filter(seen::contains).toList();
    }

    List<Shape> inputShapes() {
        return inputs.stream().map(Input::shape).toList();
    }

    List<Shape> outputShapes() {
        return outputs.stream().map(Tensor::shape).toList();
    }

    /** Each layer once, in Keras' order, without the inputs. */
    List<Layer> layers() {
        return order.layers().stream()
                .filter(layer -> !(layer instanceof Input))
                .toList();
    }

    /** The same with the inputs, as the summary shows them. */
    List<Layer> shownLayers() {
        return order.layers();
    }

    /** Whether all is one after the other, so that nobody asks what a layer is connected to. */
    boolean isChain() {
        return order.isChain();
    }

    /**
     * Where a layer's inputs come from in this model, application by application: {@code layer[application][output]}.
     */
    List<String> connections(Layer layer) {
        return applications(layer).stream()
                .flatMap(node -> node.inputs().stream())
                .map(Network::source)
                .toList();
    }

    private static String source(Tensor tensor) {
        if (tensor instanceof Node.Output output) {
            Layer layer = output.node().layer();
            return "%s[%d][%d]".formatted(layer.label(), layer.applications().indexOf(output.node()), output.index());
        }
        return ((Input) tensor).label() + "[0][0]";
    }

    /** The layers that the outputs come from; an input that is an output stands for itself. */
    List<Layer> outputLayers() {
        return outputs.stream()
                .map(tensor ->
                        tensor instanceof Node.Output output ? output.node().layer() : (Input) tensor)
                .toList();
    }

    /** Each weight once: a shared layer, or one that nested models share, counts once. */
    List<Weight> weights() {
        return distinct(
                layers().stream().flatMap(layer -> layer.weights().stream()).toList());
    }

    List<Weight> trainableWeights() {
        return distinct(layers().stream()
                .flatMap(layer -> layer.trainableWeights().stream())
                .toList());
    }

    private static List<Weight> distinct(List<Weight> weights) {
        Set<Parameter> known = Collections.newSetFromMap(new IdentityHashMap<>());
        return weights.stream().filter(weight -> known.add(weight.parameter())).toList();
    }

    boolean mixesSamples(Pass pass) {
        return layers().stream().anyMatch(layer -> layer.mixesSamples(pass));
    }

    /** The outputs for inputs (batch, ...). */
    List<Value> lower(List<Value> given, Pass pass) {
        Map<Tensor, Value> values = new HashMap<>();
        for (int i = 0; i < inputs.size(); i++) {
            values.put(inputs.get(i), given.get(i));
        }
        for (Node node : nodes) {
            List<Value> computed =
                    node.layer().call(node.inputs().stream().map(values::get).toList(), pass);
            for (int i = 0; i < computed.size(); i++) {
                values.put(node.outputs().get(i), computed.get(i));
            }
        }
        return outputs.stream().map(values::get).toList();
    }

    /** The shapes of the outputs for other inputs than those that it was drawn with. */
    List<Shape> outputShapes(List<Shape> given) {
        if (given.size() != inputs.size()) {
            throw new IllegalArgumentException("%d inputs; it takes %d".formatted(given.size(), inputs.size()));
        }
        Map<Tensor, Shape> shapes = new HashMap<>();
        for (int i = 0; i < inputs.size(); i++) {
            shapes.put(inputs.get(i), given.get(i));
        }
        for (Node node : nodes) {
            List<Shape> computed = node.layer()
                    .outputShapes(node.inputs().stream().map(shapes::get).toList());
            for (int i = 0; i < computed.size(); i++) {
                shapes.put(node.outputs().get(i), computed.get(i));
            }
        }
        return outputs.stream().map(shapes::get).toList();
    }

    /** Bytes of all values that one sample needs on its way to the outputs, parameters left out. */
    long bytesPerSample() {
        if (bytesPerSample == 0) {
            bytesPerSample = countBytesPerSample();
        }
        return bytesPerSample;
    }

    private long countBytesPerSample() {
        Graph graph = new Graph();
        List<Value> one = inputShapes().stream()
                .map(shape -> graph.input(shape.prepend(1)))
                .toList();
        lower(one, Pass.inference(graph)).forEach(graph::output);
        return graph.needed().stream()
                .filter(value -> value.parameter() == null)
                .mapToLong(value -> (long) value.shape().elements() * Float.BYTES)
                .sum();
    }
}
