package transconv.layers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import transconv.ops.Activate;
import transconv.ops.Activation;
import transconv.ops.AddBias;
import transconv.ops.Op;
import transconv.ops.Parameter;
import transconv.ops.Value;
import transconv.shape.Axis;
import transconv.shape.Geometry;
import transconv.shape.Padding;
import transconv.shape.Shape;

/**
 * What convolutions and transposed convolutions have in common: the arguments, the kernel and the bias. Input (axes..., channels).
 *
 * @param <T> the layer's own class, so that its setters chain
 */
public abstract class ConvolutionLayer<T extends ConvolutionLayer<T>> extends Layer {

    private final int filters;
    private final int[] kernelSize;
    private int[] strides;
    private int[] dilationRate;
    private Padding padding = Padding.VALID;
    private Activation activation = Activation.LINEAR;
    private boolean useBias = true;
    private Initializer kernelInitializer = Initializers.glorotUniform();
    private Initializer biasInitializer = Initializers.zeros();
    private Parameter kernel;
    private Parameter bias;

    /** @param kernelSize one number for all axes, or one an axis */
    protected ConvolutionLayer(int axes, int filters, int... kernelSize) {
        this.filters = atLeast(1, "filters", filters);
        this.kernelSize = perAxis(axes, 1, "kernelSize", kernelSize);
        this.strides = perAxis(axes, 1, "strides", 1);
        this.dilationRate = perAxis(axes, 1, "dilationRate", 1);
    }

    /** Steps of the larger side a step of the smaller; one number for all axes, or one an axis; default 1. */
    public T strides(int... strides) {
        this.strides = perAxis(kernelSize.length, 1, "strides", strides);
        return self();
    }

    /** Distance of the kernel's taps; one number for all axes, or one an axis; default 1. Not above 1 together with strides. */
    public T dilationRate(int... dilationRate) {
        this.dilationRate = perAxis(kernelSize.length, 1, "dilationRate", dilationRate);
        return self();
    }

    /** Default VALID. */
    public T padding(Padding padding) {
        requireUnbuilt("padding");
        this.padding = padding;
        return self();
    }

    /** Applied to the output; default LINEAR. */
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

    /** Default glorot_uniform. */
    public T kernelInitializer(Initializer initializer) {
        requireUnbuilt("kernelInitializer");
        this.kernelInitializer = initializer;
        return self();
    }

    /** By Keras' name: {@code "he_normal"}. */
    public T kernelInitializer(String name) {
        return kernelInitializer(Initializers.named(name));
    }

    /** Default zeros. */
    public T biasInitializer(Initializer initializer) {
        requireUnbuilt("biasInitializer");
        this.biasInitializer = initializer;
        return self();
    }

    /** By Keras' name. */
    public T biasInitializer(String name) {
        return biasInitializer(Initializers.named(name));
    }

    @Override
    @SuppressWarnings("unchecked")
    public T name(String name) {
        super.name(name);
        return self();
    }

    @SuppressWarnings("unchecked")
    private T self() {
        return (T) this;
    }

    /** Checks of arguments against each other, once all are set. */
    protected void checkArguments() {
        if (Arrays.stream(strides).anyMatch(s -> s > 1) && Arrays.stream(dilationRate).anyMatch(d -> d > 1)) {
            throw new IllegalArgumentException("strides=%s and dilationRate=%s are both above 1; Keras allows only one of them, set the other to 1"
                    .formatted(Arrays.toString(strides), Arrays.toString(dilationRate)));
        }
    }

    /** The strides, one an axis. */
    protected final int[] strides() {
        return strides.clone();
    }

    /** The geometry of one axis for an input's length. */
    protected abstract Axis axis(int index, int size, int kernelSize, int strides, int dilationRate, Padding padding);

    /** The geometry of the whole layer: which side the input is. */
    protected abstract Geometry geometry(List<Axis> axes, int inputChannels, int filters);

    /** The op that takes input and kernel. */
    protected abstract Op op(Geometry geometry);

    /** The output's shape in a geometry, batch axis included. */
    protected abstract Shape output(Geometry geometry);

    @Override
    public Shape outputShape(Shape inputShape) {
        int axes = kernelSize.length;
        if (inputShape.rank() != axes + 1) {
            throw new IllegalArgumentException("input shape %s has %d axes; it needs %d: %s"
                    .formatted(inputShape, inputShape.rank(), axes + 1, axes == 1 ? "(steps, channels)" : axes == 2 ? "(height, width, channels)"
                            : "(depth, height, width, channels)"));
        }
        checkArguments();
        return output(geometry(inputShape)).from(1);
    }

    private Geometry geometry(Shape inputShape) {
        List<Axis> axes = new ArrayList<>();
        for (int i = 0; i < kernelSize.length; i++) {
            axes.add(axis(i, inputShape.size(i), kernelSize[i], strides[i], dilationRate[i], padding));
        }
        return geometry(axes, inputShape.last(), filters);
    }

    @Override
    protected void makeWeights(Shape inputShape) {
        kernel = addWeight("kernel", geometry(inputShape).kernel(), kernelInitializer);
        if (useBias) {
            bias = addWeight("bias", Shape.of(filters), biasInitializer);
        }
    }

    @Override
    public Value lower(Value input) {
        Value output = input.graph().apply(op(geometry(input.shape().from(1))), input, input.graph().parameter(kernel));
        if (useBias) {
            output = input.graph().apply(new AddBias(), output, input.graph().parameter(bias));
        }
        return activation == Activation.LINEAR ? output : input.graph().apply(new Activate(activation), output);
    }

    public int filters() {
        return filters;
    }

    public Padding padding() {
        return padding;
    }

    public Activation activation() {
        return activation;
    }

    /** One number for every axis, checked. */
    protected final int[] perAxis(int axes, int least, String argument, int... values) {
        if (values.length != 1 && values.length != axes) {
            throw new IllegalArgumentException("%s: %s=%s has %d numbers; give one for all axes or %d"
                    .formatted(label(), argument, Arrays.toString(values), values.length, axes));
        }
        int[] each = new int[axes];
        for (int axis = 0; axis < axes; axis++) {
            each[axis] = atLeast(least, argument, values[values.length == 1 ? 0 : axis]);
        }
        return each;
    }
}
