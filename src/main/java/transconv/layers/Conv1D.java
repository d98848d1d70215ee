package transconv.layers;

import transconv.config.Config;
import transconv.shape.Axis;
import transconv.shape.Padding;

/**
 * 1-D convolution: each output value is the sum of a window of the input times the kernel. Input (steps, channels),
 * output (steps', filters), kernel (kernel size, channels / groups, filters). Source: Keras 3, {@code Conv1D}; explicit
 * padding and {@link Rule} are ours.
 *
 * <pre>{@code
 * Layer layer = Layers.conv1D(8, 3).padding(Padding.SAME).activation(Activation.RELU);
 * System.out.println(layer.outputShape(Shape.of(100, 2))); // (100, 8)
 * }</pre>
 */
public final class Conv1D extends ConvolutionLayer<Conv1D> {

    private boolean causal;

    /**
     * @param filters    output channels, at least 1
     * @param kernelSize one number; at least 1
     * @throws IllegalArgumentException if a number is out of range
     */
    public Conv1D(int filters, int... kernelSize) {
        super(1, filters, kernelSize);
    }

    /**
     * Keras' padding "causal": zeros before the input alone, so that no output looks ahead; ceil(steps / strides)
     * outputs.
     */
    public Conv1D causal() {
        padding(Padding.VALID);
        causal = true;
        return this;
    }

    @Override
    public Conv1D padding(Padding padding) {
        causal = false;
        return super.padding(padding);
    }

    @Override
    public Conv1D padding(int[] begin, int[] end) {
        causal = false;
        return super.padding(begin, end);
    }

    @Override
    AxisArguments arguments(int axis, int size) {
        AxisArguments arguments = super.arguments(axis, size);
        return causal
                ? arguments.padded(Axis.extent(arguments.kernelSize(), arguments.dilationRate()) - 1, 0)
                : arguments;
    }

    @Override
    String paddingName() {
        return causal ? "causal" : super.paddingName();
    }

    @Override
    void configurePadding(Config config) {
        if (config.text("padding").equals("causal")) {
            causal();
        } else {
            super.configurePadding(config);
        }
    }
}
