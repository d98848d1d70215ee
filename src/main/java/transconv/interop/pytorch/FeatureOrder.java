package transconv.interop.pytorch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import transconv.layers.DataFormat;
import transconv.layers.Dense;
import transconv.layers.Flatten;
import transconv.layers.Layer;
import transconv.layers.Node;
import transconv.layers.Reshape;
import transconv.layers.Tensor;
import transconv.models.Model;
import transconv.shape.Shape;

/**
 * In which order PyTorch has the features that are pictures in a row. Flattened channels-last, the value of channel c
 * at row h, column w of a picture of height H, width W and C channels is feature (h W + w) C + c; flattened as PyTorch
 * has pictures, channels first, it is feature (c H + h) W + w. A Dense behind such a Flatten has its inputs in this
 * order, a Dense before a Reshape to a picture its outputs, and so have the layers between.
 *
 * <p>An order is an array that has at PyTorch's place of a feature our place of it; null stands for no difference.
 */
final class FeatureOrder {

    private final Map<Tensor, List<Node>> consumers = new IdentityHashMap<>();
    private final Map<Tensor, Tensor> outside = new IdentityHashMap<>();

    /** @param layers of a model and of the models in it, and these themselves */
    FeatureOrder(List<Layer> layers) {
        for (Layer layer : layers) {
            for (Node node : layer.applications()) {
                node.inputs().forEach(input -> consumers
                        .computeIfAbsent(input, tensor -> new ArrayList<>())
                        .add(node));
            }
            if (layer instanceof Model model && !model.applications().isEmpty()) {
                connect(model, model.applications().get(0));
            }
        }
    }

    /** What goes into a model in a model is what its own inputs stand for, and likewise what comes out. */
    private void connect(Model inner, Node application) {
        for (int i = 0; i < inner.inputs().size(); i++) {
            outside.put(inner.inputs().get(i), application.inputs().get(i));
        }
        for (int i = 0; i < inner.outputs().size(); i++) {
            outside.put(application.outputs().get(i), inner.outputs().get(i));
        }
    }

    /** Whether a layer takes pictures that have their channels last. */
    boolean takesPictures(Layer layer) {
        return !layer.applications().isEmpty()
                && Channels.of(layer.applications().get(0).inputs().get(0), this) == Channels.LAST;
    }

    /** Of the features that a layer takes. */
    int[] ofInput(Layer layer) {
        return layer.applications().isEmpty()
                ? null
                : of(layer.applications().get(0).inputs().get(0));
    }

    /** Of the features that a layer puts out. */
    int[] ofOutput(Layer layer) {
        return layer.applications().isEmpty()
                ? null
                : of(layer.applications().get(0).outputs().get(0));
    }

    private int[] of(Tensor given) {
        Tensor tensor = source(given);
        if (tensor.shape().rank() != 1 || !(tensor instanceof Node.Output output)) {
            return null;
        }
        Layer layer = output.node().layer();
        Tensor input = source(output.node().inputs().get(0));
        if (layer instanceof Flatten && input.shape().rank() > 1) {
            return flattened(layer, input);
        }
        return keepsFeatures(output.node()) ? of(input) : demanded(tensor);
    }

    /** Where a tensor comes from, through the walls of models in models. */
    Tensor source(Tensor tensor) {
        Tensor source = tensor;
        while (outside.containsKey(source)) {
            source = outside.get(source);
        }
        return source;
    }

    /** The applications that take a tensor, those within models in models included. */
    List<Node> consumers(Tensor tensor) {
        List<Node> nodes = new ArrayList<>(consumers.getOrDefault(tensor, List.of()));
        outside.forEach((there, here) -> {
            if (here == tensor) {
                nodes.addAll(consumers(there));
            }
        });
        return nodes;
    }

    private int[] flattened(Layer flatten, Tensor input) {
        boolean moves = flatten.config().choice("data_format", DataFormat.class) == DataFormat.CHANNELS_FIRST;
        Channels channels = Channels.of(input, this);
        if (channels == Channels.LAST && !moves) {
            return order(input.shape());
        }
        if (channels == Channels.FIRST && moves) {
            int[] sizes = input.shape().toArray();
            int[] last = Arrays.copyOfRange(sizes, 1, sizes.length + 1);
            last[sizes.length - 1] = sizes[0];
            return order(Shape.of(last));
        }
        if (moves && channels != Channels.FIRST && input.shape().size(0) != 1) {
            throw new IllegalArgumentException(
                    "%s: it moves channels of an input %s whose channels are not first; PyTorch has no equal of that"
                            .formatted(flatten.label(), input.shape()));
        }
        return null;
    }

    /** What a Reshape to a picture, further on, expects of the features. */
    private int[] demanded(Tensor tensor) {
        for (Node node : consumers(tensor)) {
            Tensor output = node.outputs().get(0);
            if (node.layer() instanceof Reshape && output.shape().rank() > 1) {
                return Channels.of(output, this) == Channels.LAST ? order(output.shape()) : null;
            }
            if (keepsFeatures(node)) {
                int[] order = demanded(output);
                if (order != null) {
                    return order;
                }
            }
        }
        return null;
    }

    /** Whether each feature stays at its place. */
    private static boolean keepsFeatures(Node node) {
        Layer layer = node.layer();
        return !(layer instanceof Dense)
                && !(layer instanceof Model)
                && node.outputs().get(0).shape().rank() == 1
                && node.inputs().stream().allMatch(input -> input.shape()
                        .equals(node.outputs().get(0).shape()));
    }

    /** @param picture (axes..., channels) */
    private static int[] order(Shape picture) {
        int channels = picture.last();
        int positions = picture.elements() / channels;
        int[] order = IntStream.range(0, positions * channels)
                .map(place -> place % positions * channels + place / positions)
                .toArray();
        return channels == 1 || positions == 1 ? null : order;
    }
}
