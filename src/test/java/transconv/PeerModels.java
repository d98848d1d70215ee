package transconv;

import static transconv.layers.Layers.batchNormalization;
import static transconv.layers.Layers.conv1D;
import static transconv.layers.Layers.conv2D;
import static transconv.layers.Layers.conv2DTranspose;
import static transconv.layers.Layers.conv3DTranspose;
import static transconv.layers.Layers.dense;
import static transconv.layers.Layers.flatten;
import static transconv.layers.Layers.groupNormalization;
import static transconv.layers.Layers.input;
import static transconv.layers.Layers.maxPooling2D;
import static transconv.layers.Layers.pixelShuffle;
import static transconv.layers.Layers.pixelUnshuffle;
import static transconv.layers.Layers.upSampling2D;
import static transconv.layers.Layers.zeroPadding2D;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import transconv.layers.ChannelOrder;
import transconv.layers.CoordinateTransformation;
import transconv.layers.DataFormat;
import transconv.layers.Interpolation;
import transconv.layers.Layer;
import transconv.layers.RandomLayers;
import transconv.layers.Rule;
import transconv.models.Model;
import transconv.models.Sequential;
import transconv.shape.Padding;

/** Models that begin here, beside those that begin in Keras: what Keras has not, and layers drawn by chance. */
final class PeerModels {

    /** What Keras has no file and no layer for, but PyTorch an equal. */
    static final Map<String, Supplier<Model>> OF_PYTORCH = new LinkedHashMap<>();

    /** What Keras' code says with other layers, but no Keras file. */
    static final Map<String, Supplier<Model>> OF_CODE = new LinkedHashMap<>();

    static {
        OF_CODE.put("pixel-shuffle", () -> new Sequential(input(3, 4, 2), conv2D(8, 2), pixelShuffle(2)));
        OF_CODE.put("pixel-unshuffle", () -> new Sequential(input(6, 4, 2), pixelUnshuffle(2), conv2D(3, 2)));
        OF_CODE.put(
                "pixel-shuffle-of-pytorch",
                () -> new Sequential(
                        input(3, 4, 12),
                        pixelShuffle(2).channelOrder(ChannelOrder.PYTORCH),
                        pixelUnshuffle(2).channelOrder(ChannelOrder.PYTORCH),
                        conv2D(3, 2)));
        OF_CODE.put("pixel-shuffle-1d", () -> new Sequential(input(3, 6), pixelShuffle(3), conv1D(3, 2)));
        OF_PYTORCH.put(
                "explicit-padding",
                () -> new Sequential(
                        input(6, 5, 2),
                        conv2D(3, 3).strides(2).padding(new int[] {1, 0}, new int[] {2, 1}),
                        conv2DTranspose(2, 4).strides(2).padding(1, 1),
                        conv2DTranspose(2, 4).strides(3).padding(2, 1)));
        OF_PYTORCH.put(
                "groups-of-transposed",
                () -> new Sequential(
                        input(3, 4, 4),
                        conv2DTranspose(6, 3).strides(2).groups(2).activation("relu")));
        OF_PYTORCH.put(
                "rule-of-pytorch",
                () -> new Sequential(
                        input(3, 4, 2),
                        conv2DTranspose(3, 3)
                                .strides(2)
                                .dilationRate(3)
                                .outputPadding(2)
                                .rule(Rule.PYTORCH)));
        OF_PYTORCH.put(
                "rule-of-onnx",
                () -> new Sequential(
                        input(3, 4, 2),
                        conv2DTranspose(3, 3).strides(2).outputSize(5, 8).rule(Rule.ONNX)));
        OF_PYTORCH.put(
                "corners-aligned",
                () -> new Sequential(
                        input(3, 4, 2),
                        upSampling2D(2)
                                .interpolation(Interpolation.BILINEAR)
                                .coordinateTransformation(CoordinateTransformation.ALIGN_CORNERS),
                        upSampling2D(2)
                                .interpolation(Interpolation.BICUBIC)
                                .coordinateTransformation(CoordinateTransformation.ALIGN_CORNERS)));
        OF_PYTORCH.put("channels-first", PeerModels::channelsFirst);
        OF_PYTORCH.put(
                "three-axes-channels-first",
                () -> new Sequential(
                        input(2, 3, 4, 2),
                        conv3DTranspose(3, 2).strides(2).padding(Padding.SAME).dataFormat(DataFormat.CHANNELS_FIRST)));
    }

    private PeerModels() {}

    /** Keras' TensorFlow computes some of these on a GPU alone. */
    private static Model channelsFirst() {
        DataFormat first = DataFormat.CHANNELS_FIRST;
        return new Sequential(
                input(2, 7, 6),
                zeroPadding2D(1).dataFormat(first),
                conv2D(4, 3)
                        .strides(2)
                        .padding(Padding.SAME)
                        .activation("softmax")
                        .dataFormat(first),
                batchNormalization().axis(1),
                groupNormalization(2).axis(1),
                maxPooling2D(2).padding(Padding.SAME).dataFormat(first),
                conv2DTranspose(3, 3).strides(2).dataFormat(first),
                flatten().dataFormat(first),
                dense(4));
    }

    /** A layer with arguments drawn by chance, in a model; null where its arguments do not fit its input. */
    static Model byChance(int seed) {
        RandomLayers.Drawn drawn = RandomLayers.withOneInput(seed);
        try {
            Layer layer = drawn.layer();
            return new Sequential(input(drawn.inputShapes().get(0).toArray()), layer);
        } catch (IllegalArgumentException notFitting) {
            return null;
        }
    }
}
