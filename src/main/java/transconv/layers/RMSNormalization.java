package transconv.layers;

import transconv.config.Config;
import transconv.ops.Ops;
import transconv.ops.Parameter;
import transconv.ops.UnaryFunction;
import transconv.ops.Value;
import transconv.shape.Shape;

/**
 * Divides the values along the last axis, or the last few, of each sample by their root mean square and multiplies them
 * by a learned scale. Input and output (any axes); weight scale (those axes). Training and inference are the same.
 * Source: Zhang and Sennrich (2019); Keras 3, {@code RMSNormalization}.
 *
 * <pre>{@code
 * Layer layer = Layers.rmsNormalization();
 * layer.build(Shape.of(4, 4, 8));
 * System.out.println(layer.parameterCount()); // 8
 * }</pre>
 */
public final class RMSNormalization extends Layer {

    private FeatureAxes axis = new FeatureAxes(this, -1);
    private double epsilon = 1e-6;
    private Parameter scale;

    /**
     * Along which to take the mean of the squares, and which the scale has; default -1. They have to be the last axes:
     * Keras multiplies by the scale along the last ones, whichever are named here.
     *
     * @param axis from 1, the first behind the batch axis, or from -1, the last, downwards
     * @throws IllegalArgumentException if one is 0, or there is none
     */
    public RMSNormalization axis(int... axis) {
        requireUnbuilt("axis");
        this.axis = new FeatureAxes(this, axis);
        return this;
    }

    /**
     * Added to the mean of the squares, so that nothing is divided by zero; default 1e-6.
     *
     * @throws IllegalArgumentException if it is negative, or no finite number
     */
    public RMSNormalization epsilon(double epsilon) {
        requireUnbuilt("epsilon");
        this.epsilon = NormalizationLayer.notNegative(this, "epsilon", epsilon);
        return this;
    }

    @Override
    public RMSNormalization name(String name) {
        super.name(name);
        return this;
    }

    @Override
    public String baseName() {
        return "rms_normalization";
    }

    @Override
    public Shape outputShape(Shape inputShape) {
        int rank = inputShape.rank() + 1;
        int[] positions = axis.positions(rank);
        for (int i = 0; i < positions.length; i++) {
            if (positions[i] != rank - positions.length + i) {
                throw new IllegalArgumentException(
                        ("axis=%s for input shape %s: they must be the last axes, counted from one end, such as -1 or"
                                        + " [-2, -1]; bring the axes to the end first")
                                .formatted(axis, inputShape));
            }
        }
        return inputShape;
    }

    @Override
    protected void makeWeights(Shape inputShape) {
        scale = addWeight("scale", axis.sizes(inputShape), new WeightSettings("scale", Initializers.ones()));
    }

    @Override
    protected Value lower(Value input, Pass pass) {
        Shape shape = input.shape();
        Value squares = Ops.mean(Ops.unary(UnaryFunction.SQUARE, input), axis.positions(shape.rank()));
        Value root = Ops.unary(UnaryFunction.SQRT, Ops.affine(squares, 1, epsilon));
        Value weight = Ops.reshape(input.graph().parameter(scale), axis.alone(shape));
        Value normalized = Ops.multiply(input, Ops.broadcast(Ops.unary(UnaryFunction.RECIPROCAL, root), shape));
        return Ops.multiply(normalized, Ops.broadcast(weight, shape));
    }

    @Override
    protected void describe(Config config) {
        axis.describe(config);
        config.with("epsilon", epsilon);
    }

    @Override
    protected void configure(Config config) {
        if (config.has("axis")) {
            axis = FeatureAxes.from(this, config);
        }
        if (config.has("epsilon")) {
            epsilon(config.number("epsilon"));
        }
    }
}
