package transconv.models.code;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import transconv.layers.Input;
import transconv.layers.Layer;
import transconv.layers.Node;
import transconv.layers.Tensor;

/** The class of one model: its modules, and how it calls them. */
final class PyTorchClass {

    /** How a tensor's axes lie. */
    enum Layout {
        /** As in Keras. */
        KERAS,
        /** Keras' last axis behind the batch axis. */
        LAST_AXIS_FIRST
    }

    /** A variable of {@code forward}. */
    record Variable(String name, Layout layout) {}

    /** A module. @param inner or null if it is no model */
    record Child(Layer layer, String name, PyTorchClass inner) {}

    private final String name;
    private final Drawing drawing;
    private final Map<Layer, Child> children = new IdentityHashMap<>();
    private final List<Child> order = new ArrayList<>();
    private final Map<Layer, String> moduleNames;
    private final PythonNames variables = new PythonNames("self", "torch", "nn", "F");
    private final List<String> modules = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();
    private String arguments;

    PyTorchClass(String name, Drawing drawing, Map<Layer, PyTorchClass> nested) {
        this.name = name;
        this.drawing = drawing;
        this.moduleNames = PyTorchNames.of(drawing.layers());
        write(nested);
    }

    /** Its modules, the first made first. */
    List<Child> children() {
        return order;
    }

    private void write(Map<Layer, PyTorchClass> nested) {
        Map<Tensor, Variable> tensors = new HashMap<>();
        for (Input input : drawing.inputs()) {
            tensors.put(input, new Variable(variables.next(input.label()), Layout.KERAS));
        }
        arguments = drawing.inputs().stream()
                .map(input -> tensors.get(input).name())
                .collect(Collectors.joining(", "));
        for (Node node : drawing.nodes()) {
            if (nested.containsKey(node.layer())) {
                call(node, nested.get(node.layer()), tensors);
            } else {
                PyTorchStep step = new PyTorchStep(this, node, tensors);
                tensors.put(node.outputs().get(0), step.write());
            }
        }
        lines.add("return "
                + drawing.outputs().stream()
                        .map(output -> expression(output, tensors.get(output), Layout.KERAS))
                        .collect(Collectors.joining(", ")));
    }

    private void call(Node node, PyTorchClass inner, Map<Tensor, Variable> tensors) {
        String module = module(node.layer(), inner.name + "()", inner);
        List<String> results = new ArrayList<>();
        for (Tensor output : node.outputs()) {
            Variable result = new Variable(variables.next(node.layer().label()), Layout.KERAS);
            tensors.put(output, result);
            results.add(result.name());
        }
        lines.add("%s = %s(%s)"
                .formatted(
                        String.join(", ", results),
                        module,
                        node.inputs().stream()
                                .map(input -> expression(input, tensors.get(input), Layout.KERAS))
                                .collect(Collectors.joining(", "))));
    }

    /** A variable in the wanted layout. */
    static String expression(Tensor tensor, Variable variable, Layout wanted) {
        if (variable.layout() == wanted || tensor.shape().rank() < 2) {
            return variable.name();
        }
        return variable.name() + (wanted == Layout.KERAS ? ".movedim(1, -1)" : ".movedim(-1, 1)");
    }

    /** The module of a layer, made at its first application. */
    String module(Layer layer, String constructor) {
        return module(layer, constructor, null);
    }

    private String module(Layer layer, String constructor, PyTorchClass inner) {
        Child child = children.get(layer);
        if (child == null) {
            child = new Child(layer, moduleNames.get(layer), inner);
            children.put(layer, child);
            order.add(child);
            modules.add("self.%s = %s".formatted(child.name(), constructor));
        }
        return "self." + child.name();
    }

    /** A further line where modules are made; the same line comes once. */
    void afterModule(String line) {
        if (!modules.contains(line)) {
            modules.add(line);
        }
    }

    String newVariable(String wanted) {
        return variables.next(wanted);
    }

    void line(String line) {
        lines.add(line);
    }

    /** @param shared what to add where modules are made */
    String text(List<String> shared) {
        StringBuilder text = new StringBuilder("\n\nclass %s(nn.Module):\n".formatted(name));
        text.append("    def __init__(self):\n        super().__init__()\n");
        modules.forEach(line -> text.append("        ").append(line).append('\n'));
        shared.forEach(line -> text.append("        ").append(line).append('\n'));
        text.append("\n    def forward(self, %s):\n".formatted(arguments));
        lines.forEach(line -> text.append("        ").append(line).append('\n'));
        return text.toString();
    }
}
