package transconv.interop.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import transconv.interop.onnx.LayerDrawer.Wanted;
import transconv.layers.DataFormat;
import transconv.layers.Tensor;
import transconv.ops.Activation;

/** The layers that are known by their formula. */
final class FormulaLayers {

    /** Makes a layer for the tensor that the formula is of. */
    @FunctionalInterface
    interface Maker {

        Drawn make(OnnxNode node, Drawn input);
    }

    /** Makes a layer from the numbers in a formula. */
    @FunctionalInterface
    private interface Reading {

        Drawn read(OnnxNode node, Drawn input, Matcher found, List<Numbers> numbers);
    }

    private static final String NUMBER = "(-?(?:[0-9.]+(?:E-?[0-9]+)?|Infinity)|NaN|#)";
    private static final Map<String, Activation> ACTIVATIONS = new HashMap<>();

    static {
        ACTIVATIONS.put("Relu(x)", Activation.RELU);
        ACTIVATIONS.put("Max(0.0,x)", Activation.RELU);
        ACTIVATIONS.put("Clip[0.0, 6.0](x)", Activation.RELU6);
        ACTIVATIONS.put("Clip[-1.0, 1.0](x)", Activation.HARD_TANH);
        ACTIVATIONS.put("Selu[1.6732632, 1.050701](x)", Activation.SELU);
        ACTIVATIONS.put("Celu[1.0](x)", Activation.CELU);
        ACTIVATIONS.put("Gelu[none](x)", Activation.GELU);
        ACTIVATIONS.put("Mul(0.5,Mul(Add(1.0,Erf(Div(x,1.4142135))),x))", Activation.GELU);
        ACTIVATIONS.put("Mul(Mul(0.5,x),Add(1.0,Erf(Div(x,1.4142135))))", Activation.GELU);
        ACTIVATIONS.put("HardSwish(x)", Activation.HARD_SILU);
        ACTIVATIONS.put("Mul(HardSigmoid[0.16666667, 0.5](x),x)", Activation.HARD_SILU);
        ACTIVATIONS.put("Mul(Sigmoid(x),x)", Activation.SILU);
        ACTIVATIONS.put("Sigmoid(x)", Activation.SIGMOID);
        ACTIVATIONS.put("HardSigmoid[0.16666667, 0.5](x)", Activation.HARD_SIGMOID);
        ACTIVATIONS.put("HardSigmoid[0.5, 0.5](x)", Activation.SPARSE_SIGMOID);
        ACTIVATIONS.put("Neg(Softplus(Neg(x)))", Activation.LOG_SIGMOID);
        ACTIVATIONS.put("Log(Sigmoid(x))", Activation.LOG_SIGMOID);
        ACTIVATIONS.put("Tanh(x)", Activation.TANH);
        ACTIVATIONS.put("Sub(x,Tanh(x))", Activation.TANH_SHRINK);
        ACTIVATIONS.put("Softplus(x)", Activation.SOFTPLUS);
        ACTIVATIONS.put("Softsign(x)", Activation.SOFTSIGN);
        ACTIVATIONS.put("Shrink[0.5, 0.5](x)", Activation.SOFT_SHRINK);
        ACTIVATIONS.put("Shrink[0.0, 0.5](x)", Activation.HARD_SHRINK);
        ACTIVATIONS.put("Mish(x)", Activation.MISH);
        ACTIVATIONS.put("Mul(Tanh(Softplus(x)),x)", Activation.MISH);
        String bent = "Add(1.0,Clip[-1.0, 1.0](x))";
        ACTIVATIONS.put("Add(Mul(0.25,Mul(%s,%s)),Relu(Add(-1.0,x)))".formatted(bent, bent), Activation.SPARSE_PLUS);
        ACTIVATIONS.put(
                "Add(Mul(0.5,Add(Abs(x),x)),Mul(2.0,Reciprocal(Add(Abs(x),Sqrt(Add(4.0,Mul(x,x)))))))",
                Activation.SQUAREPLUS);
        ACTIVATIONS.put("Exp(x)", Activation.EXPONENTIAL);
    }

    private final LayerDrawer layers;
    private final Map<Pattern, Reading> readings = new HashMap<>();

    FormulaLayers(LayerDrawer layers) {
        this.layers = layers;
        put(
                "Elu\\[%s]\\(x\\)",
                (node, input, found, numbers) ->
                        alike(input, layers.layer(node, "ELU").with("alpha", number(found, 1))));
        put(
                "LeakyRelu\\[%s]\\(x\\)",
                (node, input, found, numbers) ->
                        alike(input, layers.layer(node, "LeakyReLU").with("negative_slope", number(found, 1))));
        put("ThresholdedRelu\\[%s]\\(x\\)", (node, input, found, numbers) -> threshold(node, input, number(found, 1)));
        put(
                "Mul\\(Cast\\[FLOAT]\\(Greater\\(x,%s\\)\\),x\\)",
                (node, input, found, numbers) -> threshold(node, input, number(found, 1)));
        put(
                "Clip\\[%s, %s]\\(x\\)",
                (node, input, found, numbers) -> clip(node, input, number(found, 1), number(found, 2)));
        put("Cast\\[(FLOAT|DOUBLE)]\\(x\\)", (node, input, found, numbers) -> input);
        put("Mul\\(%s,x\\)", (node, input, found, numbers) -> scaled(node, input, factor(found, 1, numbers), null));
        put("Add\\(%s,x\\)", (node, input, found, numbers) -> scaled(node, input, null, factor(found, 1, numbers)));
        put("Neg\\(x\\)", (node, input, found, numbers) -> scaled(node, input, scalar(-1), null));
        put(
                "Div\\(x,%s\\)",
                (node, input, found, numbers) ->
                        scaled(node, input, mapped(factor(found, 1, numbers), value -> 1 / value), null));
        put(
                "Sub\\(x,%s\\)",
                (node, input, found, numbers) ->
                        scaled(node, input, null, mapped(factor(found, 1, numbers), value -> -value)));
        put(
                "Sub\\(%s,x\\)",
                (node, input, found, numbers) -> scaled(node, input, scalar(-1), factor(found, 1, numbers)));
        put("MatMul\\(x,#\\)", (node, input, found, numbers) -> dense(node, input, numbers.get(0), null));
        put(
                "Add\\(#,MatMul\\(x,#\\)\\)",
                (node, input, found, numbers) -> numbers.get(0).rank() == 1
                        ? dense(node, input, numbers.get(1), numbers.get(0))
                        : scaled(node, dense(node, input, numbers.get(1), null), null, numbers.get(0)));
        new NormalizationFormulas(layers).putInto((pattern, reading) -> put(pattern, reading::read));
        put(
                "Reduce(Mean|Max)\\[([0-9, ]+)]\\(x\\)",
                (node, input, found, numbers) -> globalPool(node, input, found.group(1), found.group(2)));
    }

    private void put(String pattern, Reading reading) {
        readings.put(Pattern.compile(pattern.replace("%s", NUMBER)), reading);
    }

    /** Null where no layer has the formula. */
    Maker find(String formula, List<Numbers> numbers) {
        Activation activation = ACTIVATIONS.get(formula);
        if (activation != null) {
            return (node, input) -> alike(
                    input,
                    layers.layer(node, activation == Activation.RELU ? "ReLU" : "Activation")
                            .with(
                                    activation == Activation.RELU ? "negative_slope" : "activation",
                                    activation == Activation.RELU ? (Object) 0.0 : activation));
        }
        for (Map.Entry<Pattern, Reading> reading : readings.entrySet()) {
            Matcher found = reading.getKey().matcher(formula);
            if (found.matches()) {
                return (node, input) -> reading.getValue().read(node, input, found, numbers);
            }
        }
        return null;
    }

    private static Drawn alike(Drawn input, Wanted wanted) {
        return new Drawn(wanted.draw(input.tensor()), input.isChannelsLast());
    }

    private static double number(Matcher found, int group) {
        return Double.parseDouble(found.group(group));
    }

    private static Numbers scalar(double value) {
        return Numbers.of(new float[] {(float) value});
    }

    private static Numbers factor(Matcher found, int group, List<Numbers> numbers) {
        return found.group(group).equals("#") ? numbers.get(0) : scalar(number(found, group));
    }

    private static Numbers mapped(Numbers numbers, DoubleUnaryOperator function) {
        float[] values = numbers.floats();
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) function.applyAsDouble(values[i]);
        }
        return Numbers.of(values, numbers.dims());
    }

    private Drawn threshold(OnnxNode node, Drawn input, double threshold) {
        return alike(input, layers.layer(node, "ReLU").with("threshold", threshold));
    }

    /** Below a bound that is at least 0, a line of slope 1; between two bounds, the first one moved to 0. */
    private Drawn clip(OnnxNode node, Drawn input, double low, double high) {
        Wanted relu = layers.layer(node, "ReLU");
        if (low == Double.NEGATIVE_INFINITY && high >= 0 && high < Double.POSITIVE_INFINITY) {
            return alike(input, relu.with("negative_slope", 1.0).with("max_value", high));
        }
        if (!(low > Double.NEGATIVE_INFINITY && low <= high)) {
            throw new IllegalArgumentException(
                    "min=%s, max=%s; min must be a number, or max at least 0".formatted(low, high));
        }
        if (high < Double.POSITIVE_INFINITY) {
            relu.with("max_value", high - low);
        } else {
            relu.with("negative_slope", 0.0);
        }
        Drawn moved = low == 0 ? input : scaled(node, input, null, scalar(-low));
        Drawn cut = alike(moved, relu);
        return low == 0 ? cut : scaled(node, cut, null, scalar(low));
    }

    private Drawn dense(OnnxNode node, Drawn input, Numbers matrix, Numbers bias) {
        return new Drawn(FeatureReader.dense(layers, node, input, matrix, false, bias), false);
    }

    /**
     * A factor and an offset for all or for each channel: batch normalization that is told averages of 0 and 1, and
     * learns nothing.
     *
     * @param factor or null
     * @param offset or null
     */
    private Drawn scaled(OnnxNode node, Drawn input, Numbers factor, Numbers offset) {
        int axis = input.axis(channelAxis(input, factor != null ? factor : offset));
        if (factor != null && offset != null && factor.count() > 1 && offset.count() > 1) {
            throw new IllegalArgumentException("factor %s and offset %s on one axis".formatted(factor, offset));
        }
        int channels = input.tensor().shape().size(axis - 1);
        int both = offset != null && offset.count() > 1 ? input.axis(channelAxis(input, offset)) : axis;
        int length = input.tensor().shape().size(both - 1);
        if (Math.max(channels, length) > 1 << 22) {
            throw new IllegalArgumentException(
                    "%,d channels are scaled; at most %,d can be".formatted(length, 1 << 22));
        }
        Wanted wanted = layers.layer(node, "BatchNormalization")
                .with("axis", both)
                .with("epsilon", 0.0)
                .with("trainable", false)
                .weight("gamma", factor, () -> FeatureReader.filled(factor == null ? scalar(1) : factor, length))
                .weight("beta", offset, () -> FeatureReader.filled(offset == null ? scalar(0) : offset, length))
                .weight("moving_mean", this, () -> FeatureReader.filled(scalar(0), length))
                .weight("moving_variance", this, () -> FeatureReader.filled(scalar(1), length));
        return alike(input, wanted);
    }

    /** The axis of the graph along which numbers differ, the last for a single one. */
    private static int channelAxis(Drawn input, Numbers numbers) {
        int rank = input.rank();
        int[] dims = numbers.dims();
        if (rank < 2) {
            throw new IllegalArgumentException("a sample is one number; reshape it to (1) before");
        }
        List<Integer> wide = new ArrayList<>();
        for (int i = 0; i < dims.length; i++) {
            if (dims[i] > 1) {
                wide.add(i - dims.length);
            }
        }
        int axis = wide.isEmpty() ? -1 : wide.get(0);
        boolean fits = dims.length <= rank
                && wide.size() <= 1
                && -axis < rank
                && (wide.isEmpty() || input.size(axis) == numbers.count());
        if (!fits) {
            throw new IllegalArgumentException(
                    "%s for samples of shape %s; layers here scale by one number, or by one for each place of one axis"
                            .formatted(numbers, input.tensor().shape()));
        }
        return axis;
    }

    /** Over all positions. */
    private Drawn globalPool(OnnxNode node, Drawn input, String function, String list) {
        int rank = input.rank();
        int[] axes = axes(list);
        int[] mapped = IntStream.of(axes).map(input::axis).sorted().toArray();
        boolean isLast = Arrays.equals(mapped, IntStream.range(1, rank - 1).toArray());
        boolean isFirst = Arrays.equals(mapped, IntStream.range(2, rank).toArray());
        if (rank < 3 || rank > 5 || !isLast && !isFirst) {
            throw new IllegalArgumentException(
                    "axes=%s of %d axes; layers here pool all positions, not some of them".formatted(list, rank));
        }
        Tensor pooled = layers.layer(
                        node, "Global%sPooling%dD".formatted(function.equals("Mean") ? "Average" : "Max", rank - 2))
                .format(isLast ? DataFormat.CHANNELS_LAST : DataFormat.CHANNELS_FIRST)
                .with("keepdims", true)
                .draw(input.tensor());
        return new Drawn(pooled, input.isChannelsLast());
    }

    static int[] axes(String list) {
        return Arrays.stream(list.split(", ")).mapToInt(Integer::parseInt).toArray();
    }

    Drawn softmax(OnnxNode node, Drawn input, int axis) {
        boolean isLog = node.operator().equals("LogSoftmax");
        int mapped = input.axis(axis);
        if (!isLog) {
            return alike(input, layers.layer(node, "Softmax").with("axis", mapped));
        }
        if (mapped != input.rank() - 1) {
            throw new IllegalArgumentException(
                    "axis=%d; layers here have it over the last axis, transpose before and after".formatted(axis));
        }
        return alike(input, layers.layer(node, "Activation").with("activation", Activation.LOG_SOFTMAX));
    }
}
