package transconv.layers;

/**
 * In which order the values of a block of positions lie along the channels, for {@link PixelShuffle} and its inverse.
 * An axis of r · r · C channels is read as three axes.
 *
 * <pre>{@code
 * Layer layer = Layers.pixelShuffle(2).channelOrder(ChannelOrder.PYTORCH);
 * System.out.println(layer.outputShape(Shape.of(4, 3, 12))); // (8, 6, 3)
 * }</pre>
 */
public enum ChannelOrder {
    /** (row of the block, column of the block, C): TensorFlow's {@code depth_to_space}, ONNX' mode DCR. */
    TENSORFLOW,
    /** (C, row of the block, column of the block): {@code torch.nn.PixelShuffle}, ONNX' mode CRD. */
    PYTORCH
}
