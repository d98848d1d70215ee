package transconv.layers;

import java.util.List;
import java.util.function.BiConsumer;
import transconv.ops.Activation;
import transconv.ops.Choice;
import transconv.shape.Padding;

/** Setters of layers with random values, for {@link RandomLayers}. */
final class LayerArguments {

    /** One setter, with a value of the choice's. */
    record Argument(String name, BiConsumer<Layer, Choice> set) {}

    private static Argument kernel(String name, BiConsumer<KernelLayer<?>, Choice> set) {
        return new Argument(name, (layer, choice) -> set.accept((KernelLayer<?>) layer, choice));
    }

    private static Argument convolution(String name, BiConsumer<ConvolutionLayer<?>, Choice> set) {
        return new Argument(name, (layer, choice) -> set.accept((ConvolutionLayer<?>) layer, choice));
    }

    private static Argument transposed(String name, BiConsumer<TransposedConvolutionLayer<?>, Choice> set) {
        return new Argument(name, (layer, choice) -> set.accept((TransposedConvolutionLayer<?>) layer, choice));
    }

    private static Argument depthwise(String name, BiConsumer<DepthwiseLayer<?>, Choice> set) {
        return new Argument(name, (layer, choice) -> set.accept((DepthwiseLayer<?>) layer, choice));
    }

    private static Argument separable(String name, BiConsumer<SeparableConv2D, Choice> set) {
        return new Argument(name, (layer, choice) -> set.accept((SeparableConv2D) layer, choice));
    }

    private static Argument dense(String name, BiConsumer<Dense, Choice> set) {
        return new Argument(name, (layer, choice) -> set.accept((Dense) layer, choice));
    }

    private static Argument prelu(String name, BiConsumer<PReLU, Choice> set) {
        return new Argument(name, (layer, choice) -> set.accept((PReLU) layer, choice));
    }

    private static Argument relu(String name, BiConsumer<ReLU, Choice> set) {
        return new Argument(name, (layer, choice) -> set.accept((ReLU) layer, choice));
    }

    private static Argument pooling(String name, BiConsumer<PoolingLayer<?>, Choice> set) {
        return new Argument(name, (layer, choice) -> set.accept((PoolingLayer<?>) layer, choice));
    }

    static final List<Argument> EVERY = List.of(
            new Argument("name", (layer, c) -> layer.name(c.of("one", "two_3"))),
            new Argument("trainable", (layer, c) -> layer.trainable(false)));

    static final List<Argument> SPATIAL = List.of(
            new Argument("dataFormat", (layer, c) -> ((SpatialLayer<?>) layer).dataFormat(DataFormat.CHANNELS_FIRST)));

    static final List<Argument> KERNEL = List.of(
            kernel("strides", (layer, c) -> layer.strides(2 + c.below(2))),
            kernel("dilationRate", (layer, c) -> layer.dilationRate(2)),
            kernel("padding", (layer, c) -> layer.padding(Padding.SAME)),
            kernel("explicitPadding", (layer, c) -> layer.padding(c.below(3), c.below(3))),
            kernel("rule", (layer, c) -> layer.rule(c.of(Rule.PYTORCH, Rule.ONNX))),
            kernel("activation", (layer, c) -> layer.activation(c.of(Activation.values()))),
            kernel("useBias", (layer, c) -> layer.useBias(false)),
            kernel("biasInitializer", (layer, c) -> layer.biasInitializer(initializer(c))),
            kernel("biasRegularizer", (layer, c) -> layer.biasRegularizer(regularizer(c))),
            kernel("biasConstraint", (layer, c) -> layer.biasConstraint(constraint(c))),
            kernel("activityRegularizer", (layer, c) -> layer.activityRegularizer(regularizer(c))));

    static final List<Argument> CAUSAL = List.of(new Argument("causal", (layer, c) -> ((Conv1D) layer).causal()));

    static final List<Argument> CONVOLUTION = List.of(
            convolution("groups", (layer, c) -> layer.groups(2)),
            convolution("kernelInitializer", (layer, c) -> layer.kernelInitializer(initializer(c))),
            convolution("kernelRegularizer", (layer, c) -> layer.kernelRegularizer(regularizer(c))),
            convolution("kernelConstraint", (layer, c) -> layer.kernelConstraint(constraint(c))));

    static final List<Argument> TRANSPOSED = List.of(
            transposed("outputPadding", (layer, c) -> layer.outputPadding(c.below(2))),
            transposed("outputSize", (layer, c) -> layer.outputSize(4 + c.below(12))));

    static final List<Argument> DEPTHWISE = List.of(
            depthwise("depthMultiplier", (layer, c) -> layer.depthMultiplier(1 + c.below(3))),
            depthwise("depthwiseInitializer", (layer, c) -> layer.depthwiseInitializer(initializer(c))),
            depthwise("depthwiseRegularizer", (layer, c) -> layer.depthwiseRegularizer(regularizer(c))),
            depthwise("depthwiseConstraint", (layer, c) -> layer.depthwiseConstraint(constraint(c))));

    static final List<Argument> SEPARABLE = List.of(
            separable("pointwiseInitializer", (layer, c) -> layer.pointwiseInitializer(initializer(c))),
            separable("pointwiseRegularizer", (layer, c) -> layer.pointwiseRegularizer(regularizer(c))),
            separable("pointwiseConstraint", (layer, c) -> layer.pointwiseConstraint(constraint(c))));

    static final List<Argument> DENSE = List.of(
            dense("activation", (layer, c) -> layer.activation(c.of(Activation.values()))),
            dense("useBias", (layer, c) -> layer.useBias(false)),
            dense("kernelInitializer", (layer, c) -> layer.kernelInitializer(initializer(c))),
            dense("biasInitializer", (layer, c) -> layer.biasInitializer(initializer(c))),
            dense("kernelRegularizer", (layer, c) -> layer.kernelRegularizer(regularizer(c))),
            dense("biasRegularizer", (layer, c) -> layer.biasRegularizer(regularizer(c))),
            dense("kernelConstraint", (layer, c) -> layer.kernelConstraint(constraint(c))),
            dense("biasConstraint", (layer, c) -> layer.biasConstraint(constraint(c))),
            dense("activityRegularizer", (layer, c) -> layer.activityRegularizer(regularizer(c))));

    static final List<Argument> POOLING = List.of(
            pooling("strides", (layer, c) -> layer.strides(1 + c.below(3))),
            pooling("padding", (layer, c) -> layer.padding(Padding.SAME)));

    static final List<Argument> GLOBAL =
            List.of(new Argument("keepdims", (layer, c) -> ((GlobalPoolingLayer<?>) layer).keepdims(true)));

    static final List<Argument> INTERPOLATION = List.of(
            new Argument(
                    "interpolation", (layer, c) -> ((UpSampling2D) layer).interpolation(c.of(Interpolation.values()))),
            new Argument("coordinateTransformation", (layer, c) -> ((UpSampling2D) layer)
                    .coordinateTransformation(c.of(CoordinateTransformation.values()))));

    static final List<Argument> PIXELS = List.of(
            new Argument(
                    "channelOrder", (layer, c) -> ((PixelLayer<?>) layer).channelOrder(c.of(ChannelOrder.values()))),
            new Argument("dataFormat", (layer, c) -> ((PixelLayer<?>) layer).dataFormat(DataFormat.CHANNELS_FIRST)));

    static final List<Argument> PRELU = List.of(
            prelu("alphaInitializer", (layer, c) -> layer.alphaInitializer(initializer(c))),
            prelu("alphaRegularizer", (layer, c) -> layer.alphaRegularizer(regularizer(c))),
            prelu("alphaConstraint", (layer, c) -> layer.alphaConstraint(constraint(c))),
            prelu("sharedAxes", (layer, c) -> layer.sharedAxes(c.below(2) == 0 ? new int[] {1} : new int[] {1, 2})));

    static final List<Argument> ACTIVATION = List.of(
            relu("maxValue", (layer, c) -> layer.maxValue(c.below(8))),
            relu("negativeSlope", (layer, c) -> layer.negativeSlope(c.below(8) / 8.0)),
            relu("threshold", (layer, c) -> layer.threshold(c.below(8) / 16.0)));

    private LayerArguments() {}

    /** Ones that give the same values again. */
    private static Initializer initializer(Choice c) {
        long seed = c.below(1_000);
        return c.of(
                Initializers.ones(),
                Initializers.constant(c.below(5) - 2),
                Initializers.glorotUniform(seed),
                Initializers.heNormal(seed),
                Initializers.varianceScaling(0.5)
                        .mode(c.of(VarianceScaling.Mode.values()))
                        .distribution(c.of(VarianceScaling.Distribution.values()))
                        .seed(seed),
                Initializers.randomUniform(-0.5, 0.25).seed(seed),
                Initializers.randomNormal(0.5, 0.125).seed(seed),
                Initializers.truncatedNormal(-0.25, 2).seed(seed));
    }

    private static Regularizer regularizer(Choice c) {
        return c.of(Regularizers.l1(0.25), Regularizers.l2(0.5), Regularizers.l1l2(0.125, 0.75));
    }

    private static Constraint constraint(Choice c) {
        return c.of(
                Constraints.nonNeg(),
                Constraints.maxNorm(1.5),
                Constraints.unitNorm(),
                Constraints.minMaxNorm(0.25, 0.75, 0.5).axis(0));
    }
}
