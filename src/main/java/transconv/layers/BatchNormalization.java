package transconv.layers;

import transconv.config.Config;
import transconv.ops.Ops;
import transconv.ops.Parameter;
import transconv.ops.Value;
import transconv.shape.Shape;

/**
 * Brings each channel to mean 0 and standard deviation 1, then scales it by gamma and shifts it by beta. In training,
 * mean and variance are the batch's, over all axes but the channels', and moving averages follow them; in inference,
 * and where the layer is not trainable, the moving averages take their place. Input and output (any axes); weights
 * gamma, beta, moving_mean, moving_variance (channels). Source: Ioffe and Szegedy (2015); Keras 3, {@code
 * BatchNormalization}, without renorm.
 *
 * <pre>{@code
 * Layer layer = Layers.batchNormalization().momentum(0.9);
 * layer.build(Shape.of(28, 28, 8));
 * System.out.println(layer.parameterCount()); // 32
 * }</pre>
 */
public final class BatchNormalization extends NormalizationLayer<BatchNormalization> {

    private int axis = -1;
    private double momentum = 0.99;
    private Initializer movingMeanInitializer = Initializers.zeros();
    private Initializer movingVarianceInitializer = Initializers.ones();
    private Parameter movingMean;
    private Parameter movingVariance;

    /**
     * The channels; default -1, the last axis. For pictures with channels first, 1.
     *
     * @param axis from 1, the first behind the batch axis, or from -1, the last, downwards
     * @throws IllegalArgumentException if it is 0
     */
    public BatchNormalization axis(int axis) {
        requireUnbuilt("axis");
        new FeatureAxes(this, axis);
        this.axis = axis;
        return this;
    }

    /**
     * The share of a moving average that stays in each step; default 0.99.
     *
     * @throws IllegalArgumentException if it is not from 0 to 1
     */
    public BatchNormalization momentum(double momentum) {
        requireUnbuilt("momentum");
        if (!(momentum >= 0 && momentum <= 1)) {
            throw new IllegalArgumentException(
                    "%s: momentum=%s must be from 0, only the last batch, to 1, no batch at all"
                            .formatted(label(), momentum));
        }
        this.momentum = momentum;
        return this;
    }

    /** Default zeros. */
    public BatchNormalization movingMeanInitializer(Initializer initializer) {
        requireUnbuilt("movingMeanInitializer");
        movingMeanInitializer = initializer;
        return this;
    }

    /** By Keras' name: {@code "zeros"}. */
    public BatchNormalization movingMeanInitializer(String name) {
        return movingMeanInitializer(Initializers.named(name));
    }

    /** Default ones. */
    public BatchNormalization movingVarianceInitializer(Initializer initializer) {
        requireUnbuilt("movingVarianceInitializer");
        movingVarianceInitializer = initializer;
        return this;
    }

    /** By Keras' name: {@code "ones"}. */
    public BatchNormalization movingVarianceInitializer(String name) {
        return movingVarianceInitializer(Initializers.named(name));
    }

    private FeatureAxes channels() {
        return new FeatureAxes(this, axis);
    }

    @Override
    public boolean mixesSamples(Pass pass) {
        return pass.trains(this);
    }

    @Override
    public Shape outputShape(Shape inputShape) {
        channels().positions(inputShape.rank() + 1);
        return inputShape;
    }

    @Override
    protected void makeWeights(Shape inputShape) {
        Shape shape = channels().sizes(inputShape);
        makeScaleAndOffset(shape);
        movingMean = addUnlearnedWeight("moving_mean", shape, movingMeanInitializer);
        movingVariance = addUnlearnedWeight("moving_variance", shape, movingVarianceInitializer);
    }

    @Override
    protected Value lower(Value input, Pass pass) {
        requireRank(input.shape().from(1));
        Shape weights = channels().alone(input.shape());
        if (!pass.trains(this)) {
            Value mean = Ops.reshape(pass.latest(movingMean), weights);
            Value variance = Ops.reshape(pass.latest(movingVariance), weights);
            return shifted(scaled(centred(input, mean), variance, weights), weights);
        }
        int[] reduced = channels().others(input.shape().rank());
        Value mean = Ops.mean(input, reduced);
        Value centred = centred(input, mean);
        Value variance = variance(centred, reduced);
        follow(movingMean, mean, pass);
        follow(movingVariance, variance, pass);
        return shifted(scaled(centred, variance, weights), weights);
    }

    private void follow(Parameter average, Value ofBatch, Pass pass) {
        Value kept = Ops.affine(pass.latest(average), momentum, 0);
        Value added = Ops.affine(Ops.reshape(ofBatch, average.shape()), 1 - momentum, 0);
        pass.update(average, Ops.add(kept, added));
    }

    @Override
    protected void describe(Config config) {
        config.with("axis", axis).with("momentum", momentum);
        super.describe(config);
        config.with("moving_mean_initializer", movingMeanInitializer)
                .with("moving_variance_initializer", movingVarianceInitializer)
                .with("synchronized", false)
                .with("renorm", false)
                .with("renorm_clipping", null)
                .with("renorm_momentum", 0.99);
    }

    @Override
    protected void configure(Config config) {
        if (config.has("axis")) {
            axis(config.integer("axis"));
        }
        if (config.has("momentum")) {
            momentum(config.number("momentum"));
        }
        super.configure(config);
        if (config.has("moving_mean_initializer")) {
            movingMeanInitializer(initializer(config, "moving_mean_initializer"));
        }
        if (config.has("moving_variance_initializer")) {
            movingVarianceInitializer(initializer(config, "moving_variance_initializer"));
        }
        // Without renorm, its clipping and momentum are not used; on one machine, synchronized changes nothing.
        if (config.has("renorm") && config.truth("renorm")) {
            throw new IllegalArgumentException(
                    "%s: renorm=true is not offered; leave it out or set it to false".formatted(label()));
        }
    }

    private static Initializer initializer(Config config, String setting) {
        return config.object(setting, Initializers::fromConfig);
    }
}
