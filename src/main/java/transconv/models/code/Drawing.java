package transconv.models.code;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import transconv.layers.Input;
import transconv.layers.Layer;
import transconv.layers.Node;
import transconv.layers.Tensor;

/**
 * A model as writers of code see it.
 *
 * @param name      the model's
 * @param isRow     whether it is a Sequential
 * @param trainable the model's own mark
 * @param nodes     applications of layers; each comes after all that it depends on
 * @param nested    for each layer that is a model itself, what is in it
 */
public record Drawing(
        String name,
        boolean isRow,
        boolean trainable,
        List<Input> inputs,
        List<Node> nodes,
        List<Tensor> outputs,
        Map<Layer, Drawing> nested) {

    /** The layers in the order in which they are applied first. */
    List<Layer> layers() {
        Set<Layer> layers = Collections.newSetFromMap(new IdentityHashMap<>());
        List<Layer> ordered = new ArrayList<>();
        nodes.stream().map(Node::layer).filter(layers::add).forEach(ordered::add);
        return ordered;
    }

    /** How often a layer is applied here. */
    int applications(Layer layer) {
        return (int) nodes.stream().filter(node -> node.layer() == layer).count();
    }
}
