package transconv.models.code;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import transconv.config.Config;
import transconv.layers.Layer;
import transconv.layers.Node;
import transconv.layers.Tensor;
import transconv.models.code.PyTorchClass.Layout;
import transconv.models.code.PyTorchClass.Variable;
import transconv.shape.Shape;

/** One application of a layer in PyTorch: the module that it needs, and the lines of {@code forward}. */
final class PyTorchStep {

    private final PyTorchClass target;
    private final Node node;
    private final Map<Tensor, Variable> tensors;
    private final Config config;
    private final String result;
    private Layout layout = Layout.KERAS;

    PyTorchStep(PyTorchClass target, Node node, Map<Tensor, Variable> tensors) {
        this.target = target;
        this.node = node;
        this.tensors = tensors;
        this.config = KerasLayerCode.settings(node.layer());
        this.result = target.newVariable(node.layer().label());
    }

    /** Writes it; the variable with the output. */
    Variable write() {
        PyTorchLayers.write(this);
        return new Variable(result, layout);
    }

    Layer layer() {
        return node.layer();
    }

    Config config() {
        return config;
    }

    int inputs() {
        return node.inputs().size();
    }

    Shape inputShape(int input) {
        return node.inputs().get(input).shape();
    }

    Shape outputShape() {
        return node.outputs().get(0).shape();
    }

    /** Axes between the batch axis and the channels. */
    int axes() {
        return inputShape(0).rank() - 1;
    }

    /** An input as Keras has it; so will the output be, unless more is said. */
    String keras(int input) {
        return in(input, Layout.KERAS);
    }

    /** An input with Keras' last axis first, and so will the output be. */
    String lastFirst(int input) {
        return in(input, Layout.LAST_AXIS_FIRST);
    }

    /** The only input as it lies, and so will the output be. */
    String asItLies() {
        return in(0, tensors.get(node.inputs().get(0)).layout());
    }

    /** An input of a layer with a data_format as (batch, channels, axes...), and so will the output be. */
    String channelsFirst() {
        return in(0, isKerasChannelsFirst() ? Layout.KERAS : Layout.LAST_AXIS_FIRST);
    }

    private String in(int input, Layout wanted) {
        layout = wanted;
        Tensor tensor = node.inputs().get(input);
        return PyTorchClass.expression(tensor, tensors.get(tensor), wanted);
    }

    /** Whether the inputs lie alike, and a merge can leave them so. */
    boolean allLastFirst() {
        return node.inputs().stream().allMatch(input -> tensors.get(input).layout() == Layout.LAST_AXIS_FIRST);
    }

    boolean isKerasChannelsFirst() {
        return config.has("data_format") && config.text("data_format").equals("channels_first");
    }

    /** (batch, axes..., channels) of the input, whatever its data_format. */
    Shape channelsLastShape() {
        return channelsLast(inputShape(0));
    }

    Shape channelsLast(Shape shape) {
        if (!isKerasChannelsFirst()) {
            return shape;
        }
        int[] sizes = shape.toArray();
        int[] last = Arrays.copyOfRange(sizes, 1, sizes.length + 1);
        last[sizes.length - 1] = sizes[0];
        return Shape.of(last);
    }

    /** The output lies as in Keras whatever the input did. */
    void givesKeras() {
        layout = Layout.KERAS;
    }

    /** Where one of Keras' axes is in the output's layout. */
    int dimension(int axis) {
        int rank = inputShape(0).rank() + 1;
        int counted = axis < 0 ? rank + axis : axis;
        if (layout == Layout.KERAS || rank < 3) {
            return counted;
        }
        return counted == rank - 1 ? 1 : counted + 1;
    }

    /** Where Keras' last axis is. */
    int lastDimension() {
        return layout == Layout.LAST_AXIS_FIRST && outputShape().rank() > 1 ? 1 : -1;
    }

    /** {@code self.conv2d}, made by this constructor. */
    String module(String constructor, Object... arguments) {
        return target.module(layer(), constructor.formatted(arguments));
    }

    void afterModule(String line, Object... arguments) {
        target.afterModule(line.formatted(arguments));
    }

    /** A line that gives the output, or a value on the way to it. */
    void gives(String expression, Object... arguments) {
        target.line(result + " = " + expression.formatted(arguments));
    }

    /** The variable with the output so far. */
    String result() {
        return result;
    }

    UnsupportedOperationException refusal(String why, Object... arguments) {
        return KerasLayerCode.refusal(layer(), why.formatted(arguments));
    }

    /** One number where all are the same. */
    static String oneOrAll(int... numbers) {
        return IntStream.of(numbers).distinct().count() == 1 ? Integer.toString(numbers[0]) : tuple(numbers);
    }

    static String tuple(int... numbers) {
        return PythonText.tuple(IntStream.of(numbers).boxed().toList());
    }

    /** {@code F.pad}'s numbers, the last axis first. */
    static String pads(List<int[]> axes) {
        return IntStream.range(0, axes.size())
                .mapToObj(i -> axes.get(axes.size() - 1 - i))
                .map(ends -> ends[0] + ", " + ends[1])
                .collect(Collectors.joining(", ", "(", ")"));
    }

    static String number(double value) {
        return PythonText.of(value);
    }
}
