package transconv.layers;

import java.util.Arrays;
import java.util.stream.IntStream;
import transconv.config.Config;
import transconv.ops.Activations;
import transconv.ops.Value;
import transconv.shape.Shape;

/**
 * {@code exp(x) / sum(exp(x))} over one or more axes. Input and output (any axes). Source: Keras 3, {@code Softmax},
 * without its mask.
 *
 * <pre>{@code
 * Layer layer = Layers.softmax(1, 2);
 * System.out.println(layer.config().list("axis")); // [1, 2]
 * }</pre>
 */
public final class Softmax extends ActivationFunctionLayer<Softmax> {

    private final int[] axis;

    /**
     * @param axis over which to sum, from 1, the first behind the batch axis, or from -1, the last, downwards; none
     *     given means -1
     */
    public Softmax(int... axis) {
        this.axis = axis.length == 0 ? new int[] {-1} : axis.clone();
    }

    static Softmax from(Config config) {
        return new Softmax(config.has("axis") ? config.integers("axis") : new int[0]);
    }

    /** The axes from 0, the batch axis. */
    private int[] axes(int rank) {
        int[] axes = IntStream.of(axis)
                .map(one -> one < 0 ? rank + one : one)
                .sorted()
                .distinct()
                .toArray();
        if (axes.length < axis.length || axes[0] < 1 || axes[axes.length - 1] >= rank) {
            throw new IllegalArgumentException(
                    "axis=%s must name different axes from 1 to %d, or from -1 to %d; axis 0 is the batch"
                            .formatted(Arrays.toString(axis), rank - 1, 1 - rank));
        }
        return axes;
    }

    @Override
    public Shape outputShape(Shape inputShape) {
        axes(inputShape.rank() + 1);
        return inputShape;
    }

    @Override
    protected Value lower(Value input, Pass pass) {
        return Activations.softmax(input, axes(input.shape().rank()));
    }

    @Override
    protected void describe(Config config) {
        config.with("axis", axis.length == 1 ? (Object) axis[0] : axis);
    }
}
