package transconv.layers;

/**
 * 2-D convolution: each output value is the sum of a window of the input times the kernel. Input (height, width,
 * channels), output (height', width', filters), kernel (kernel height, kernel width, channels / groups, filters).
 * Source: Keras 3, {@code Conv2D}; explicit padding and {@link Rule} are ours.
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
}
