package transconv.layers;

import java.util.Arrays;
import java.util.List;
import transconv.ops.Op;
import transconv.ops.TransposedConvolution;
import transconv.shape.Axis;
import transconv.shape.Geometry;
import transconv.shape.KerasRule;
import transconv.shape.Padding;
import transconv.shape.Shape;

/**
 * 2-D transposed convolution: each input value stamps the kernel, scaled by it, onto the output, {@code strides} apart. Input
 * (height, width, channels), output (height', width', filters), kernel (kernel height, kernel width, filters, channels), as
 * Keras lays it out. Source: Keras 3, {@code Conv2DTranspose}.
 *
 * <pre>{@code
 * Layer layer = Layers.conv2DTranspose(8, 3).strides(2).padding(Padding.SAME).activation(Activation.RELU);
 * System.out.println(layer.outputShape(Shape.of(7, 7, 16))); // (14, 14, 8)
 * }</pre>
 */
public final class Conv2DTranspose extends ConvolutionLayer<Conv2DTranspose> {

    private int[] outputPadding;

    /**
     * @param filters    output channels, at least 1
     * @param kernelSize one number, or height and width; at least 1
     * @throws IllegalArgumentException if a number is out of range
     */
    public Conv2DTranspose(int filters, int... kernelSize) {
        super(2, filters, kernelSize);
    }

    /** {@code conv2d_transpose}. */
    @Override
    public String baseName() {
        return "conv2d_transpose";
    }

    /**
     * Rows and columns added at the end of the output: it tells apart the output sizes that a convolution with these strides would map to
     * the input's size. One number, or height and width; 0 to strides - 1. Left unset, Keras' rule chooses.
     */
    public Conv2DTranspose outputPadding(int... outputPadding) {
        this.outputPadding = perAxis(2, 0, "outputPadding", outputPadding);
        return this;
    }

    @Override
    protected void checkArguments() {
        super.checkArguments();
        int[] strides = strides();
        for (int axis = 0; axis < 2 && outputPadding != null; axis++) {
            if (outputPadding[axis] >= strides[axis]) {
                throw new IllegalArgumentException("outputPadding=%s must be below strides=%s on every axis; lower it or leave it unset"
                        .formatted(Arrays.toString(outputPadding), Arrays.toString(strides)));
            }
        }
    }

    @Override
    protected Axis axis(int index, int size, int kernelSize, int strides, int dilationRate, Padding padding) {
        int added = outputPadding == null ? KerasRule.AUTOMATIC : outputPadding[index];
        return KerasRule.transposedConvolution(size, kernelSize, strides, dilationRate, padding, added);
    }

    @Override
    protected Geometry geometry(List<Axis> axes, int inputChannels, int filters) {
        return new Geometry(axes, filters, inputChannels, 1);
    }

    @Override
    protected Op op(Geometry geometry) {
        return new TransposedConvolution(geometry);
    }

    @Override
    protected Shape output(Geometry geometry) {
        return geometry.large(1);
    }
}
