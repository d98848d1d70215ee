package transconv.layers;

import java.util.Arrays;
import java.util.stream.IntStream;
import transconv.config.Config;
import transconv.ops.FusedActivation;
import transconv.ops.Ops;
import transconv.ops.Parameter;
import transconv.ops.Value;
import transconv.shape.Shape;

/**
 * {@code x}, below 0 {@code alpha x} with learned alphas: one for each value of a sample, or shared along some axes.
 * Input and output (any axes); weight alpha (the input's axes, those shared of length 1). Source: He et al. (2015);
 * Keras 3, {@code PReLU}.
 *
 * <pre>{@code
 * Layer layer = Layers.prelu().sharedAxes(1, 2);
 * layer.build(Shape.of(28, 28, 8));
 * System.out.println(layer.parameterCount()); // 8
 * }</pre>
 */
public final class PReLU extends ActivationFunctionLayer<PReLU> {

    private final WeightSettings alphaSettings = new WeightSettings("alpha", Initializers.zeros());
    private int[] sharedAxes = {};
    private Parameter alpha;

    /** Default zeros. */
    public PReLU alphaInitializer(Initializer initializer) {
        requireUnbuilt("alphaInitializer");
        alphaSettings.initializer(initializer);
        return this;
    }

    /** By Keras' name: {@code "ones"}. */
    public PReLU alphaInitializer(String name) {
        return alphaInitializer(Initializers.named(name));
    }

    /** Penalty on alpha; default none. */
    public PReLU alphaRegularizer(Regularizer regularizer) {
        requireUnbuilt("alphaRegularizer");
        alphaSettings.regularizer(regularizer);
        return this;
    }

    /** By Keras' name: {@code "l2"}. */
    public PReLU alphaRegularizer(String name) {
        return alphaRegularizer(Regularizers.named(name));
    }

    /** What alpha is brought back to after each step; default nothing. */
    public PReLU alphaConstraint(Constraint constraint) {
        requireUnbuilt("alphaConstraint");
        alphaSettings.constraint(constraint);
        return this;
    }

    /** By Keras' name: {@code "non_neg"}. */
    public PReLU alphaConstraint(String name) {
        return alphaConstraint(Constraints.named(name));
    }

    /**
     * Axes along which all values have one alpha; default none. For images, {@code sharedAxes(1, 2)} leaves one a
     * channel.
     *
     * @param sharedAxes from 1, the first behind the batch axis
     * @throws IllegalArgumentException if one is below 1
     */
    public PReLU sharedAxes(int... sharedAxes) {
        for (int axis : sharedAxes) {
            atLeast(1, "sharedAxes", axis);
        }
        this.sharedAxes = sharedAxes.clone();
        return this;
    }

    @Override
    public Shape outputShape(Shape inputShape) {
        for (int axis : sharedAxes) {
            if (axis > inputShape.rank()) {
                throw new IllegalArgumentException(
                        "sharedAxes=%s for input shape %s; each must be from 1 to %d, 1 being the first behind the batch axis"
                                .formatted(Arrays.toString(sharedAxes), inputShape, inputShape.rank()));
            }
        }
        return inputShape;
    }

    @Override
    protected void makeWeights(Shape inputShape) {
        int[] sizes = inputShape.toArray();
        IntStream.of(sharedAxes).forEach(axis -> sizes[axis - 1] = 1);
        alpha = addWeight("alpha", Shape.of(sizes), alphaSettings);
    }

    @Override
    protected Value lower(Value input, Pass pass) {
        Value weight = input.graph().parameter(alpha);
        Value slopes = Ops.broadcast(Ops.reshape(weight, weight.shape().prepend(1)), input.shape());
        Value below = FusedActivation.RELU.of(Ops.affine(input, -1, 0));
        return Ops.subtract(FusedActivation.RELU.of(input), Ops.multiply(slopes, below));
    }

    @Override
    protected void describe(Config config) {
        alphaSettings.describe(config);
        config.with("shared_axes", sharedAxes.length == 0 ? null : sharedAxes);
    }

    @Override
    protected void configure(Config config) {
        alphaSettings.configure(config);
        if (config.has("shared_axes")) {
            sharedAxes(config.integers("shared_axes"));
        }
    }
}
