package transconv.layers;

import java.util.List;
import java.util.stream.IntStream;
import transconv.shape.Shape;

/** One application of a layer to tensors; a shared layer has several. Source: Keras 3, {@code Node}. */
public final class Node {

    private final Layer layer;
    private final List<Tensor> inputs;
    private final List<Tensor> outputs;

    Node(Layer layer, List<Tensor> inputs, List<Shape> outputShapes) {
        this.layer = layer;
        this.inputs = List.copyOf(inputs);
        this.outputs = IntStream.range(0, outputShapes.size())
                .<Tensor>mapToObj(index -> new Output(this, index, outputShapes.get(index)))
                .toList();
    }

    public Layer layer() {
        return layer;
    }

    public List<Tensor> inputs() {
        return inputs;
    }

    public List<Tensor> outputs() {
        return outputs;
    }

    /** One output of an application. */
    public static final class Output implements Tensor {

        private final Node node;
        private final int index;
        private final Shape shape;

        private Output(Node node, int index, Shape shape) {
            this.node = node;
            this.index = index;
            this.shape = shape;
        }

        /** The application that it comes from. */
        public Node node() {
            return node;
        }

        /** Which of the application's outputs it is, from 0. */
        public int index() {
            return index;
        }

        @Override
        public Shape shape() {
            return shape;
        }

        @Override
        public String toString() {
            return "%s of %s".formatted(shape.toBatchString(), node.layer().label());
        }
    }
}
