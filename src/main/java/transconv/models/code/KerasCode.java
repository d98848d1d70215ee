package transconv.models.code;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import transconv.layers.Input;
import transconv.layers.Layer;
import transconv.layers.Node;
import transconv.layers.Tensor;

/**
 * Writes the Python program that builds a model in Keras 3, with all names; the weights come from a file. Source: Keras
 * 3, {@code Sequential}, {@code Model}.
 *
 * <pre>{@code
 * Sequential small = new Sequential(Layers.input(4, 4, 1), Layers.conv2DTranspose(2, 3).name("up"));
 * System.out.println(small.toKerasCode().lines().skip(6).findFirst().get().trim()); // layers.Conv2DTranspose(2, 3, name="up"),
 * }</pre>
 */
public final class KerasCode {

    private final StringBuilder code = new StringBuilder("import keras\nfrom keras import layers\n\n");
    private final PythonNames names = new PythonNames("keras", "layers", "model");
    private final Map<Layer, Integer> places = new IdentityHashMap<>();
    private final Map<Layer, String> variables = new IdentityHashMap<>();

    private KerasCode() {}

    /**
     * The program; its last variable is {@code model}.
     *
     * @param compiled optimizer, loss, loss_weights and metrics by name, or as class_name and config; null if the model
     *     is not compiled
     * @throws UnsupportedOperationException if Keras has no equal of something, naming it and why
     */
    public static String of(Drawing model, Map<String, Object> compiled) {
        KerasCode writer = new KerasCode();
        writer.count(model);
        writer.model("model", model);
        if (compiled != null) {
            writer.code
                    .append(KerasCompileCode.of("model", model.outputs().size(), compiled))
                    .append('\n');
        }
        return writer.code.toString();
    }

    private void count(Drawing model) {
        for (Layer layer : model.layers()) {
            if (places.merge(layer, 1, Integer::sum) == 1 && model.nested().containsKey(layer)) {
                count(model.nested().get(layer));
            }
        }
    }

    private void model(String variable, Drawing model) {
        for (Layer layer : model.layers()) {
            boolean isShared = places.get(layer) > 1 || model.applications(layer) > 1;
            if ((isShared || model.nested().containsKey(layer)) && !variables.containsKey(layer)) {
                String own = names.next(layer.label());
                variables.put(layer, own);
                if (model.nested().containsKey(layer)) {
                    model(own, model.nested().get(layer));
                } else {
                    line("%s = %s".formatted(own, constructor(model, layer)));
                }
            }
        }
        if (model.isRow()) {
            row(variable, model);
        } else {
            drawing(variable, model);
        }
        if (!model.trainable()) {
            line(variable + ".trainable = False");
        }
    }

    private void row(String variable, Drawing model) {
        line(variable + " = keras.Sequential(");
        line("    [");
        line("        " + input(model.inputs().get(0)) + ",");
        model.layers().forEach(layer -> line("        " + made(model, layer) + ","));
        line("    ],");
        line("    name=" + PythonText.quoted(model.name()) + ",");
        line(")");
    }

    private void drawing(String variable, Drawing model) {
        Map<Tensor, String> tensors = new HashMap<>();
        for (Input input : model.inputs()) {
            tensors.put(input, names.next(input.label()));
            line("%s = %s".formatted(tensors.get(input), input(input)));
        }
        for (Node node : model.nodes()) {
            List<String> outputs = node.outputs().stream()
                    .map(output -> names.next(
                            variables.containsKey(node.layer())
                                    ? node.layer().label() + "_output"
                                    : node.layer().label()))
                    .toList();
            for (int i = 0; i < outputs.size(); i++) {
                tensors.put(node.outputs().get(i), outputs.get(i));
            }
            line("%s = %s(%s)"
                    .formatted(
                            String.join(", ", outputs), made(model, node.layer()), oneOrAll(node.inputs(), tensors)));
        }
        line("%s = keras.Model(%s, %s, name=%s)"
                .formatted(
                        variable,
                        oneOrAll(model.inputs(), tensors),
                        oneOrAll(model.outputs(), tensors),
                        PythonText.quoted(model.name())));
    }

    private static String oneOrAll(List<? extends Tensor> given, Map<Tensor, String> tensors) {
        return given.size() == 1
                ? tensors.get(given.get(0))
                : given.stream().map(tensors::get).collect(Collectors.joining(", ", "[", "]"));
    }

    private static String input(Input input) {
        return "keras.Input(%s, name=%s)".formatted(shape(input), PythonText.quoted(input.label()));
    }

    private static String shape(Input input) {
        return PythonText.tuple(
                java.util.Arrays.stream(input.shape().toArray()).boxed().toList());
    }

    private String made(Drawing model, Layer layer) {
        return variables.containsKey(layer) ? variables.get(layer) : constructor(model, layer);
    }

    private static String constructor(Drawing model, Layer layer) {
        Node first = model.nodes().stream()
                .filter(node -> node.layer() == layer)
                .findFirst()
                .orElseThrow();
        return KerasLayerCode.of(layer, first.inputs().get(0).shape());
    }

    private void line(String text) {
        code.append(text).append('\n');
    }
}
