package transconv.layers;

import transconv.ops.Ops;
import transconv.ops.Value;
import transconv.shape.Shape;

/**
 * Space to depth, what undoes {@link PixelShuffle}: blocks of positions become blocks of channels. Input
 * (downscaleFactor · axes..., C), one to three axes, output (axes..., downscaleFactor^axes · C). Source: TensorFlow,
 * {@code space_to_depth}; PyTorch, {@code PixelUnshuffle}.
 *
 * <pre>{@code
 * Layer layer = Layers.pixelUnshuffle(2);
 * System.out.println(layer.outputShape(Shape.of(14, 10, 8))); // (7, 5, 32)
 * }</pre>
 */
public final class PixelUnshuffle extends PixelLayer<PixelUnshuffle> {

    /**
     * @param downscaleFactor input steps an output step, along each axis; at least 1
     * @throws IllegalArgumentException if it is below 1
     */
    public PixelUnshuffle(int downscaleFactor) {
        super("downscaleFactor", downscaleFactor);
    }

    @Override
    Shape channelsLastShape(Shape inputShape) {
        int[] sizes = inputShape.toArray();
        int axes = sizes.length - 1;
        for (int axis = 0; axis < axes; axis++) {
            if (sizes[axis] % factor() != 0) {
                throw new IllegalArgumentException(
                        "input size %d is no multiple of downscaleFactor=%d; pad or crop before, or change the factor"
                                .formatted(sizes[axis], factor()));
            }
            sizes[axis] /= factor();
        }
        sizes[axes] = Math.multiplyExact(sizes[axes], blocks(axes));
        return Shape.of(sizes);
    }

    @Override
    Value lowerChannelsLast(Value input) {
        Shape output = channelsLastShape(input.shape().from(1));
        Shape blockwise = blockwise(output.prepend(input.shape().size(0)));
        int[] order = interleaving(output.rank() - 1);
        int[] interleaved = new int[order.length];
        int[] inverse = new int[order.length];
        for (int axis = 0; axis < order.length; axis++) {
            interleaved[axis] = blockwise.size(order[axis]);
            inverse[order[axis]] = axis;
        }
        Value split = Ops.reshape(input, Shape.of(interleaved));
        return reshaped(Ops.transpose(split, inverse), output);
    }
}
