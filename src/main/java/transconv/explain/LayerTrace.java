package transconv.explain;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import transconv.layers.Input;
import transconv.layers.Layer;
import transconv.layers.Node;
import transconv.layers.Pass;
import transconv.layers.Tensor;
import transconv.models.Model;
import transconv.ops.Graph;
import transconv.ops.Value;

/**
 * A model's layers in order, each with the ops that it becomes, and what each of its outputs depends on.
 *
 * @param layer a layer of the model
 * @param graphs its ops for one sample, application by application
 * @param outputElements of one sample, all applications together
 * @param reach of its last application's first output; null where that depends on no input, or was not followed
 */
record LayerTrace(Layer layer, List<Graph> graphs, long outputElements, Reach reach) {

    /** @throws IllegalArgumentException if the model is too large to follow each element */
    static List<LayerTrace> of(Model model) {
        return of(model, true);
    }

    /** @param isFollowed whether it is asked what outputs depend on */
    static List<LayerTrace> of(Model model, boolean isFollowed) {
        Map<Tensor, Reach> known = new IdentityHashMap<>();
        Map<Layer, LayerTrace> traces = new LinkedHashMap<>();
        List<Node> waiting = new ArrayList<>();
        for (Layer layer : model.layers()) {
            waiting.addAll(model.applications(layer));
        }
        boolean goesOn = true;
        while (goesOn) {
            goesOn = false;
            for (Node node : List.copyOf(waiting)) {
                if (node.inputs().stream().allMatch(tensor -> tensor instanceof Input || known.containsKey(tensor))) {
                    traces.merge(node.layer(), apply(node, known, isFollowed), LayerTrace::and);
                    waiting.remove(node);
                    goesOn = true;
                }
            }
        }
        return model.layers().stream().map(traces::get).toList();
    }

    private LayerTrace and(LayerTrace later) {
        List<Graph> all = new ArrayList<>(graphs);
        all.addAll(later.graphs);
        return new LayerTrace(layer, all, outputElements + later.outputElements, later.reach);
    }

    private static LayerTrace apply(Node node, Map<Tensor, Reach> known, boolean isFollowed) {
        Graph graph = new Graph();
        Map<Value, Reach> reaches = new HashMap<>();
        List<Value> inputs = new ArrayList<>();
        for (Tensor tensor : node.inputs()) {
            Value value = graph.input(tensor.shape().prepend(1));
            inputs.add(value);
            if (isFollowed && tensor instanceof Input && !known.containsKey(tensor)) {
                known.put(tensor, Reach.ofInput(value.shape()));
            }
            reaches.put(value, known.get(tensor));
        }
        List<Value> outputs = node.layer().call(inputs, Pass.inference(graph));
        for (Value value : graph.values()) {
            if (isFollowed && value.op() != null) {
                List<Reach> from = new ArrayList<>();
                value.inputs().forEach(input -> from.add(reaches.get(input)));
                reaches.put(value, ReachRules.of(value.op(), value.shape(), from));
            }
        }
        for (int i = 0; i < outputs.size(); i++) {
            known.put(node.outputs().get(i), reaches.get(outputs.get(i)));
        }
        long elements =
                outputs.stream().mapToLong(output -> output.shape().elements()).sum();
        return new LayerTrace(node.layer(), List.of(graph), elements, reaches.get(outputs.get(0)));
    }
}
