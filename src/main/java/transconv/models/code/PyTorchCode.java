package transconv.models.code;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import transconv.layers.Layer;
import transconv.models.code.PyTorchClass.Child;

/**
 * Writes the Python program that builds a model in PyTorch 2. Inputs and outputs have channels last, as in Keras;
 * between them tensors are (batch, channels, axes...). Source: PyTorch 2, {@code torch.nn}.
 *
 * <p>A module has its layer's name, made an identifier where it is none; a layer in a nested model has the path {@code
 * encoder.conv2d}. In the {@code state_dict}, with Keras' weights transposed like this:
 *
 * <ul>
 *   <li>convolutions and transposed convolutions: {@code weight}, the kernel (axes..., a, b) as (b, a, axes...), and
 *       {@code bias}; depthwise, the kernel (axes..., channels, m) as (channels · m, 1, axes...);
 *   <li>SeparableConv2D: {@code depthwise.weight}, {@code pointwise.weight} and {@code pointwise.bias};
 *   <li>Dense: {@code weight}, the kernel transposed, and {@code bias}; Embedding: {@code weight};
 *   <li>normalizations: gamma is {@code weight}, beta {@code bias}, moving_mean {@code running_mean}, moving_variance
 *       {@code running_var}. Where a layer has one of gamma and beta, the module has both: the other is all 1 or 0;
 *   <li>PReLU: {@code weight}, (channels) where all positions share it, else of Keras' shape.
 * </ul>
 *
 * <p>A layer that is in several of the nested models is one module under several names: load with {@code strict=False}.
 * Regularizers, constraints and initializers are no part of a module.
 *
 * <pre>{@code
 * Model model = new Sequential(Layers.input(4, 4, 1), Layers.conv2D(2, 3).name("first layer"));
 * System.out.println(model.toPyTorchCode().contains("self.first_layer = nn.Conv2d(1, 2, 3)")); // true
 * }</pre>
 */
public final class PyTorchCode {

    private static final String IMPORTS = "import torch\nfrom torch import nn\nfrom torch.nn import functional as F\n";

    private final StringBuilder code = new StringBuilder();
    private final PythonNames classNames = new PythonNames("Model", "OrderedDict", "torch", "nn", "F", "model");
    private final Map<Layer, PyTorchClass> nested = new IdentityHashMap<>();

    private PyTorchCode() {}

    /**
     * The program; its last variable is {@code model}.
     *
     * @throws UnsupportedOperationException if PyTorch has no equal of a layer, naming it and why
     */
    public static String of(Drawing model) {
        PyTorchCode writer = new PyTorchCode();
        PyTorchClass whole = writer.classOf("Model", model);
        Map<Layer, String> first = new IdentityHashMap<>();
        List<String> shared = new ArrayList<>();
        share("self", whole, first, shared);
        writer.code.append(whole.text(shared)).append("\n\nmodel = Model()\n");
        String classes = writer.code.toString();
        return (classes.contains("OrderedDict(") ? "from collections import OrderedDict\n\n" : "") + IMPORTS + classes;
    }

    private PyTorchClass classOf(String className, Drawing drawing) {
        for (Layer layer : drawing.layers()) {
            if (drawing.nested().containsKey(layer) && !nested.containsKey(layer)) {
                PyTorchClass inner = classOf(
                        classNames.next(camelCase(layer.label())),
                        drawing.nested().get(layer));
                nested.put(layer, inner);
                code.append(inner.text(List.of()));
            }
        }
        return new PyTorchClass(className, drawing, nested);
    }

    private static String camelCase(String name) {
        StringBuilder words = new StringBuilder();
        for (String word : name.split("[^A-Za-z0-9]+")) {
            if (!word.isEmpty()) {
                words.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
            }
        }
        return words.isEmpty() ? "Part" : words.toString();
    }

    /** A layer that is in several of the nested models is one module: the one that is made first. */
    private static void share(String path, PyTorchClass place, Map<Layer, String> first, List<String> shared) {
        for (Child child : place.children()) {
            String own = path + "." + child.name();
            String before = first.putIfAbsent(child.layer(), own);
            if (before != null) {
                shared.add(own + " = " + before);
            } else if (child.inner() != null) {
                share(own, child.inner(), first, shared);
            }
        }
    }
}
