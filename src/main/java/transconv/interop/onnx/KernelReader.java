package transconv.interop.onnx;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import transconv.interop.onnx.LayerDrawer.Wanted;
import transconv.layers.CoordinateTransformation;
import transconv.layers.Interpolation;
import transconv.layers.Rule;
import transconv.layers.Tensor;
import transconv.shape.AutoPad;
import transconv.shape.Axis;
import transconv.shape.KerasRule;
import transconv.shape.OnnxRule;
import transconv.shape.Padding;

/** Reads what slides a window over positions: convolutions, transposed ones, pools. */
final class KernelReader {

    private final LayerDrawer layers;
    private final OnnxNode node;
    private final Drawn input;
    private final int axes;

    KernelReader(LayerDrawer layers, OnnxNode node) {
        this.layers = layers;
        this.node = node;
        this.input = node.drawn(0);
        this.axes = input.rank() - 2;
    }

    private int[] perAxis(String attribute, int otherwise, int count) {
        int[] values = node.ints(attribute);
        if (values == null) {
            values = new int[count];
            Arrays.fill(values, otherwise);
        }
        if (values.length != count) {
            throw new IllegalArgumentException("%s=%s has %d numbers; an input with %d axes of positions needs %d"
                    .formatted(attribute, Arrays.toString(values), values.length, axes, count));
        }
        return values;
    }

    /** The arguments on each axis. */
    private OnnxRule[] rules(int[] kernel) {
        int[] strides = perAxis("strides", 1, axes);
        int[] dilations = perAxis("dilations", 1, axes);
        int[] outputPadding = perAxis("output_padding", 0, axes);
        int[] outputShape = perAxis("output_shape", OnnxRule.UNSET, axes);
        AutoPad autoPad = autoPad();
        int[] pads = perAxis("pads", 0, 2 * axes);
        if (IntStream.of(pads).anyMatch(pad -> pad < 0)) {
            throw new IllegalArgumentException(
                    "pads=%s must be at least 0; cut the input by a Slice before it".formatted(Arrays.toString(pads)));
        }
        return IntStream.range(0, axes)
                .mapToObj(axis -> OnnxRule.kernelShape(kernel[axis])
                        .strides(strides[axis])
                        .dilations(dilations[axis])
                        .outputPadding(outputPadding[axis])
                        .outputShape(outputShape[axis])
                        .autoPad(autoPad)
                        // exporters leave them beside auto_pad, which comes first
                        .pads(
                                autoPad == AutoPad.NOTSET ? pads[axis] : 0,
                                autoPad == AutoPad.NOTSET ? pads[axes + axis] : 0))
                .toArray(OnnxRule[]::new);
    }

    private AutoPad autoPad() {
        String name = node.text("auto_pad", "NOTSET");
        return Arrays.stream(AutoPad.values())
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "auto_pad='%s' must be one of %s".formatted(name, Arrays.toString(AutoPad.values()))));
    }

    private Numbers weights(String shape) {
        Numbers weights = node.numbers(1);
        if (axes < 1 || axes > 3 || weights.rank() != axes + 2) {
            throw new IllegalArgumentException("W '%s' is %s for an input with %d axes; it must be %s with 1 to 3 axes"
                    .formatted(node.inputName(1), weights, input.rank(), shape));
        }
        int[] kernel = node.ints("kernel_shape");
        int[] dims = Arrays.copyOfRange(weights.dims(), 2, axes + 2);
        if (kernel != null && !Arrays.equals(kernel, dims)) {
            throw new IllegalArgumentException("kernel_shape=%s, but W '%s' is %s; they must agree"
                    .formatted(Arrays.toString(kernel), node.inputName(1), weights));
        }
        return weights;
    }

    /** ONNX' (a, b, kernel axes...) is (kernel axes..., b, a) here, for both directions. */
    private INDArray kernel(Numbers weights) {
        return weights.array(IntStream.range(0, axes + 2)
                .map(axis -> axis < axes ? axis + 2 : axes + 1 - axis)
                .toArray());
    }

    private Wanted wanted(String type, Numbers weights, int filters, OnnxRule[] rules, boolean useBias) {
        Wanted wanted = layers.layer(node, type, input)
                .with("filters", filters)
                .with("kernel_size", each(rules, OnnxRule::kernelShape))
                .with("strides", each(rules, OnnxRule::strides))
                .with("dilation_rate", each(rules, OnnxRule::dilations))
                .with("groups", OnnxNode.asInt("group", node.integer("group", 1)))
                .with("use_bias", useBias)
                .weight("kernel", weights, () -> kernel(weights));
        if (needsOnnxRule(rules)) {
            wanted.with("rule", Rule.ONNX);
        }
        if (useBias) {
            Numbers bias = node.numbers(2);
            wanted.weight("bias", bias, () -> LayerDrawer.asTheyAre(bias));
        }
        return wanted;
    }

    private static boolean needsOnnxRule(OnnxRule[] rules) {
        return Arrays.stream(rules).anyMatch(rule -> rule.strides() > 1)
                && Arrays.stream(rules).anyMatch(rule -> rule.dilations() > 1);
    }

    private static int[] each(OnnxRule[] rules, ToIntFunction<OnnxRule> value) {
        return Arrays.stream(rules).mapToInt(value).toArray();
    }

    private static int[] each(Axis[] rules, ToIntFunction<Axis> value) {
        return Arrays.stream(rules).mapToInt(value).toArray();
    }

    Drawn convolution() {
        Numbers weights = weights("(filters, channels / group, kernel axes...)");
        OnnxRule[] rules = rules(kernelOf(weights));
        Axis[] places = places(rules, false);
        int[] begin = each(places, Axis::crop);
        int[] end = each(places, axis -> Math.max(0, axis.cropEnd()));
        int group = OnnxNode.asInt("group", node.integer("group", 1));
        if (group < 1 || (long) weights.dims()[1] * group != input.size(1)) {
            throw new IllegalArgumentException("W '%s' is %s, but the input has %d channels and group=%d"
                    .formatted(node.inputName(1), weights, input.size(1), group));
        }
        Wanted wanted = wanted("Conv%dD", weights, weights.dims()[0], rules, node.hasInput(2));
        pad(wanted, begin, end);
        return new Drawn(wanted.draw(input.tensor()), input.isChannelsLast());
    }

    private static int[] kernelOf(Numbers weights) {
        return Arrays.copyOfRange(weights.dims(), 2, weights.rank());
    }

    private static void pad(Wanted wanted, int[] begin, int[] end) {
        if (IntStream.concat(IntStream.of(begin), IntStream.of(end)).anyMatch(each -> each > 0)) {
            wanted.with("padding", "explicit").with("padding_begin", begin).with("padding_end", end);
        }
    }

    private Axis[] places(OnnxRule[] rules, boolean isTransposed) {
        return IntStream.range(0, axes)
                .mapToObj(axis -> isTransposed
                        ? rules[axis].transposedConvolution(input.size(axis + 2))
                        : rules[axis].convolution(input.size(axis + 2)))
                .toArray(Axis[]::new);
    }

    /**
     * Whatever the arguments, they come to what is cut off the full result at both ends, or added at its end; a layer
     * says it as explicit padding and output padding.
     */
    Drawn transposed() {
        Numbers weights = weights("(channels, filters / group, kernel axes...)");
        OnnxRule[] rules = rules(kernelOf(weights));
        Axis[] places = places(rules, true);
        int[] added = each(places, axis -> Math.max(0, -axis.cropEnd()));
        int group = OnnxNode.asInt("group", node.integer("group", 1));
        if (group < 1 || weights.dims()[0] != input.size(1)) {
            throw new IllegalArgumentException(
                    "W '%s' is %s, but the input has %d channels".formatted(node.inputName(1), weights, input.size(1)));
        }
        int filters = Math.multiplyExact(weights.dims()[1], group);
        Wanted wanted = wanted("Conv%dDTranspose", weights, filters, rules, node.hasInput(2));
        boolean isAdded = IntStream.of(added).anyMatch(each -> each > 0);
        wanted.with("padding", "explicit")
                .with("padding_begin", each(places, Axis::crop))
                .with("padding_end", each(places, axis -> Math.max(0, axis.cropEnd())));
        if (isAdded) {
            // Keras allows it below the strides alone
            wanted.with("rule", Rule.ONNX).with("output_padding", added);
        }
        return new Drawn(wanted.draw(input.tensor()), input.isChannelsLast());
    }

    /** Pools here have Keras' paddings alone: none, or SAME. Where zeros change nothing, they stand before the pool. */
    Drawn pool(boolean isMax) {
        int[] kernel = node.ints("kernel_shape");
        if (kernel == null || kernel.length != axes) {
            throw new IllegalArgumentException("kernel_shape=%s must have %d numbers, one an axis of positions"
                    .formatted(Arrays.toString(kernel), axes));
        }
        node.has("storage_order");
        OnnxRule[] rules = rules(kernel);
        if (Arrays.stream(rules).anyMatch(rule -> rule.dilations() > 1)) {
            throw new IllegalArgumentException("dilations=%s must be 1: pools here are not dilated"
                    .formatted(Arrays.toString(each(rules, OnnxRule::dilations))));
        }
        boolean isCeil = node.integer("ceil_mode", 0) != 0;
        boolean countsZeros = !isMax && node.integer("count_include_pad", 0) != 0;
        Axis[] places = places(rules, false);
        int[] windows = IntStream.range(0, axes)
                .map(axis -> isCeil ? ceiling(rules[axis], places[axis]) : places[axis].small())
                .toArray();
        boolean isPadded = Arrays.stream(rules).anyMatch(rule -> rule.padBegin() + rule.padEnd() > 0);
        Drawn from = input;
        Padding padding = padding(rules, places, windows);
        if (countsZeros && isPadded || padding == null && isMax && isNonNegative() && !isCeil) {
            from = new Drawn(
                    layers.layer(node, "ZeroPadding%dD", input)
                            .with("padding", margins(rules))
                            .draw(input.tensor()),
                    input.isChannelsLast());
            padding = isCeil && !Arrays.equals(windows, each(places, Axis::small)) ? null : Padding.VALID;
        }
        if (padding == null) {
            throw new IllegalArgumentException(
                    ("pads of %s with ceil_mode=%d is not one of Keras' paddings, VALID and SAME, which pools here"
                                    + " have; pad by an operator Pad before it")
                            .formatted(Arrays.toString(rules), isCeil ? 1 : 0));
        }
        Tensor pooled = layers.layer(node, isMax ? "MaxPooling%dD" : "AveragePooling%dD", from)
                .with("pool_size", kernel)
                .with("strides", each(rules, OnnxRule::strides))
                .with("padding", padding)
                .draw(from.tensor());
        return new Drawn(pooled, input.isChannelsLast());
    }

    private boolean isNonNegative() {
        Drawn from = input;
        return from.isFormula() && (from.label().equals("Relu") || from.label().equals("Sigmoid"));
    }

    private Object margins(OnnxRule[] rules) {
        return axes == 1
                ? new int[] {rules[0].padBegin(), rules[0].padEnd()}
                : Arrays.stream(rules)
                        .map(rule -> List.of(rule.padBegin(), rule.padEnd()))
                        .toList();
    }

    /** How many windows begin within the input or the padding before it. */
    private static int ceiling(OnnxRule rule, Axis place) {
        long room = (long) place.large() + rule.padBegin() + rule.padEnd() - rule.kernelShape();
        int windows = Axis.windows(room + rule.strides() - 1, rule.strides());
        return (windows - 1L) * rule.strides() >= (long) place.large() + rule.padBegin() ? windows - 1 : windows;
    }

    /** The one that begins as these do and has as many windows on every axis, or null. */
    private Padding padding(OnnxRule[] rules, Axis[] places, int[] windows) {
        for (Padding padding : new Padding[] {Padding.VALID, Padding.SAME}) {
            boolean fits = IntStream.range(0, axes).allMatch(axis -> {
                int size = input.size(axis + 2);
                if (padding == Padding.VALID && rules[axis].kernelShape() > size) {
                    return false;
                }
                Axis keras = KerasRule.convolution(size, rules[axis].kernelShape(), rules[axis].strides(), 1, padding);
                return keras.crop() == places[axis].crop() && keras.small() == windows[axis];
            });
            if (fits) {
                return padding;
            }
        }
        return null;
    }

    Drawn globalPool(String type, boolean keepdims) {
        Tensor pooled =
                layers.layer(node, type, input).with("keepdims", keepdims).draw(input.tensor());
        return new Drawn(pooled, keepdims && input.isChannelsLast());
    }

    Drawn resize() {
        int rank = input.rank();
        for (String only : new String[] {"antialias", "extrapolation_value", "keep_aspect_ratio_policy"}) {
            if (node.has(only) && !only.equals("extrapolation_value")) {
                throw new IllegalArgumentException("attribute '%s' is set; leave it out".formatted(only));
            }
        }
        if (node.has("axes")) {
            throw new IllegalArgumentException("attribute 'axes' is set; give scales or sizes of all axes");
        }
        Numbers scales = node.numbersOrNull(2);
        Numbers sizes = node.numbersOrNull(3);
        int[] factors = new int[rank];
        for (int axis = 0; axis < rank; axis++) {
            factors[axis] = factor(axis, scales != null && scales.count() > 0 ? scales : sizes, sizes != null);
        }
        if (factors[0] != 1 || factors[1] != 1) {
            throw new IllegalArgumentException(
                    "it scales the samples or channels by %d and %d; only positions are upsampled"
                            .formatted(factors[0], factors[1]));
        }
        Wanted wanted = layers.layer(node, "UpSampling%dD", input)
                .with("size", axes == 1 ? (Object) factors[2] : Arrays.copyOfRange(factors, 2, rank));
        Resize resize = Resize.of(node);
        if (resize.interpolation() != Interpolation.NEAREST || resize.isAtCorners()) {
            if (rank != 4) {
                throw new IllegalArgumentException(
                        "mode=%s with %s for %d axes of positions; here these are for two alone"
                                .formatted(
                                        resize.interpolation().name().toLowerCase(Locale.ROOT),
                                        resize.positions(),
                                        rank - 2));
            }
            wanted.with("interpolation", resize.interpolation());
            if (resize.positions() != CoordinateTransformation.HALF_PIXEL) {
                wanted.with("coordinate_transformation", resize.positions());
            }
        }
        return new Drawn(wanted.draw(input.tensor()), input.isChannelsLast());
    }

    private int factor(int axis, Numbers given, boolean areSizes) {
        if (given == null || given.count() != input.rank()) {
            throw new IllegalArgumentException(
                    "scales and sizes are %s; one of them must have %d numbers".formatted(given, input.rank()));
        }
        boolean isScale = given.isReal();
        double value = given.floats()[axis];
        if (!isScale) {
            // the number of samples stays whatever it is
            value = axis == 0 ? 1 : value / input.size(axis);
        }
        if (value < 1 || value != Math.rint(value) || value > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "axis %d is scaled by %s; layers here upsample by whole numbers from 1".formatted(axis, value));
        }
        return (int) value;
    }
}
