package transconv.interop.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import transconv.interop.onnx.LayerDrawer.Wanted;
import transconv.layers.DataFormat;
import transconv.layers.Tensor;
import transconv.shape.Shape;

/** Reads what moves, cuts and joins values and computes nothing. */
final class ShapeReader {

    private final LayerDrawer layers;
    private final OnnxNode node;
    private final Drawn input;

    ShapeReader(LayerDrawer layers, OnnxNode node) {
        this.layers = layers;
        this.node = node;
        this.input = node.drawn(0);
    }

    /** The two orders between channels first and last are remembered, not carried out, until somebody needs it. */
    Drawn transpose() {
        int rank = input.rank();
        int[] order = node.permutation(rank);
        if (order[0] != 0) {
            throw new IllegalArgumentException(
                    "perm=%s moves the samples; they must stay on axis 0".formatted(Arrays.toString(order)));
        }
        if (rank > 2 && input.isChannelsLast() && Arrays.equals(order, Form.toLast(rank))) {
            return new Drawn(input.tensor(), false);
        }
        Tensor plain = layers.plain(node, input);
        if (rank > 2 && rank < 6 && Arrays.equals(order, Form.toFirst(rank))) {
            return new Drawn(plain, true);
        }
        boolean isSame = Arrays.equals(order, IntStream.range(0, rank).toArray());
        return new Drawn(isSame ? plain : layers.permuted(node, plain, order), false);
    }

    /** @param samples the number that the graph's inputs declare, or {@link Numbers#SAMPLES} */
    Drawn reshape(long samples) {
        int[] target = node.ints(1, "shape");
        Tensor plain = layers.plain(node, input);
        boolean keepsZeros = node.integer("allowzero", 0) != 0;
        int[] sizes = target.clone();
        for (int axis = 0; axis < sizes.length; axis++) {
            if (sizes[axis] == 0 && !keepsZeros && axis <= plain.shape().rank()) {
                sizes[axis] = axis == 0 ? (int) Numbers.SAMPLES : plain.shape().size(axis - 1);
            }
        }
        int elements = plain.shape().elements();
        boolean leads = sizes.length > 0 && (sizes[0] == Numbers.SAMPLES || sizes[0] == samples);
        int open = IntStream.range(1, sizes.length)
                .filter(axis -> sizes[axis] == -1)
                .findFirst()
                .orElse(0);
        long known = IntStream.range(1, sizes.length)
                .filter(axis -> axis != open)
                .mapToLong(axis -> sizes[axis])
                .reduce(1, (a, b) -> Math.multiplyExact(a, b));
        if (open > 0 && known > 0 && elements % known == 0) {
            sizes[open] = (int) (elements / known);
            known = elements;
        }
        if (!leads || known != elements) {
            throw new IllegalArgumentException(
                    ("shape=%s of samples of shape %s; axis 0 must stay that of the samples, 0 or -1, and the others"
                                    + " must hold a sample's %,d values")
                            .formatted(Arrays.toString(target), plain.shape(), elements));
        }
        return reshaped(plain, Arrays.copyOfRange(sizes, 1, sizes.length));
    }

    private Drawn reshaped(Tensor plain, int... sizes) {
        return new Drawn(layers.reshaped(node, plain, Shape.of(sizes)), false);
    }

    Drawn flatten() {
        node.require("axis", 1, "the samples must stay on axis 0, and all else goes to axis 1");
        Tensor plain = layers.plain(node, input);
        return reshaped(plain, plain.shape().elements());
    }

    Drawn squeeze() {
        Tensor plain = layers.plain(node, input);
        int[] axes = axes(input.rank());
        List<Integer> sizes = new ArrayList<>();
        for (int axis = 1; axis < input.rank(); axis++) {
            int at = axis;
            boolean isNamed = axes == null
                    ? plain.shape().size(axis - 1) == 1
                    : IntStream.of(axes).anyMatch(each -> each == at);
            if (!isNamed) {
                sizes.add(plain.shape().size(axis - 1));
            } else if (plain.shape().size(axis - 1) != 1) {
                throw new IllegalArgumentException("axis %d of %s has not length 1"
                        .formatted(axis, plain.shape().toBatchString()));
            }
        }
        return reshaped(plain, sizes.stream().mapToInt(Integer::intValue).toArray());
    }

    Drawn unsqueeze() {
        Tensor plain = layers.plain(node, input);
        int[] named = node.ints(1, "axes");
        if (named == null) {
            throw new IllegalArgumentException("axes are not there");
        }
        int rank = input.rank() + named.length;
        List<Integer> sizes =
                new ArrayList<>(IntStream.of(plain.shape().toArray()).boxed().toList());
        int[] sorted = axes(rank);
        for (int axis : sorted) {
            if (axis - 1 > sizes.size()) {
                throw new IllegalArgumentException("axes=%s of %d axes".formatted(Arrays.toString(sorted), rank));
            }
            sizes.add(axis - 1, 1);
        }
        return reshaped(plain, sizes.stream().mapToInt(Integer::intValue).toArray());
    }

    /** Sorted, none of them that of the samples; null where none are given. */
    private int[] axes(int rank) {
        int[] named = node.ints(1, "axes");
        if (named == null) {
            return null;
        }
        int[] axes = IntStream.of(named)
                .map(axis -> axis < 0 ? axis + rank : axis)
                .sorted()
                .toArray();
        if (IntStream.of(axes).anyMatch(axis -> axis < 1 || axis >= rank)) {
            throw new IllegalArgumentException(
                    "axes=%s must be from 1 to %d; axis 0 is the samples'".formatted(Arrays.toString(named), rank - 1));
        }
        return axes;
    }

    Drawn slice() {
        long[] starts = list(1, "starts");
        long[] ends = list(2, "ends");
        long[] axes = node.hasInput(3) || node.has("axes")
                ? list(3, "axes")
                : IntStream.range(0, starts.length).asLongStream().toArray();
        long[] steps = node.hasInput(4) ? list(4, "steps") : new long[0];
        if (ends.length != starts.length || axes.length != starts.length) {
            throw new IllegalArgumentException("starts, ends and axes must be as many: %s, %s, %s"
                    .formatted(Arrays.toString(starts), Arrays.toString(ends), Arrays.toString(axes)));
        }
        if (Arrays.stream(steps).anyMatch(step -> step != 1)) {
            throw new IllegalArgumentException(
                    "steps=%s must be 1; a convolution with a kernel of 1 and strides does it"
                            .formatted(Arrays.toString(steps)));
        }
        int rank = input.rank();
        int[] begin = new int[rank];
        int[] end = new int[rank];
        for (int i = 0; i < starts.length; i++) {
            int axis = input.axis(OnnxNode.asInt("axes", axes[i]));
            if (axis == 0) {
                if (starts[i] != 0 || ends[i] < Integer.MAX_VALUE) {
                    throw new IllegalArgumentException(
                            "axes=%s has that of the samples".formatted(Arrays.toString(axes)));
                }
                continue;
            }
            int size = input.tensor().shape().size(axis - 1);
            begin[axis] = (int) clamped(starts[i], size);
            end[axis] = (int) (size - clamped(ends[i], size));
        }
        return margins("Cropping%dD", "cropping", begin, end, input);
    }

    private long[] list(int index, String attribute) {
        if (node.has(attribute)) {
            return IntStream.of(node.ints(attribute)).asLongStream().toArray();
        }
        return node.numbers(index).integers();
    }

    private static long clamped(long place, int size) {
        return Math.max(0, Math.min(size, place < 0 ? place + size : place));
    }

    Drawn pad() {
        String mode = node.text("mode", "constant");
        Numbers value = node.numbersOrNull(2);
        double filled = value == null ? node.number("value", 0) : value.scalar();
        if (!mode.equals("constant") || filled != 0) {
            throw new IllegalArgumentException(
                    "mode='%s' with value %s; layers here pad by zeros alone".formatted(mode, filled));
        }
        int[] pads = node.ints(1, "pads");
        int rank = input.rank();
        int[] axes = node.hasInput(3)
                ? node.ints(3, "no attribute")
                : IntStream.range(0, rank).toArray();
        if (pads == null || pads.length != 2 * axes.length) {
            throw new IllegalArgumentException(
                    "pads=%s must have two numbers an axis".formatted(Arrays.toString(pads)));
        }
        int[] begin = new int[rank];
        int[] end = new int[rank];
        for (int i = 0; i < axes.length; i++) {
            int axis = input.axis(axes[i]);
            begin[axis] = pads[i];
            end[axis] = pads[axes.length + i];
        }
        Drawn cut = margins("Cropping%dD", "cropping", cut(begin), cut(end), input);
        return margins("ZeroPadding%dD", "padding", added(begin), added(end), cut);
    }

    private static int[] cut(int[] margins) {
        return IntStream.of(margins).map(margin -> Math.max(0, -margin)).toArray();
    }

    private static int[] added(int[] margins) {
        return IntStream.of(margins).map(margin -> Math.max(0, margin)).toArray();
    }

    /** @param begin of each axis of the model's tensor, that of the samples first */
    private Drawn margins(String type, String argument, int[] begin, int[] end, Drawn from) {
        int rank = begin.length;
        int[] used = IntStream.range(0, rank)
                .filter(axis -> begin[axis] != 0 || end[axis] != 0)
                .toArray();
        if (used.length == 0) {
            return from;
        }
        if (rank == 2 && used[0] == 1) {
            int size = from.tensor().shape().last();
            Tensor line = layers.reshaped(node, from.tensor(), Shape.of(size, 1));
            Tensor cut = layers.layer(node, type.formatted(1))
                    .with(argument, new int[] {begin[1], end[1]})
                    .draw(line);
            return new Drawn(layers.reshaped(node, cut, Shape.of(cut.shape().elements())), false);
        }
        boolean isFirst = used[0] > 1;
        if (rank < 3 || rank > 5 || used[0] < 1 || !isFirst && used[used.length - 1] == rank - 1) {
            throw new IllegalArgumentException(
                    ("it cuts or pads axes %s of a tensor with %d axes; layers here do so on axes of positions alone,"
                                    + " 1 to 3 side by side")
                            .formatted(Arrays.toString(used), rank));
        }
        int first = isFirst ? 2 : 1;
        Object margins = rank == 3
                ? new int[] {begin[first], end[first]}
                : IntStream.range(first, first + rank - 2)
                        .mapToObj(axis -> List.of(begin[axis], end[axis]))
                        .toList();
        Wanted wanted = layers.layer(node, type.formatted(rank - 2))
                .format(isFirst ? DataFormat.CHANNELS_FIRST : DataFormat.CHANNELS_LAST)
                .with(argument, margins);
        return new Drawn(wanted.draw(from.tensor()), from.isChannelsLast());
    }

    Drawn concatenate(List<Drawn> inputs) {
        boolean isLast = inputs.stream().allMatch(Drawn::isChannelsLast);
        List<Tensor> tensors = inputs.stream()
                .map(each -> isLast ? each.tensor() : layers.plain(node, each))
                .toList();
        int axis = new Drawn(tensors.get(0), isLast).axis(OnnxNode.asInt("axis", node.integer("axis", 0)));
        Tensor joined = tensors.size() == 1
                ? tensors.get(0)
                : layers.layer(node, "Concatenate").with("axis", axis).draw(tensors.toArray(Tensor[]::new));
        return new Drawn(joined, isLast);
    }

    /** One row of features, repeated. */
    Drawn expand() {
        int[] target = node.ints(1, "shape");
        Tensor plain = layers.plain(node, input);
        int rank = input.rank();
        boolean isSame = target.length <= rank
                && IntStream.range(0, target.length).allMatch(i -> {
                    int axis = rank - target.length + i;
                    return axis == 0
                            || target[i] == 1
                            || target[i] == plain.shape().size(axis - 1);
                });
        if (isSame) {
            return input;
        }
        boolean isRow = rank == 3 && target.length == 3 && plain.shape().size(0) == 1;
        if (!isRow || target[2] != 1 && target[2] != plain.shape().last() || target[1] < 1) {
            throw new IllegalArgumentException("shape=%s of samples of shape %s; only (1, features) is repeated"
                    .formatted(Arrays.toString(target), plain.shape()));
        }
        Tensor row = layers.reshaped(node, plain, Shape.of(plain.shape().last()));
        return new Drawn(layers.layer(node, "RepeatVector").with("n", target[1]).draw(row), false);
    }

    Drawn pixels(boolean isShuffle) {
        if (input.rank() != 4) {
            throw new IllegalArgumentException("the input has %d axes; it must have 4".formatted(input.rank()));
        }
        String mode = isShuffle ? node.text("mode", "DCR") : "DCR";
        if (!mode.equals("DCR") && !mode.equals("CRD")) {
            throw new IllegalArgumentException("mode='%s' must be DCR or CRD".formatted(mode));
        }
        int size = OnnxNode.asInt("blocksize", node.integer("blocksize", 0));
        Tensor output = layers.layer(node, isShuffle ? "PixelShuffle" : "PixelUnshuffle")
                .with(isShuffle ? "upscale_factor" : "downscale_factor", size)
                .with("channel_order", mode.equals("DCR") ? "tensorflow" : "pytorch")
                .format(LayerDrawer.format(input))
                .draw(input.tensor());
        return new Drawn(output, input.isChannelsLast());
    }
}
