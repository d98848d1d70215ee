package transconv.layers;

/**
 * 3-D convolution: each output value is the sum of a window of the input times the kernel. Input (depth, height, width,
 * channels), output (depth', height', width', filters), kernel (kernel depth, kernel height, kernel width, channels /
 * groups, filters). Source: Keras 3, {@code Conv3D}; explicit padding and {@link Rule} are ours.
 *
 * <pre>{@code
 * Layer layer = Layers.conv3D(8, 3).strides(2).activation(Activation.RELU);
 * System.out.println(layer.outputShape(Shape.of(9, 9, 7, 1))); // (4, 4, 3, 8)
 * }</pre>
 */
public final class Conv3D extends ConvolutionLayer<Conv3D> {

    /**
     * @param filters    output channels, at least 1
     * @param kernelSize one number, or depth, height and width; at least 1
     * @throws IllegalArgumentException if a number is out of range
     */
    public Conv3D(int filters, int... kernelSize) {
        super(3, filters, kernelSize);
    }
}
