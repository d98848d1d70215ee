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
 * @param graph its ops for one sample
 * @param reach of its last application's first output; null where that depends on no input
 */
record LayerTrace(Layer layer, Graph graph, Reach reach) {

    /** @throws IllegalArgumentException if the model is too large to follow each element */
    static List<LayerTrace> of(Model model) {
        Map<Tensor, Reach> known = new IdentityHashMap<>();
        Map<Layer, LayerTrace> traces = new LinkedHashMap<>();
        List<Node> waiting = new ArrayList<>();
        for (Layer layer : model.layers()) {
            waiting.addAll(layer.applications());
        }
        boolean goesOn = true;
        while (goesOn) {
            goesOn = false;
            for (Node node : List.copyOf(waiting)) {
                if (node.inputs().stream().allMatch(tensor -> tensor instanceof Input || known.containsKey(tensor))) {
                    traces.put(node.layer(), apply(node, known));
                    waiting.remove(node);
                    goesOn = true;
                }
            }
        }
        return model.layers().stream().map(traces::get).toList();
    }

    private static LayerTrace apply(Node node, Map<Tensor, Reach> known) {
        Graph graph = new Graph();
        Map<Value, Reach> reaches = new HashMap<>();
        List<Value> inputs = new ArrayList<>();
        for (Tensor tensor : node.inputs()) {
            Value value = graph.input(tensor.shape().prepend(1));
            inputs.add(value);
            if (tensor instanceof Input && !known.containsKey(tensor)) {
                known.put(tensor, Reach.ofInput(value.shape()));
            }
            reaches.put(value, known.get(tensor));
        }
        List<Value> outputs = node.layer().call(inputs, Pass.inference(graph));
        for (Value value : graph.values()) {
            if (value.op() != null) {
                List<Reach> from = new ArrayList<>();
                value.inputs().forEach(input -> from.add(reaches.get(input)));
                reaches.put(value, ReachRules.of(value.op(), value.shape(), from));
            }
        }
        for (int i = 0; i < outputs.size(); i++) {
            known.put(node.outputs().get(i), reaches.get(outputs.get(i)));
        }
        return new LayerTrace(node.layer(), graph, reaches.get(outputs.get(0)));
    }
}
