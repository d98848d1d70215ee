package transconv.layers;

import java.util.List;
import transconv.ops.Convolution;
import transconv.ops.Op;
import transconv.shape.Axis;
import transconv.shape.Geometry;
import transconv.shape.KerasRule;
import transconv.shape.Padding;
import transconv.shape.Shape;

/**
 * 2-D convolution: each output value is the sum of a window of the input times the kernel. Input (height, width, channels), output
 * (height', width', filters), kernel (kernel height, kernel width, channels, filters). Source: Keras 3, {@code Conv2D}.
 *
 * <pre>{@code
 * Layer layer = Layers.conv2D(8, 3).padding(Padding.SAME).activation(Activation.RELU);
 * System.out.println(layer.outputShape(Shape.of(28, 28, 1))); // (28, 28, 8)
 * }</pre>
 */
public final class Conv2D extends ConvolutionLayer<Conv2D> {

    /**
     * @param filters    output channels, at least 1
     * @param kernelSize one number, or height and width; at least 1
     * @throws IllegalArgumentException if a number is out of range
     */
    public Conv2D(int filters, int... kernelSize) {
        super(2, filters, kernelSize);
    }

    /** {@code conv2d}: Keras keeps the name in one piece. */
    @Override
    public String baseName() {
        return "conv2d";
    }

    @Override
    protected Axis axis(int index, int size, int kernelSize, int strides, int dilationRate, Padding padding) {
        return KerasRule.convolution(size, kernelSize, strides, dilationRate, padding);
    }

    @Override
    protected Geometry geometry(List<Axis> axes, int inputChannels, int filters) {
        return new Geometry(axes, inputChannels, filters, 1);
    }

    @Override
    protected Op op(Geometry geometry) {
        return new Convolution(geometry);
    }

    @Override
    protected Shape output(Geometry geometry) {
        return geometry.small(1);
    }
}
