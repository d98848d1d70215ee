package transconv.interop.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import transconv.interop.onnx.LayerDrawer.Wanted;
import transconv.layers.Tensor;

/** Reads products with matrices, normalizations, and what else has weights but no window. */
final class FeatureReader {

    private final LayerDrawer layers;
    private final OnnxNode node;

    FeatureReader(LayerDrawer layers, OnnxNode node) {
        this.layers = layers;
        this.node = node;
    }

    Drawn gemm() {
        Drawn input = node.drawn(0);
        Numbers b = node.numbers(1);
        Numbers c = node.numbersOrNull(2);
        node.require("transA", 0, "transpose the input before it");
        boolean isTurned = node.integer("transB", 0) != 0;
        double alpha = node.number("alpha", 1);
        double beta = node.number("beta", 1);
        if (input.rank() != 2 || b.rank() != 2) {
            throw new IllegalArgumentException(
                    "A has %d axes and B is %s; both must have 2".formatted(input.rank(), b));
        }
        if (alpha != 1 || beta != 1 && c != null) {
            throw new IllegalArgumentException(
                    "alpha=%s, beta=%s must be 1; multiply the weights by them".formatted(alpha, beta));
        }
        return new Drawn(dense(layers, node, input, b, isTurned, c), false);
    }

    /** Over the last axis. */
    static Tensor dense(
            LayerDrawer layers, OnnxNode node, Drawn input, Numbers matrix, boolean isTurned, Numbers bias) {
        if (matrix.rank() != 2) {
            throw new IllegalArgumentException("the weights are %s; they must be a matrix".formatted(matrix));
        }
        int units = matrix.dims()[isTurned ? 0 : 1];
        if (input.tensor().shape().rank() < 1 || matrix.dims()[isTurned ? 1 : 0] != input.size(input.rank() - 1)) {
            throw new IllegalArgumentException("the weights are %s for an input of shape %s"
                    .formatted(matrix, input.tensor().shape().toBatchString()));
        }
        Wanted wanted = layers.layer(node, "Dense")
                .with("units", units)
                .with("use_bias", bias != null)
                .weight("kernel", matrix, () -> isTurned ? matrix.array(1, 0) : matrix.array(0, 1));
        if (bias != null) {
            if (bias.count() != 1 && bias.dims()[bias.rank() - 1] != units || bias.count() > units) {
                throw new IllegalArgumentException(
                        "the bias is %s; it must have %d numbers, one a column of the weights".formatted(bias, units));
            }
            wanted.weight("bias", bias, () -> filled(bias, units));
        }
        return wanted.draw(layers.plain(node, input));
    }

    /** As many as wanted, of one or as many. */
    static INDArray filled(Numbers numbers, int count) {
        if (numbers.count() == count) {
            return numbers.reshaped(count).array(0);
        }
        float[] values = new float[count];
        Arrays.fill(values, numbers.scalar());
        return Numbers.of(values, count).array(0);
    }

    private Numbers channels(int input, Drawn of) {
        Numbers numbers = node.numbers(input);
        if (numbers.rank() != 1 || numbers.count() != of.size(1)) {
            throw new IllegalArgumentException("input '%s' is %s; it must have %d numbers, one a channel"
                    .formatted(node.inputName(input), numbers, of.size(1)));
        }
        return numbers;
    }

    private static Supplier<INDArray> values(Numbers numbers) {
        return () -> LayerDrawer.asTheyAre(numbers);
    }

    Drawn batchNormalization() {
        Drawn input = node.drawn(0);
        node.require("training_mode", 0, "export the model for inference");
        node.integer("spatial", 1);
        Tensor output = layers.layer(node, "BatchNormalization")
                .with("axis", input.isChannelsLast() ? -1 : 1)
                .with("momentum", node.number("momentum", 0.9))
                .with("epsilon", node.number("epsilon", 1e-5))
                .weight("gamma", node.numbers(1), values(channels(1, input)))
                .weight("beta", node.numbers(2), values(channels(2, input)))
                .weight("moving_mean", node.numbers(3), values(channels(3, input)))
                .weight("moving_variance", node.numbers(4), values(channels(4, input)))
                .draw(input.tensor());
        return new Drawn(output, input.isChannelsLast());
    }

    /** @param groups of channels */
    private Drawn groups(int groups, Numbers gamma, Numbers beta) {
        Drawn input = node.drawn(0);
        Tensor output = layers.layer(node, "GroupNormalization")
                .with("groups", groups)
                .with("axis", input.isChannelsLast() ? -1 : 1)
                .with("epsilon", node.number("epsilon", 1e-5))
                .weight("gamma", gamma, values(gamma))
                .weight("beta", beta, values(beta))
                .draw(input.tensor());
        return new Drawn(output, input.isChannelsLast());
    }

    Drawn instanceNormalization() {
        Drawn input = node.drawn(0);
        return groups(-1, channels(1, input), channels(2, input));
    }

    /** Before operator set 21 there was one scale a group. */
    Drawn groupNormalization() {
        Drawn input = node.drawn(0);
        int groups = OnnxNode.asInt("num_groups", node.integer("num_groups", 0));
        int channels = input.size(1);
        if (groups < 1 || channels % groups != 0) {
            throw new IllegalArgumentException("num_groups=%d must divide the %d channels".formatted(groups, channels));
        }
        node.integer("stash_type", 1);
        boolean areChannels = node.numbers(1).count() == channels && node.opset() >= 21;
        return areChannels
                ? groups(groups, channels(1, input), channels(2, input))
                : groups(
                        groups,
                        repeated(node.numbers(1), groups, channels),
                        repeated(node.numbers(2), groups, channels));
    }

    private static Numbers repeated(Numbers numbers, int groups, int channels) {
        if (numbers.count() != groups) {
            throw new IllegalArgumentException(
                    "scale and bias are %s; they must have %d numbers, one a group, or %d, one a channel"
                            .formatted(numbers, groups, channels));
        }
        float[] given = numbers.floats();
        float[] each = new float[channels];
        for (int channel = 0; channel < channels; channel++) {
            each[channel] = given[channel / (channels / groups)];
        }
        return Numbers.of(each, channels);
    }

    Drawn layerNormalization() {
        Drawn input = node.drawn(0);
        int rank = input.rank();
        int first = OnnxNode.asInt("axis", node.integer("axis", -1));
        first = first < 0 ? rank + first : first;
        if (first < 1 || first >= rank) {
            throw new IllegalArgumentException(
                    "axis=%d of %d axes; it must leave out the samples".formatted(first, rank));
        }
        node.integer("stash_type", 1);
        Tensor plain = layers.plain(node, input);
        int[] features = plain.shape().from(first - 1).toArray();
        Numbers gamma = node.numbers(1);
        Numbers beta = node.numbersOrNull(2);
        Wanted wanted = layers.layer(node, "LayerNormalization")
                .with("axis", IntStream.range(first, rank).toArray())
                .with("epsilon", node.number("epsilon", 1e-5))
                .with("center", beta != null)
                .weight("gamma", gamma, () -> LayerDrawer.asTheyAre(gamma.reshaped(features)));
        if (beta != null) {
            wanted.weight("beta", beta, () -> LayerDrawer.asTheyAre(beta.reshaped(features)));
        }
        return new Drawn(wanted.draw(plain), false);
    }

    /** The slopes are repeated along axes of length 1, and along those in front that they do not have. */
    Drawn prelu() {
        Drawn input = node.drawn(0);
        Numbers slope = node.numbers(1);
        int rank = input.rank();
        int[] dims = new int[rank];
        Arrays.fill(dims, 1);
        boolean fits = slope.rank() <= rank;
        for (int i = 0; fits && i < slope.rank(); i++) {
            int axis = rank - slope.rank() + i;
            dims[axis] = slope.dims()[i];
            fits = dims[axis] == 1 || axis > 0 && dims[axis] == input.size(axis);
        }
        if (!fits || rank < 2) {
            throw new IllegalArgumentException("slope is %s; each axis must be 1 or that of the input %s"
                    .formatted(slope, input.tensor().shape().toBatchString()));
        }
        Numbers sample = slope.reshaped(Arrays.copyOfRange(dims, 1, rank));
        int[] order = IntStream.range(0, rank - 1)
                .map(axis -> input.isChannelsLast() ? Form.toLast(rank)[axis + 1] - 1 : axis)
                .toArray();
        List<Integer> shared = new ArrayList<>();
        for (int axis = 0; axis < rank - 1; axis++) {
            if (dims[order[axis] + 1] == 1) {
                shared.add(axis + 1);
            }
        }
        Wanted wanted = layers.layer(node, "PReLU").weight("alpha", slope, () -> sample.array(order));
        if (!shared.isEmpty()) {
            wanted.with("shared_axes", shared);
        }
        return new Drawn(wanted.draw(input.tensor()), input.isChannelsLast());
    }

    /** Rows of a table; the indices are the model's input, real numbers here, integers there. */
    Drawn gather(Drawn indices) {
        node.require("axis", 0, "only rows of a table are gathered");
        Numbers table = node.numbers(0);
        if (table.rank() != 2) {
            throw new IllegalArgumentException("the table is %s; it must have rows and columns".formatted(table));
        }
        Tensor output = layers.layer(node, "Embedding")
                .with("input_dim", table.dims()[0])
                .with("output_dim", table.dims()[1])
                .weight("embeddings", table, values(table))
                .draw(layers.plain(node, indices));
        return new Drawn(output, false);
    }
}
