package transconv.layers;

import java.util.List;
import transconv.config.Config;
import transconv.ops.Activation;
import transconv.ops.AddBias;
import transconv.ops.Convolution;
import transconv.ops.Graph;
import transconv.ops.Parameter;
import transconv.ops.Reshape;
import transconv.ops.Value;
import transconv.shape.Geometry;
import transconv.shape.Shape;

/**
 * A fully connected layer: every output is a weighted sum of the last axis. Input (..., features), output (..., units),
 * kernel (features, units). It is a convolution without spatial axes. Source: Keras 3, {@code Dense}.
 *
 * <pre>{@code
 * Layer layer = Layers.dense(10).activation(Activation.SOFTMAX);
 * System.out.println(layer.outputShape(Shape.of(128))); // (10,)
 * }</pre>
 */
public final class Dense extends Layer {

    private final int units;
    private Activation activation = Activation.LINEAR;
    private boolean useBias = true;
    private final WeightSettings kernelSettings = new WeightSettings("kernel", Initializers.glorotUniform());
    private final WeightSettings biasSettings = new WeightSettings("bias", Initializers.zeros());
    private Parameter kernel;
    private Parameter bias;

    /**
     * @param units output features, at least 1
     * @throws IllegalArgumentException if units is below 1
     */
    public Dense(int units) {
        this.units = atLeast(1, "units", units);
    }

    /** Applied to the output; default LINEAR. */
    public Dense activation(Activation activation) {
        requireUnbuilt("activation");
        this.activation = activation;
        return this;
    }

    /** By Keras' name: {@code "relu"}. */
    public Dense activation(String name) {
        return activation(Activation.named(name));
    }

    /** Default true. */
    public Dense useBias(boolean useBias) {
        requireUnbuilt("useBias");
        this.useBias = useBias;
        return this;
    }

    /** Default glorot_uniform. */
    public Dense kernelInitializer(Initializer initializer) {
        requireUnbuilt("kernelInitializer");
        kernelSettings.initializer(initializer);
        return this;
    }

    /** By Keras' name: {@code "he_normal"}. */
    public Dense kernelInitializer(String name) {
        return kernelInitializer(Initializers.named(name));
    }

    /** Default zeros. */
    public Dense biasInitializer(Initializer initializer) {
        requireUnbuilt("biasInitializer");
        biasSettings.initializer(initializer);
        return this;
    }

    /** By Keras' name. */
    public Dense biasInitializer(String name) {
        return biasInitializer(Initializers.named(name));
    }

    /** Penalty on the kernel; default none. */
    public Dense kernelRegularizer(Regularizer regularizer) {
        requireUnbuilt("kernelRegularizer");
        kernelSettings.regularizer(regularizer);
        return this;
    }

    /** By Keras' name: {@code "l2"}. */
    public Dense kernelRegularizer(String name) {
        return kernelRegularizer(Regularizers.named(name));
    }

    /** Penalty on the bias; default none. */
    public Dense biasRegularizer(Regularizer regularizer) {
        requireUnbuilt("biasRegularizer");
        biasSettings.regularizer(regularizer);
        return this;
    }

    /** By Keras' name. */
    public Dense biasRegularizer(String name) {
        return biasRegularizer(Regularizers.named(name));
    }

    /** What the kernel is brought back to after each step; default nothing. */
    public Dense kernelConstraint(Constraint constraint) {
        requireUnbuilt("kernelConstraint");
        kernelSettings.constraint(constraint);
        return this;
    }

    /** By Keras' name: {@code "max_norm"}. */
    public Dense kernelConstraint(String name) {
        return kernelConstraint(Constraints.named(name));
    }

    /** What the bias is brought back to after each step; default nothing. */
    public Dense biasConstraint(Constraint constraint) {
        requireUnbuilt("biasConstraint");
        biasSettings.constraint(constraint);
        return this;
    }

    /** By Keras' name. */
    public Dense biasConstraint(String name) {
        return biasConstraint(Constraints.named(name));
    }

    /** Penalty on the output; default none. */
    public Dense activityRegularizer(Regularizer regularizer) {
        setActivityRegularizer(regularizer);
        return this;
    }

    /** By Keras' name. */
    public Dense activityRegularizer(String name) {
        return activityRegularizer(Regularizers.named(name));
    }

    @Override
    public Dense name(String name) {
        super.name(name);
        return this;
    }

    @Override
    public Shape outputShape(Shape inputShape) {
        if (inputShape.rank() == 0) {
            throw new IllegalArgumentException("input shape () has no axis; Dense needs (..., features)");
        }
        return inputShape.withLast(units);
    }

    @Override
    protected void makeWeights(Shape inputShape) {
        kernel = addWeight("kernel", Shape.of(inputShape.last(), units), kernelSettings);
        if (useBias) {
            bias = addWeight("bias", Shape.of(units), biasSettings);
        }
    }

    @Override
    protected Value lower(Value input, Pass pass) {
        Graph graph = input.graph();
        Shape shape = input.shape();
        Shape rows = Shape.of(shape.elements() / shape.last(), shape.last());
        Value flat = shape.equals(rows) ? input : graph.apply(new Reshape(rows), input);
        Convolution product = new Convolution(new Geometry(List.of(), shape.last(), units, 1));
        Value output = graph.apply(product, flat, graph.parameter(kernel));
        if (useBias) {
            output = graph.apply(new AddBias(), output, graph.parameter(bias));
        }
        if (!shape.equals(rows)) {
            output = graph.apply(new Reshape(shape.withLast(units)), output);
        }
        // The activation comes last, where a loss looks for a closing sigmoid.
        return activation.of(output);
    }

    @Override
    protected void describe(Config config) {
        config.with("units", units).with("activation", activation).with("use_bias", useBias);
        kernelSettings.describe(config);
        biasSettings.describe(config);
    }

    @Override
    protected void configure(Config config) {
        if (config.has("activation")) {
            activation(config.text("activation", Activation::named));
        }
        if (config.has("use_bias")) {
            useBias(config.truth("use_bias"));
        }
        kernelSettings.configure(config);
        biasSettings.configure(config);
    }
}
