package transconv.layers;

/**
 * 1-D transposed convolution: each input value stamps the kernel, scaled by it, onto the output, {@code strides} apart.
 * Input (steps, channels), output (steps', filters), kernel (kernel size, filters / groups, channels), as Keras lays it
 * out. Source: Keras 3, {@code Conv1DTranspose}; {@code groups} (Keras has none here), explicit padding, outputSize and
 * {@link Rule} are ours, and mean what they mean in PyTorch: group g joins the g-th block of filters with the g-th
 * block of channels. PyTorch's weight (channels, filters / groups, kernel size) is this kernel with the two channel
 * axes reversed and last.
 *
 * <pre>{@code
 * Layer layer = Layers.conv1DTranspose(8, 4).strides(2).padding(1, 1);
 * System.out.println(layer.outputShape(Shape.of(50, 16))); // (100, 8)
 * }</pre>
 */
public final class Conv1DTranspose extends TransposedConvolutionLayer<Conv1DTranspose> {

    /**
     * @param filters    output channels, at least 1
     * @param kernelSize one number; at least 1
     * @throws IllegalArgumentException if a number is out of range
     */
    public Conv1DTranspose(int filters, int... kernelSize) {
        super(1, filters, kernelSize);
    }
}
