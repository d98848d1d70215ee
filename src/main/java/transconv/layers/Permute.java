package transconv.layers;

import java.util.Arrays;
import java.util.stream.IntStream;
import transconv.config.Config;
import transconv.ops.Transpose;
import transconv.ops.Value;
import transconv.shape.Shape;

/**
 * The axes in another order. Input (any axes), output the same axes reordered. Source: Keras 3, {@code Permute}.
 *
 * <pre>{@code
 * Layer layer = Layers.permute(3, 1, 2);
 * System.out.println(layer.outputShape(Shape.of(28, 20, 3))); // (3, 28, 20)
 * }</pre>
 */
public final class Permute extends Layer {

    private final int[] dims;

    /**
     * @param dims for each axis of the output the input's axis that goes there, from 1, the first behind the batch axis
     * @throws IllegalArgumentException if they are not the numbers from 1 on, each once
     */
    public Permute(int... dims) {
        int[] sorted = IntStream.of(dims).sorted().toArray();
        if (dims.length == 0
                || !Arrays.equals(sorted, IntStream.rangeClosed(1, dims.length).toArray())) {
            throw new IllegalArgumentException(
                    "permute: dims=%s must name each axis once, from 1, the first behind the batch axis"
                            .formatted(Arrays.toString(dims)));
        }
        this.dims = dims.clone();
    }

    @Override
    public Permute name(String name) {
        super.name(name);
        return this;
    }

    @Override
    public Shape outputShape(Shape inputShape) {
        if (inputShape.rank() != dims.length) {
            throw new IllegalArgumentException("dims=%s for input shape %s; it needs one number for each of the %d axes"
                    .formatted(Arrays.toString(dims), inputShape, inputShape.rank()));
        }
        return Shape.of(IntStream.of(dims).map(dim -> inputShape.size(dim - 1)).toArray());
    }

    @Override
    protected Value lower(Value input, Pass pass) {
        // An op also where the order stays: a loss must not see a sigmoid through it, as it does not in Keras.
        return input.graph()
                .apply(
                        new Transpose(IntStream.concat(IntStream.of(0), IntStream.of(dims))
                                .boxed()
                                .toList()),
                        input);
    }

    @Override
    protected void describe(Config config) {
        config.with("dims", dims);
    }
}
