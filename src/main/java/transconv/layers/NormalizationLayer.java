package transconv.layers;

import java.util.stream.IntStream;
import transconv.config.Config;
import transconv.ops.AddBias;
import transconv.ops.Ops;
import transconv.ops.Parameter;
import transconv.ops.UnaryFunction;
import transconv.ops.Value;
import transconv.shape.Shape;

/**
 * A layer that subtracts a mean, divides by a standard deviation, and then scales by gamma and shifts by beta, both
 * learned. Its output has its input's shape.
 *
 * @param <T> the layer's own class, so that its setters chain
 */
abstract class NormalizationLayer<T extends NormalizationLayer<T>> extends Layer {

    private double epsilon = 1e-3;
    private boolean center = true;
    private boolean scale = true;
    private final WeightSettings betaSettings = new WeightSettings("beta", Initializers.zeros());
    private final WeightSettings gammaSettings = new WeightSettings("gamma", Initializers.ones());
    private Parameter beta;
    private Parameter gamma;

    /**
     * Added to the variance, so that nothing is divided by zero; default 0.001.
     *
     * @throws IllegalArgumentException if it is negative, or no finite number
     */
    public T epsilon(double epsilon) {
        requireUnbuilt("epsilon");
        this.epsilon = notNegative(this, "epsilon", epsilon);
        return self();
    }

    /** Whether to add beta; default true. */
    public T center(boolean center) {
        requireUnbuilt("center");
        this.center = center;
        return self();
    }

    /** Whether to multiply by gamma; default true. */
    public T scale(boolean scale) {
        requireUnbuilt("scale");
        this.scale = scale;
        return self();
    }

    /** Default zeros. */
    public T betaInitializer(Initializer initializer) {
        requireUnbuilt("betaInitializer");
        betaSettings.initializer(initializer);
        return self();
    }

    /** By Keras' name: {@code "ones"}. */
    public T betaInitializer(String name) {
        return betaInitializer(Initializers.named(name));
    }

    /** Default ones. */
    public T gammaInitializer(Initializer initializer) {
        requireUnbuilt("gammaInitializer");
        gammaSettings.initializer(initializer);
        return self();
    }

    /** By Keras' name: {@code "zeros"}. */
    public T gammaInitializer(String name) {
        return gammaInitializer(Initializers.named(name));
    }

    /** Penalty on beta; default none. */
    public T betaRegularizer(Regularizer regularizer) {
        requireUnbuilt("betaRegularizer");
        betaSettings.regularizer(regularizer);
        return self();
    }

    /** By Keras' name: {@code "l2"}. */
    public T betaRegularizer(String name) {
        return betaRegularizer(Regularizers.named(name));
    }

    /** Penalty on gamma; default none. */
    public T gammaRegularizer(Regularizer regularizer) {
        requireUnbuilt("gammaRegularizer");
        gammaSettings.regularizer(regularizer);
        return self();
    }

    /** By Keras' name: {@code "l2"}. */
    public T gammaRegularizer(String name) {
        return gammaRegularizer(Regularizers.named(name));
    }

    /** What beta is brought back to after each step; default nothing. */
    public T betaConstraint(Constraint constraint) {
        requireUnbuilt("betaConstraint");
        betaSettings.constraint(constraint);
        return self();
    }

    /** By Keras' name: {@code "non_neg"}. */
    public T betaConstraint(String name) {
        return betaConstraint(Constraints.named(name));
    }

    /** What gamma is brought back to after each step; default nothing. */
    public T gammaConstraint(Constraint constraint) {
        requireUnbuilt("gammaConstraint");
        gammaSettings.constraint(constraint);
        return self();
    }

    /** By Keras' name: {@code "non_neg"}. */
    public T gammaConstraint(String name) {
        return gammaConstraint(Constraints.named(name));
    }

    @Override
    public T name(String name) {
        super.name(name);
        return self();
    }

    @SuppressWarnings("unchecked")
    final T self() {
        return (T) this;
    }

    static double notNegative(Layer layer, String argument, double value) {
        if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "%s: %s=%s must be a finite number at least 0; change it or leave it at its default"
                            .formatted(layer.label(), argument, value));
        }
        return value;
    }

    /** Keras' layers of channels take no other number of axes than they were built for. */
    final void requireRank(Shape inputShape) {
        if (inputShape.rank() != inputShape().rank()) {
            throw new IllegalArgumentException("input shape %s has %d axes; %s was built for %d"
                    .formatted(
                            inputShape, inputShape.rank(), label(), inputShape().rank()));
        }
    }

    /** Whether there is a gamma. */
    boolean hasGamma() {
        return scale;
    }

    /** Whether there is a beta. */
    boolean hasBeta() {
        return center;
    }

    /** Gamma and beta of that shape, as far as they are wanted. */
    final void makeScaleAndOffset(Shape shape) {
        if (hasGamma()) {
            gamma = addWeight("gamma", shape, gammaSettings);
        }
        if (hasBeta()) {
            beta = addWeight("beta", shape, betaSettings);
        }
    }

    /**
     * The input less its mean, times gamma, by the standard deviation.
     *
     * @param centred    the input less its mean
     * @param variance   of the same rank, with length 1 on the axes that it was taken over
     * @param gammaShape gamma's own axes among those, the others of length 1
     */
    final Value scaled(Value centred, Value variance, Shape gammaShape) {
        Value factor =
                Ops.unary(UnaryFunction.RECIPROCAL, Ops.unary(UnaryFunction.SQRT, Ops.affine(variance, 1, epsilon)));
        if (gamma != null) {
            Shape common = Shape.of(IntStream.range(0, gammaShape.rank())
                    .map(axis ->
                            Math.max(gammaShape.size(axis), variance.shape().size(axis)))
                    .toArray());
            Value weight = Ops.reshape(centred.graph().parameter(gamma), gammaShape);
            factor = Ops.multiply(Ops.broadcast(factor, common), Ops.broadcast(weight, common));
        }
        return Ops.multiply(centred, Ops.broadcast(factor, centred.shape()));
    }

    /** The values and beta, if there is one. */
    final Value shifted(Value values, Shape betaShape) {
        return beta == null ? values : plus(values, Ops.reshape(values.graph().parameter(beta), betaShape));
    }

    /** @param offset of the values' rank, repeated along axes of length 1 */
    static Value plus(Value values, Value offset) {
        Shape shape = offset.shape();
        boolean channels = shape.last() == shape.elements()
                && shape.last() == values.shape().last();
        return channels
                ? values.graph().apply(new AddBias(), values, Ops.reshape(offset, Shape.of(shape.last())))
                : Ops.add(values, Ops.broadcast(offset, values.shape()));
    }

    /** In two passes, as the mean of squared differences: the mean of squares less the mean's square loses digits. */
    static Value variance(Value centred, int... axes) {
        return Ops.mean(Ops.unary(UnaryFunction.SQUARE, centred), axes);
    }

    static Value centred(Value input, Value mean) {
        return plus(input, Ops.affine(mean, -1, 0));
    }

    @Override
    protected void describe(Config config) {
        config.with("epsilon", epsilon).with("center", center).with("scale", scale);
        betaSettings.describe(config);
        gammaSettings.describe(config);
    }

    @Override
    protected void configure(Config config) {
        if (config.has("epsilon")) {
            epsilon(config.number("epsilon"));
        }
        if (config.has("center")) {
            center(config.truth("center"));
        }
        if (config.has("scale")) {
            scale(config.truth("scale"));
        }
        betaSettings.configure(config);
        gammaSettings.configure(config);
    }
}
