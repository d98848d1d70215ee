package transconv.layers;

/**
 * 2-D transposed convolution: each input value stamps the kernel, scaled by it, onto the output, {@code strides} apart.
 * Input (height, width, channels), output (height', width', filters), kernel (kernel height, kernel width, filters /
 * groups, channels), as Keras lays it out. Source: Keras 3, {@code Conv2DTranspose}; {@code groups} (Keras has none
 * here), explicit padding, outputSize and {@link Rule} are ours, and mean what they mean in PyTorch: group g joins the
 * g-th block of filters with the g-th block of channels. PyTorch's weight (channels, filters / groups, kernel height,
 * kernel width) is this kernel with the two channel axes reversed and last.
 *
 * <pre>{@code
 * Layer layer = Layers.conv2DTranspose(8, 3).strides(2).padding(Padding.SAME).activation(Activation.RELU);
 * System.out.println(layer.outputShape(Shape.of(7, 7, 16))); // (14, 14, 8)
 * }</pre>
 */
public final class Conv2DTranspose extends TransposedConvolutionLayer<Conv2DTranspose> {

    /**
     * @param filters    output channels, at least 1
     * @param kernelSize one number, or height and width; at least 1
     * @throws IllegalArgumentException if a number is out of range
     */
    public Conv2DTranspose(int filters, int... kernelSize) {
        super(2, filters, kernelSize);
    }
}
