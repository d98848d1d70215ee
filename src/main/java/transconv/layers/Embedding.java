package transconv.layers;

import java.util.stream.IntStream;
import transconv.config.Config;
import transconv.ops.Gather;
import transconv.ops.Parameter;
import transconv.ops.Value;
import transconv.shape.Shape;

/**
 * A learned vector for each of some numbers: a class's for a conditional GAN, a word's. Input (any axes), whole numbers
 * from 0 to inputDim - 1; output (axes..., outputDim); weight embeddings (inputDim, outputDim). A number outside, or
 * with a fraction, fails when the model runs; Keras cuts fractions off, and counts negative numbers from the end.
 * Source: Keras 3, {@code Embedding}, without masks and LoRA.
 *
 * <pre>{@code
 * Layer layer = Layers.embedding(10, 50);
 * System.out.println(layer.outputShape(Shape.of(1))); // (1, 50)
 * }</pre>
 */
public final class Embedding extends Layer {

    /** Above it, floats cannot tell whole numbers apart. */
    private static final int MOST = 1 << 24;

    private final int inputDim;
    private final int outputDim;
    private final WeightSettings settings = new WeightSettings("embeddings", Initializers.named("uniform"));
    private Parameter embeddings;

    /**
     * @param inputDim  how many numbers there are, from 1 to 16,777,216, since data is float32
     * @param outputDim the vectors' length, at least 1
     * @throws IllegalArgumentException if one is outside
     */
    public Embedding(int inputDim, int outputDim) {
        this.inputDim = atLeast(1, "inputDim", inputDim);
        this.outputDim = atLeast(1, "outputDim", outputDim);
        if (inputDim > MOST) {
            throw new IllegalArgumentException(
                    "embedding: inputDim=%d must be at most %d: data is float32, which cannot tell larger numbers apart"
                            .formatted(inputDim, MOST));
        }
    }

    /** Default uniform, which draws from -0.05 to 0.05. */
    public Embedding embeddingsInitializer(Initializer initializer) {
        requireUnbuilt("embeddingsInitializer");
        settings.initializer(initializer);
        return this;
    }

    /** By Keras' name: {@code "normal"}. */
    public Embedding embeddingsInitializer(String name) {
        return embeddingsInitializer(Initializers.named(name));
    }

    /** Penalty on the vectors; default none. */
    public Embedding embeddingsRegularizer(Regularizer regularizer) {
        requireUnbuilt("embeddingsRegularizer");
        settings.regularizer(regularizer);
        return this;
    }

    /** By Keras' name: {@code "l2"}. */
    public Embedding embeddingsRegularizer(String name) {
        return embeddingsRegularizer(Regularizers.named(name));
    }

    /** What the vectors are brought back to after each step; default nothing. */
    public Embedding embeddingsConstraint(Constraint constraint) {
        requireUnbuilt("embeddingsConstraint");
        settings.constraint(constraint);
        return this;
    }

    /** By Keras' name: {@code "max_norm"}. */
    public Embedding embeddingsConstraint(String name) {
        return embeddingsConstraint(Constraints.named(name));
    }

    /** Penalty on the output; default none. */
    public Embedding activityRegularizer(Regularizer regularizer) {
        setActivityRegularizer(regularizer);
        return this;
    }

    /** By Keras' name. */
    public Embedding activityRegularizer(String name) {
        return activityRegularizer(Regularizers.named(name));
    }

    /**
     * Keras' masking of the number 0, which is not offered.
     *
     * @throws IllegalArgumentException if it is true
     */
    public Embedding maskZero(boolean maskZero) {
        requireUnbuilt("maskZero");
        if (maskZero) {
            throw new IllegalArgumentException(
                    "%s: maskZero=true must be false: no layer here reads masks, and 0 is a number like others"
                            .formatted(label()));
        }
        return this;
    }

    @Override
    public Embedding name(String name) {
        super.name(name);
        return this;
    }

    @Override
    public Shape outputShape(Shape inputShape) {
        return Shape.of(IntStream.concat(IntStream.of(inputShape.toArray()), IntStream.of(outputDim))
                .toArray());
    }

    @Override
    protected void makeWeights(Shape inputShape) {
        embeddings = addWeight("embeddings", Shape.of(inputDim, outputDim), settings);
    }

    @Override
    protected Value lower(Value input, Pass pass) {
        return input.graph().apply(new Gather(), input.graph().parameter(embeddings), input);
    }

    @Override
    protected void describe(Config config) {
        config.with("input_dim", inputDim).with("output_dim", outputDim);
        settings.describe(config);
        config.with("mask_zero", false).with("quantization_config", null);
    }

    @Override
    protected void configure(Config config) {
        settings.configure(config);
        if (config.has("mask_zero")) {
            maskZero(config.truth("mask_zero"));
        }
        if (config.has("quantization_config")) {
            throw new IllegalArgumentException("%s: quantization_config=%s must be null: weights here are float32 only"
                    .formatted(label(), config.values().get("quantization_config")));
        }
    }
}
