package transconv.models.code;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import transconv.config.Config;
import transconv.layers.Layer;
import transconv.shape.Shape;

/** Pixel shuffle and its inverse as what every library has: an axis cut in two, axes exchanged, axes joined. */
final class PixelLayerCode {

    /** The shape with each block's axes on their own, the order to put them in, and the shape at the end. */
    private record Steps(int[] cut, int[] order, int[] joined) {}

    private PixelLayerCode() {}

    static String keras(Layer layer, Shape inputShape, Config config) {
        if (config.text("data_format").equals("channels_first")) {
            throw KerasLayerCode.refusal(
                    layer, "data_format=channels_first: Keras has no such layer to say it; use channels last");
        }
        Steps steps = steps(layer, inputShape, config);
        return "keras.Sequential([layers.Reshape(%s), layers.Permute(%s), layers.Reshape(%s)], name=%s)"
                .formatted(tuple(steps.cut), tuple(steps.order), tuple(steps.joined), PythonText.quoted(layer.label()));
    }

    /** For an input with channels last. */
    static String pyTorch(Layer layer, Shape inputShape, Config config, String input) {
        Steps steps = steps(layer, inputShape, config);
        return "%s.reshape(-1, %s).permute(0, %s).reshape(-1, %s)"
                .formatted(input, list(steps.cut), list(steps.order), list(steps.joined));
    }

    private static Steps steps(Layer layer, Shape inputShape, Config config) {
        int axes = inputShape.rank() - 1;
        boolean shuffles = layer.type().equals("PixelShuffle");
        boolean blocksFirst = config.text("channel_order").equals("tensorflow");
        int factor = config.integer(shuffles ? "upscale_factor" : "downscale_factor");
        int blocks = IntStream.range(0, axes).map(axis -> factor).reduce(1, (a, b) -> a * b);
        List<Integer> cut = new ArrayList<>();
        List<Integer> order = new ArrayList<>();
        List<Integer> joined = new ArrayList<>();
        if (shuffles) {
            int channels = inputShape.last() / blocks;
            for (int axis = 0; axis < axes; axis++) {
                cut.add(inputShape.size(axis));
                order.add(1 + axis);
                order.add(1 + axes + axis + (blocksFirst ? 0 : 1));
                joined.add(inputShape.size(axis) * factor);
            }
            IntStream.range(0, axes).forEach(axis -> cut.add(factor));
            cut.add(blocksFirst ? cut.size() : axes, channels);
            order.add(1 + (blocksFirst ? 2 * axes : axes));
            joined.add(channels);
        } else {
            for (int axis = 0; axis < axes; axis++) {
                cut.add(inputShape.size(axis) / factor);
                cut.add(factor);
                order.add(1 + 2 * axis);
                joined.add(inputShape.size(axis) / factor);
            }
            cut.add(inputShape.last());
            IntStream.range(0, axes).forEach(axis -> order.add(2 + 2 * axis));
            order.add(blocksFirst ? order.size() : axes, 1 + 2 * axes);
            joined.add(inputShape.last() * blocks);
        }
        return new Steps(array(cut), array(order), array(joined));
    }

    private static int[] array(List<Integer> numbers) {
        return numbers.stream().mapToInt(Integer::intValue).toArray();
    }

    private static String tuple(int[] numbers) {
        return PythonText.tuple(IntStream.of(numbers).boxed().toList());
    }

    private static String list(int[] numbers) {
        return IntStream.of(numbers).mapToObj(Integer::toString).collect(Collectors.joining(", "));
    }
}
