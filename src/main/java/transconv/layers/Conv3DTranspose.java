package transconv.layers;

/**
 * 3-D transposed convolution: each input value stamps the kernel, scaled by it, onto the output, {@code strides} apart.
 * Input (depth, height, width, channels), output (depth', height', width', filters), kernel (kernel depth, kernel
 * height, kernel width, filters / groups, channels), as Keras lays it out. Source: Keras 3, {@code Conv3DTranspose};
 * {@code groups} (Keras has none here), explicit padding, outputSize and {@link Rule} are ours, and mean what they mean
 * in PyTorch: group g joins the g-th block of filters with the g-th block of channels. PyTorch's weight (channels,
 * filters / groups, kernel depth, kernel height, kernel width) is this kernel with the two channel axes reversed and
 * last.
 *
 * <pre>{@code
 * Layer layer = Layers.conv3DTranspose(8, 2).strides(2).activation(Activation.RELU);
 * System.out.println(layer.outputShape(Shape.of(4, 4, 3, 16))); // (8, 8, 6, 8)
 * }</pre>
 */
public final class Conv3DTranspose extends TransposedConvolutionLayer<Conv3DTranspose> {

    /**
     * @param filters    output channels, at least 1
     * @param kernelSize one number, or depth, height and width; at least 1
     * @throws IllegalArgumentException if a number is out of range
     */
    public Conv3DTranspose(int filters, int... kernelSize) {
        super(3, filters, kernelSize);
    }
}
