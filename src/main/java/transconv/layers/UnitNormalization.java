package transconv.layers;

import transconv.config.Config;
import transconv.ops.Ops;
import transconv.ops.UnaryFunction;
import transconv.ops.Value;
import transconv.shape.Shape;

/**
 * Divides the values along some axes of each sample by their Euclidean norm; zeros stay zeros, with a slope of 1e12.
 * Input and output (any axes). Source: Keras 3, {@code UnitNormalization}.
 *
 * <pre>{@code
 * Layer layer = Layers.unitNormalization().axis(1, 2);
 * System.out.println(layer.config().list("axis")); // [1, 2]
 * }</pre>
 */
public final class UnitNormalization extends Layer {

    /** Keras lets one over the norm grow up to 1e12. */
    private static final double LEAST_SQUARE = 1e-24;

    private FeatureAxes axis = new FeatureAxes(this, -1);

    /**
     * Along which to take the norm; default -1.
     *
     * @param axis from 1, the first behind the batch axis, or from -1, the last, downwards
     * @throws IllegalArgumentException if one is 0, or there is none
     */
    public UnitNormalization axis(int... axis) {
        requireUnbuilt("axis");
        this.axis = new FeatureAxes(this, axis);
        return this;
    }

    @Override
    public UnitNormalization name(String name) {
        super.name(name);
        return this;
    }

    @Override
    public Shape outputShape(Shape inputShape) {
        axis.positions(inputShape.rank() + 1);
        return inputShape;
    }

    @Override
    protected Value lower(Value input, Pass pass) {
        Shape shape = input.shape();
        Value squares = Ops.sum(Ops.unary(UnaryFunction.SQUARE, input), axis.positions(shape.rank()));
        Value bounded = Ops.maximum(squares, Ops.fill(input.graph(), squares.shape(), LEAST_SQUARE));
        Value factor = Ops.unary(UnaryFunction.RECIPROCAL, Ops.unary(UnaryFunction.SQRT, bounded));
        return Ops.multiply(input, Ops.broadcast(factor, shape));
    }

    @Override
    protected void describe(Config config) {
        axis.describe(config);
    }

    @Override
    protected void configure(Config config) {
        if (config.has("axis")) {
            axis = FeatureAxes.from(this, config);
        }
    }
}
