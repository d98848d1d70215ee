package transconv.layers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import transconv.config.Config;
import transconv.ops.Activation;
import transconv.ops.AddBias;
import transconv.ops.Parameter;
import transconv.ops.Value;
import transconv.shape.Axis;
import transconv.shape.Padding;
import transconv.shape.Shape;

/**
 * What all layers with a sliding kernel have in common: the arguments of its way, the bias and the activation. Input
 * (axes..., channels).
 *
 * @param <T> the layer's own class, so that its setters chain
 */
abstract class KernelLayer<T extends KernelLayer<T>> extends SpatialLayer<T> {

    private final int[] kernelSize;
    private int[] strides;
    private int[] dilationRate;
    private Padding padding = Padding.VALID;
    private int[] paddingBegin;
    private int[] paddingEnd;
    private Rule rule = Rule.KERAS;
    private Activation activation = Activation.LINEAR;
    private boolean useBias = true;
    private final WeightSettings biasSettings = new WeightSettings("bias", Initializers.zeros());
    private Parameter bias;

    /** @param kernelSize one number for all axes, or one an axis */
    KernelLayer(int axes, int... kernelSize) {
        super(axes);
        this.kernelSize = perAxis(axes, 1, "kernelSize", kernelSize);
        this.strides = perAxis(axes, 1, "strides", 1);
        this.dilationRate = perAxis(axes, 1, "dilationRate", 1);
        this.paddingBegin = new int[axes];
        this.paddingEnd = new int[axes];
    }

    /** Steps of the larger side a step of the smaller; one number for all axes, or one an axis; default 1. */
    public T strides(int... strides) {
        this.strides = perAxis(axes(), 1, "strides", strides);
        return self();
    }

    /**
     * Distance of the kernel's taps; one number for all axes, or one an axis; default 1. Keras allows it above 1
     * together with strides in depthwise layers alone; see {@link Rule}.
     */
    public T dilationRate(int... dilationRate) {
        this.dilationRate = perAxis(axes(), 1, "dilationRate", dilationRate);
        return self();
    }

    /** Default VALID. */
    public T padding(Padding padding) {
        requireUnbuilt("padding");
        this.padding = padding;
        this.paddingBegin = new int[axes()];
        this.paddingEnd = new int[axes()];
        return self();
    }

    /** Explicit padding, the same on all axes; at least 0. See {@link #padding(int[], int[])}. */
    public T padding(int begin, int end) {
        return padding(new int[] {begin}, new int[] {end});
    }

    /**
     * Explicit padding: zeros before and after a convolution's input; positions that a transposed convolution cuts off
     * its output. Our extension: Keras has only the modes.
     *
     * @param begin one number for all axes, or one an axis; at least 0
     * @param end   likewise
     */
    public T padding(int[] begin, int[] end) {
        this.paddingBegin = perAxis(axes(), 0, "padding begin", begin);
        this.paddingEnd = perAxis(axes(), 0, "padding end", end);
        this.padding = null;
        return self();
    }

    /** Whose rule holds where frameworks differ; default KERAS. */
    public T rule(Rule rule) {
        requireUnbuilt("rule");
        this.rule = rule;
        return self();
    }

    /**
     * Applied to the output; default LINEAR. SOFTMAX, LOG_SOFTMAX and SPARSEMAX are, as in Keras, over the output's
     * last axis, which with CHANNELS_FIRST is not that of the channels.
     */
    public T activation(Activation activation) {
        requireUnbuilt("activation");
        this.activation = activation;
        return self();
    }

    /** Default true. */
    public T useBias(boolean useBias) {
        requireUnbuilt("useBias");
        this.useBias = useBias;
        return self();
    }

    /** By Keras' name: {@code "relu"}. */
    public T activation(String name) {
        return activation(Activation.named(name));
    }

    /** Default zeros. */
    public T biasInitializer(Initializer initializer) {
        requireUnbuilt("biasInitializer");
        biasSettings.initializer(initializer);
        return self();
    }

    /** By Keras' name. */
    public T biasInitializer(String name) {
        return biasInitializer(Initializers.named(name));
    }

    /** Penalty on the bias; default none. */
    public T biasRegularizer(Regularizer regularizer) {
        requireUnbuilt("biasRegularizer");
        biasSettings.regularizer(regularizer);
        return self();
    }

    /** By Keras' name. */
    public T biasRegularizer(String name) {
        return biasRegularizer(Regularizers.named(name));
    }

    /** What the bias is brought back to after each step; default nothing. */
    public T biasConstraint(Constraint constraint) {
        requireUnbuilt("biasConstraint");
        biasSettings.constraint(constraint);
        return self();
    }

    /** By Keras' name. */
    public T biasConstraint(String name) {
        return biasConstraint(Constraints.named(name));
    }

    /** Penalty on the output; default none. */
    public T activityRegularizer(Regularizer regularizer) {
        setActivityRegularizer(regularizer);
        return self();
    }

    /** By Keras' name. */
    public T activityRegularizer(String name) {
        return activityRegularizer(Regularizers.named(name));
    }

    /** Checks of arguments against each other, once all are set. */
    void checkArguments() {
        if (!takesStridesWithDilation() && anyAboveOne(strides) && anyAboveOne(dilationRate)) {
            throw new IllegalArgumentException(
                    ("strides=%s and dilationRate=%s are both above 1; Keras allows only one of them, set the other to"
                                    + " 1 or take rule(Rule.PYTORCH) or rule(Rule.ONNX), which allow both")
                            .formatted(Arrays.toString(strides), Arrays.toString(dilationRate)));
        }
        if (rule == Rule.PYTORCH && padding == Padding.SAME && anyAboveOne(strides)) {
            throw new IllegalArgumentException(("padding=SAME with strides=%s: PyTorch has it for strides of 1 alone;"
                            + " use padding(begin, end) or rule(Rule.KERAS)")
                    .formatted(Arrays.toString(strides)));
        }
    }

    /** Whether strides and dilationRate may both be above 1. */
    boolean takesStridesWithDilation() {
        return rule != Rule.KERAS;
    }

    private static boolean anyAboveOne(int[] each) {
        return Arrays.stream(each).anyMatch(number -> number > 1);
    }

    final int[] kernelSize() {
        return kernelSize.clone();
    }

    final int[] strides() {
        return strides.clone();
    }

    final int[] dilationRate() {
        return dilationRate.clone();
    }

    final Rule rule() {
        return rule;
    }

    /** The arguments of one axis for an input's length. */
    AxisArguments arguments(int axis, int size) {
        return new AxisArguments(
                size,
                kernelSize[axis],
                strides[axis],
                dilationRate[axis],
                padding,
                paddingBegin[axis],
                paddingEnd[axis]);
    }

    /** The geometry of one axis for an input's length. */
    Axis axis(int axis, int size) {
        return arguments(axis, size).convolution();
    }

    /** The geometry of all axes for an input. */
    final List<Axis> axes(Shape inputShape) {
        checkArguments();
        List<Axis> axes = new ArrayList<>();
        for (int axis = 0; axis < axes(); axis++) {
            axes.add(axis(axis, inputShape.size(axis)));
        }
        return axes;
    }

    /** Makes the bias, if there is one; after the kernels, as in Keras. */
    final void makeBias(int channels) {
        if (useBias) {
            bias = addWeight("bias", Shape.of(channels), biasSettings);
        }
    }

    /** Bias and activation. */
    final Value finish(Value sums) {
        Value output =
                useBias ? sums.graph().apply(new AddBias(), sums, sums.graph().parameter(bias)) : sums;
        return activated(output, activation);
    }

    /** The padding mode, or null where numbers were given. */
    public Padding padding() {
        return padding;
    }

    public Activation activation() {
        return activation;
    }

    @Override
    protected void describe(Config config) {
        super.describe(config);
        config.with("kernel_size", kernelSize)
                .with("strides", strides)
                .with("dilation_rate", dilationRate)
                .with("padding", padding == null ? "explicit" : paddingName())
                .with("activation", activation)
                .with("use_bias", useBias);
        biasSettings.describe(config);
        if (padding == null) {
            config.with("padding_begin", paddingBegin).with("padding_end", paddingEnd);
        }
        if (rule != Rule.KERAS) {
            config.with("rule", rule);
        }
    }

    /** As Keras' argument has it. */
    String paddingName() {
        return padding.name().toLowerCase(Locale.ROOT);
    }

    @Override
    protected void configure(Config config) {
        super.configure(config);
        if (config.has("strides")) {
            strides(config.integers("strides"));
        }
        if (config.has("dilation_rate")) {
            dilationRate(config.integers("dilation_rate"));
        }
        if (config.has("padding")) {
            configurePadding(config);
        }
        if (config.has("activation")) {
            activation(config.text("activation", Activation::named));
        }
        if (config.has("use_bias")) {
            useBias(config.truth("use_bias"));
        }
        if (config.has("rule")) {
            rule(config.choice("rule", Rule.class));
        }
        biasSettings.configure(config);
    }

    void configurePadding(Config config) {
        if (config.text("padding").equals("explicit")) {
            padding(config.integers("padding_begin"), config.integers("padding_end"));
        } else {
            padding(config.choice("padding", Padding.class));
        }
    }
}
