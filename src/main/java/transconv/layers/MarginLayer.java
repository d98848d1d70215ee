package transconv.layers;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import transconv.config.Config;
import transconv.ops.Pad;
import transconv.ops.Value;
import transconv.shape.Shape;

/**
 * What layers that add to the ends of each axis, or cut off from them, have in common. Input (axes..., channels).
 *
 * @param <T> the layer's own class, so that its setters chain
 */
abstract class MarginLayer<T extends MarginLayer<T>> extends SpatialLayer<T> {

    private final String argument;
    private final int sign;
    private final int[][] margins;

    /**
     * @param argument Keras' name
     * @param sign     1 to add, -1 to cut off
     * @param margins  for each axis its begin and its end, or one number for both; at least 0
     */
    MarginLayer(int axes, String argument, int sign, int[]... margins) {
        super(axes);
        this.argument = argument;
        this.sign = sign;
        if (margins.length != 1 && margins.length != axes) {
            throw new IllegalArgumentException("%s: %s=%s has %d numbers; give one for all axes or %d"
                    .formatted(label(), argument, Arrays.deepToString(margins), margins.length, axes));
        }
        this.margins = new int[axes][];
        for (int axis = 0; axis < axes; axis++) {
            this.margins[axis] = ends(margins[margins.length == 1 ? 0 : axis]);
        }
    }

    private int[] ends(int[] margin) {
        if (margin.length != 1 && margin.length != 2) {
            throw new IllegalArgumentException("%s: %s=%s has %d numbers; give one for both ends or 2, begin and end"
                    .formatted(label(), argument, Arrays.toString(margin), margin.length));
        }
        return new int[] {atLeast(0, argument, margin[0]), atLeast(0, argument, margin[margin.length - 1])};
    }

    /** One number an axis, for both of its ends. */
    static int[][] symmetric(int... margins) {
        return IntStream.of(margins).mapToObj(margin -> new int[] {margin}).toArray(int[][]::new);
    }

    /** As Keras writes them: a number, or a list of numbers or of pairs. */
    static int[][] read(Config config, String argument, int axes) {
        if (config.values().get(argument) instanceof List<?> list
                && list.stream().anyMatch(List.class::isInstance)) {
            if (list.size() != axes) {
                throw new IllegalArgumentException("%s: setting '%s' is %s; it must have a pair for each of %d axes"
                        .formatted(config.owner(), argument, list, axes));
            }
            return list.stream()
                    .map(each -> Config.of(config.owner()).with(argument, each).integers(argument))
                    .toArray(int[][]::new);
        }
        int[] numbers = config.integers(argument);
        return axes == 1 ? new int[][] {numbers} : symmetric(numbers);
    }

    @Override
    final Shape channelsLastShape(Shape inputShape) {
        int[] sizes = inputShape.toArray();
        for (int axis = 0; axis < axes(); axis++) {
            int size = sizes[axis];
            sizes[axis] = Math.addExact(size, sign * Math.addExact(margins[axis][0], margins[axis][1]));
            if (sizes[axis] < 1) {
                throw new IllegalArgumentException("%s=%s leaves nothing of input size %d; use less than that in all"
                        .formatted(argument, Arrays.toString(margins[axis]), size));
            }
        }
        return Shape.of(sizes);
    }

    @Override
    final Value lowerChannelsLast(Value input, Pass pass) {
        return input.graph().apply(new Pad(everyAxis(0), everyAxis(1)), input);
    }

    /** With nothing for the batch axis and the channels. */
    private List<Integer> everyAxis(int end) {
        Stream<Integer> positions = Arrays.stream(margins).map(margin -> sign * margin[end]);
        return Stream.of(Stream.of(0), positions, Stream.of(0))
                .flatMap(part -> part)
                .toList();
    }

    @Override
    protected void describe(Config config) {
        super.describe(config);
        config.with(
                argument,
                axes() == 1
                        ? margins[0]
                        : Arrays.stream(margins)
                                .map(margin -> List.of(margin[0], margin[1]))
                                .toList());
    }
}
