package transconv.layers;

import java.util.Arrays;
import transconv.config.Config;
import transconv.ops.Value;
import transconv.shape.Shape;

/**
 * The same values in another shape. Input (any axes), output (target axes), both in C order. Source: Keras 3, {@code
 * Reshape}.
 *
 * <pre>{@code
 * Layer layer = Layers.reshape(7, 7, -1);
 * System.out.println(layer.outputShape(Shape.of(6272))); // (7, 7, 128)
 * }</pre>
 */
public final class Reshape extends Layer {

    private final int[] target;

    /**
     * @param target the output's axes without the batch axis; one of them may be -1, the rest of the elements
     * @throws IllegalArgumentException if an axis is 0 or below -1, or two are -1
     */
    public Reshape(int... target) {
        if (Arrays.stream(target).anyMatch(size -> size == 0 || size < -1)
                || Arrays.stream(target).filter(size -> size == -1).count() > 1) {
            throw new IllegalArgumentException(
                    "reshape: targetShape=%s; every axis needs at least 1, and one of them may be -1 (the rest)"
                            .formatted(Arrays.toString(target)));
        }
        this.target = target.clone();
    }

    @Override
    public Reshape name(String name) {
        super.name(name);
        return this;
    }

    @Override
    public Shape outputShape(Shape inputShape) {
        int elements = inputShape.elements();
        int known = Arrays.stream(target).filter(size -> size > 0).reduce(1, Math::multiplyExact);
        boolean open = Arrays.stream(target).anyMatch(size -> size == -1);
        if (open ? elements % known != 0 : elements != known) {
            throw new IllegalArgumentException(
                    "input shape %s has %,d elements, which do not fill targetShape=%s; their products must agree"
                            .formatted(inputShape, elements, Arrays.toString(target)));
        }
        return Shape.of(Arrays.stream(target)
                .map(size -> size == -1 ? elements / known : size)
                .toArray());
    }

    @Override
    protected Value lower(Value input, Pass pass) {
        Shape output = outputShape(input.shape().from(1)).prepend(input.shape().size(0));
        // An op also where the shape stays: a loss must not see a sigmoid through it, as it does not in Keras.
        return input.graph().apply(new transconv.ops.Reshape(output), input);
    }

    @Override
    protected void describe(Config config) {
        config.with("target_shape", target);
    }
}
