package transconv.interop.pytorch;

import java.util.regex.Pattern;
import transconv.config.Config;
import transconv.layers.DataFormat;
import transconv.layers.Flatten;
import transconv.layers.Layer;
import transconv.layers.Node;
import transconv.layers.Reshape;
import transconv.layers.Tensor;

/** Where a tensor has its channels, which the layers before and behind it tell. */
enum Channels {
    FIRST,
    LAST,
    /** No layer with channels is near: a table, or a sequence of embeddings. */
    NONE;

    /** The layers over positions, of which some do not write their data_format down. */
    private static final Pattern OVER_POSITIONS = Pattern.compile(".*[123]D.*|Pixel.*");

    /** A picture has channels also where no layer says so. */
    private static final int PICTURE = 3;

    static Channels of(Tensor tensor, FeatureOrder features) {
        Channels told = before(tensor, features);
        if (told == NONE) {
            told = behind(tensor, features);
        }
        return told == NONE && tensor.shape().rank() >= PICTURE ? LAST : told;
    }

    private static Channels before(Tensor tensor, FeatureOrder features) {
        if (!(features.source(tensor) instanceof Node.Output output)) {
            return NONE;
        }
        Layer layer = output.node().layer();
        Channels own = ofLayer(layer);
        boolean begins = layer instanceof Reshape || layer instanceof Flatten;
        return own != NONE || begins ? own : before(output.node().inputs().get(0), features);
    }

    private static Channels behind(Tensor tensor, FeatureOrder features) {
        for (Node node : features.consumers(tensor)) {
            Channels own = ofLayer(node.layer());
            if (own != NONE) {
                return own;
            }
            Tensor output = node.outputs().get(0);
            if (output.shape().rank() == tensor.shape().rank()) {
                Channels further = behind(output, features);
                if (further != NONE) {
                    return further;
                }
            }
        }
        return NONE;
    }

    private static Channels ofLayer(Layer layer) {
        Config config = layer.config();
        if (layer instanceof Flatten || !OVER_POSITIONS.matcher(layer.type()).matches()) {
            return NONE;
        }
        return config.has("data_format") && config.choice("data_format", DataFormat.class) == DataFormat.CHANNELS_FIRST
                ? FIRST
                : LAST;
    }
}
