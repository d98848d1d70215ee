package transconv.interop.onnx;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import transconv.config.Config;
import transconv.layers.DataFormat;
import transconv.layers.Layer;
import transconv.layers.LayerTypes;
import transconv.layers.Layers;
import transconv.layers.Tensor;
import transconv.shape.Shape;

/** Makes layers of a library's class with weights of a file, and draws them into the model. */
final class LayerDrawer {

    private final Set<String> names = new HashSet<>();
    private final Map<String, Integer> counts = new HashMap<>();
    private final Map<String, Layer> shared = new HashMap<>();
    private final Map<Object, Integer> sources = new IdentityHashMap<>();
    private final long mostBytes;
    private long bytes;

    /** @param mostBytes that all weights may have together */
    LayerDrawer(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    /** A layer to be. */
    final class Wanted {

        private final OnnxNode node;
        private final Config config;
        private final Map<String, Supplier<INDArray>> weights = new LinkedHashMap<>();
        private final StringBuilder weightSources = new StringBuilder();

        private Wanted(OnnxNode node, String type) {
            this.node = node;
            this.config = Config.of(type);
        }

        Wanted with(String setting, Object value) {
            config.with(setting, value);
            return this;
        }

        /** Channels last is every layer's default, and some have no other. */
        Wanted format(DataFormat format) {
            return format == DataFormat.CHANNELS_LAST ? this : with("data_format", format);
        }

        /** @param source which numbers these are: the same ones are the same weights */
        Wanted weight(String name, Object source, Supplier<INDArray> values) {
            weights.put(name, values);
            weightSources.append(name).append(id(source)).append(' ');
            return this;
        }

        Tensor draw(Tensor... inputs) {
            String key = weights.isEmpty() ? null : config.owner() + config.values() + weightSources;
            Layer known = shared.get(key);
            if (known != null
                    && known.inputShapes()
                            .equals(Arrays.stream(inputs).map(Tensor::shape).toList())) {
                return known.apply(inputs);
            }
            Layer layer = LayerTypes.fromConfig(config.owner(), config);
            layer.name(nameOf(node, layer.baseName()));
            if (!weights.isEmpty()) {
                layer.beginWith(this::values);
                shared.put(key, layer);
            }
            return layer.apply(inputs);
        }

        private INDArray values(String weight, Shape shape) {
            Supplier<INDArray> values = weights.get(weight);
            if (values == null) {
                throw new IllegalArgumentException("there is no weight for '%s'".formatted(weight));
            }
            bytes += (long) shape.elements() * Float.BYTES;
            if (bytes > mostBytes) {
                throw new IllegalArgumentException(
                        "the weights would need more than %,d bytes, which is more than the file can hold"
                                .formatted(mostBytes));
            }
            INDArray array = values.get();
            if (!Arrays.equals(array.shape(), shape.toLongArray())) {
                throw new IllegalArgumentException(
                        "%s of shape %s; it must be %s".formatted(weight, Arrays.toString(array.shape()), shape));
            }
            return array;
        }
    }

    /** Of numbers, which are the same where they are one object. */
    private int id(Object source) {
        return sources.computeIfAbsent(source, any -> sources.size());
    }

    Wanted layer(OnnxNode node, String type) {
        return new Wanted(node, type);
    }

    /** A layer of one of the classes for one to three axes of positions. */
    Wanted layer(OnnxNode node, String type, Drawn input) {
        int axes = input.rank() - 2;
        if (axes < 1 || axes > 3) {
            throw new IllegalArgumentException(
                    "the input has %d axes; (batch, channels, axes...) with 1 to 3 axes are taken"
                            .formatted(input.rank()));
        }
        return new Wanted(node, type.formatted(axes)).format(format(input));
    }

    static DataFormat format(Drawn input) {
        return input.isChannelsLast() ? DataFormat.CHANNELS_LAST : DataFormat.CHANNELS_FIRST;
    }

    /** The tensor with its axes as the graph has them. */
    Tensor plain(OnnxNode node, Drawn drawn) {
        int rank = drawn.rank();
        return drawn.isChannelsLast() ? permuted(node, drawn.tensor(), Form.toFirst(rank)) : drawn.tensor();
    }

    /** @param order of all axes, that of the samples first */
    Tensor permuted(OnnxNode node, Tensor tensor, int... order) {
        Layer layer = Layers.permute(Arrays.copyOfRange(order, 1, order.length));
        return layer.name(nameOf(node, layer.baseName())).apply(tensor);
    }

    Tensor reshaped(OnnxNode node, Tensor tensor, Shape target) {
        if (tensor.shape().equals(target)) {
            return tensor;
        }
        Layer layer = target.rank() == 1 ? Layers.flatten() : Layers.reshape(target.toArray());
        return layer.name(nameOf(node, layer.baseName())).apply(tensor);
    }

    /** A layer's name that no other has: that of the node up to its operator, {@code conv2d} of {@code conv2d/Conv}. */
    private String nameOf(OnnxNode node, String otherwise) {
        String given = node == null ? "" : node.name();
        if (given.length() <= 200) {
            String[] parts = given.split("/");
            given = String.join(
                    ".",
                    Arrays.stream(parts)
                            .limit(parts.length > 1 ? parts.length - 1 : 1)
                            .filter(part -> !part.isBlank())
                            .toList());
        } else {
            given = "";
        }
        return unique(given.isBlank() ? otherwise : given);
    }

    String unique(String wanted) {
        String name = wanted;
        while (!names.add(name)) {
            name = wanted + "_" + counts.merge(wanted, 1, Integer::sum);
        }
        return name;
    }

    /** {@code numbers} as a weight of their own shape and order. */
    static INDArray asTheyAre(Numbers numbers) {
        return numbers.array(IntStream.range(0, numbers.rank()).toArray());
    }
}
