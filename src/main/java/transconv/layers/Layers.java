package transconv.layers;

import transconv.ops.Activation;

/**
 * The layers by short names, to be imported statically so that a model reads as it does in Keras. Closed choices are
 * {@code Padding} and {@code Activation} constants.
 *
 * <pre>{@code
 * Layer layer = Layers.conv2DTranspose(16, 3).strides(2);
 * System.out.println(layer.outputShape(Shape.of(4, 4, 1))); // (9, 9, 16)
 * }</pre>
 */
public final class Layers {

    private Layers() {}

    /** The model's input shape, without the batch axis. */
    public static Input input(int... shape) {
        return new Input(shape);
    }

    public static Conv1D conv1D(int filters, int... kernelSize) {
        return new Conv1D(filters, kernelSize);
    }

    public static Conv1DTranspose conv1DTranspose(int filters, int... kernelSize) {
        return new Conv1DTranspose(filters, kernelSize);
    }

    public static Conv2D conv2D(int filters, int... kernelSize) {
        return new Conv2D(filters, kernelSize);
    }

    public static Conv2DTranspose conv2DTranspose(int filters, int... kernelSize) {
        return new Conv2DTranspose(filters, kernelSize);
    }

    public static Conv3D conv3D(int filters, int... kernelSize) {
        return new Conv3D(filters, kernelSize);
    }

    public static Conv3DTranspose conv3DTranspose(int filters, int... kernelSize) {
        return new Conv3DTranspose(filters, kernelSize);
    }

    public static DepthwiseConv2D depthwiseConv2D(int... kernelSize) {
        return new DepthwiseConv2D(kernelSize);
    }

    public static SeparableConv2D separableConv2D(int filters, int... kernelSize) {
        return new SeparableConv2D(filters, kernelSize);
    }

    public static Dense dense(int units) {
        return new Dense(units);
    }

    public static Reshape reshape(int... targetShape) {
        return new Reshape(targetShape);
    }

    public static Flatten flatten() {
        return new Flatten();
    }

    public static ActivationLayer activation(Activation activation) {
        return new ActivationLayer(activation);
    }

    /** By Keras' name: {@code "relu"}. */
    public static ActivationLayer activation(String name) {
        return new ActivationLayer(name);
    }

    public static ELU elu() {
        return new ELU();
    }

    public static ELU elu(double alpha) {
        return new ELU(alpha);
    }

    public static LeakyReLU leakyRelu() {
        return new LeakyReLU();
    }

    public static LeakyReLU leakyRelu(double negativeSlope) {
        return new LeakyReLU(negativeSlope);
    }

    public static PReLU prelu() {
        return new PReLU();
    }

    public static ReLU relu() {
        return new ReLU();
    }

    /** @param axis over which to sum; none given means the last */
    public static Softmax softmax(int... axis) {
        return new Softmax(axis);
    }
}
