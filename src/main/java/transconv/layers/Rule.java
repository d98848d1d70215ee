package transconv.layers;

/**
 * Whose rule holds where Keras, PyTorch and ONNX differ: in what they allow and in the size of the output. It touches
 * neither the kernel's layout nor the initializers; those stay Keras'.
 *
 * <pre>{@code
 * Layer layer = Layers.conv1DTranspose(4, 3).strides(2).dilationRate(2).rule(Rule.PYTORCH);
 * System.out.println(layer.outputShape(Shape.of(5, 2))); // (13, 4)
 * }</pre>
 */
public enum Rule {
    /**
     * Keras 3: strides and dilationRate are not both above 1, but in depthwise layers; outputPadding below strides, and
     * chosen by the layer where unset.
     */
    KERAS,
    /**
     * PyTorch 2: strides and dilationRate together; outputPadding below the larger of strides and dilationRate, 0 where
     * unset; no padding SAME in transposed convolutions, nor with strides above 1.
     */
    PYTORCH,
    /**
     * ONNX operators, version 11 and later: strides and dilationRate together; outputPadding as PyTorch's; padding SAME
     * means SAME_UPPER; an outputSize of a transposed convolution decides the padding.
     */
    ONNX
}
