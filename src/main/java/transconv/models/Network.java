package transconv.models;

import java.util.List;
import transconv.layers.Layer;
import transconv.ops.Graph;
import transconv.ops.Parameter;
import transconv.ops.Value;
import transconv.shape.Shape;

/** Built layers in a row: what programs are made of. */
record Network(Shape inputShape, List<Layer> layers) {

    Shape outputShape() {
        return layers.isEmpty() ? inputShape : layers.get(layers.size() - 1).outputShape();
    }

    List<Parameter> parameters() {
        return layers.stream().flatMap(layer -> layer.parameters().stream()).toList();
    }

    /** The output for an input, (batch, ...). */
    Value lower(Value input) {
        Value value = input;
        for (Layer layer : layers) {
            value = layer.call(value);
        }
        return value;
    }

    /** Bytes of all values that one sample needs on its way to the output, parameters left out. */
    long bytesPerSample() {
        Graph graph = new Graph();
        graph.output(lower(graph.input(inputShape.prepend(1))));
        return graph.needed().stream()
                .filter(value -> value.parameter() == null)
                .mapToLong(value -> (long) value.shape().elements() * Float.BYTES)
                .sum();
    }
}
