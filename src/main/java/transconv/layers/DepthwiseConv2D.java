package transconv.layers;

import transconv.ops.Value;
import transconv.shape.Shape;

/**
 * 2-D depthwise convolution: each channel is convolved by itself, with depthMultiplier kernels of its own. Input
 * (height, width, channels), output (height', width', channels * depthMultiplier), where the filters of a channel stand
 * together, kernel (kernel height, kernel width, channels, depthMultiplier). Source: Keras 3, {@code DepthwiseConv2D};
 * explicit padding and {@link Rule} are ours.
 *
 * <pre>{@code
 * Layer layer = Layers.depthwiseConv2D(3).depthMultiplier(2);
 * System.out.println(layer.outputShape(Shape.of(28, 28, 8))); // (26, 26, 16)
 * }</pre>
 */
public final class DepthwiseConv2D extends DepthwiseLayer<DepthwiseConv2D> {

    /**
     * @param kernelSize one number, or height and width; at least 1
     * @throws IllegalArgumentException if a number is out of range
     */
    public DepthwiseConv2D(int... kernelSize) {
        super(2, kernelSize);
    }

    @Override
    Shape channelsLastShape(Shape inputShape) {
        return depthwise(inputShape).small(1).from(1);
    }

    @Override
    void makeChannelsLastWeights(Shape inputShape) {
        makeDepthwiseKernel("kernel", inputShape);
        makeBias(channelsLastShape(inputShape).last());
    }

    @Override
    Value lowerChannelsLast(Value input, Pass pass) {
        return finish(depthwise(input));
    }
}
