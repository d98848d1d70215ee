package transconv.layers;

import transconv.ops.Ops;
import transconv.ops.Value;
import transconv.shape.Shape;

/**
 * Depth to space: blocks of channels become blocks of positions, which makes a sub-pixel convolution of the convolution
 * before it. Input (axes..., upscaleFactor^axes · C), one to three axes, output (upscaleFactor · axes..., C). Source:
 * Shi et al. (2016), "Real-time single image and video super-resolution using an efficient sub-pixel convolutional
 * neural network"; TensorFlow, {@code depth_to_space}; PyTorch, {@code PixelShuffle}.
 *
 * <pre>{@code
 * Layer layer = Layers.pixelShuffle(2);
 * System.out.println(layer.outputShape(Shape.of(7, 5, 32))); // (14, 10, 8)
 * }</pre>
 */
public final class PixelShuffle extends PixelLayer<PixelShuffle> {

    /**
     * @param upscaleFactor output steps an input step, along each axis; at least 1
     * @throws IllegalArgumentException if it is below 1
     */
    public PixelShuffle(int upscaleFactor) {
        super("upscaleFactor", upscaleFactor);
    }

    @Override
    Shape channelsLastShape(Shape inputShape) {
        int axes = inputShape.rank() - 1;
        int blocks = blocks(axes);
        if (inputShape.last() % blocks != 0) {
            throw new IllegalArgumentException(
                    "%d channels are no multiple of upscaleFactor^%d=%d; change the channels or upscaleFactor=%d"
                            .formatted(inputShape.last(), axes, blocks, factor()));
        }
        int[] sizes = inputShape.toArray();
        for (int axis = 0; axis < axes; axis++) {
            sizes[axis] = Math.multiplyExact(sizes[axis], factor());
        }
        sizes[axes] /= blocks;
        return Shape.of(sizes);
    }

    @Override
    Value lowerChannelsLast(Value input) {
        Shape small = input.shape();
        Value blocks = Ops.reshape(input, blockwise(small));
        return reshaped(Ops.transpose(blocks, interleaving(small.rank() - 2)), channelsLastShape(small.from(1)));
    }
}
